"""Clues of what ECS says about tasks that stopped, did not start, or lost a container."""

from __future__ import annotations

import re
from functools import lru_cache

from fargate_lint.diagnose import exits, weights
from fargate_lint.diagnose.causes import ECS_CAUSES, causes
from fargate_lint.diagnose.evidence import Clue
from fargate_lint.diagnose.health import tool_missing
from fargate_lint.diagnose.hints import HINTS
from fargate_lint.diagnose.signatures import Signature
from fargate_lint.diagnose.tables import entries
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.tasks import ContainerState, TaskState

#: Characters of a reason that are looked at.
REASON_LIMIT = 1 << 13
#: Codes of stops that were asked for.
ASKED_CODES = frozenset({
    "InfrastructureHealth", "ServiceSchedulerInitiated", "SpotInterruption", "TerminationNotice",
    "UserInitiated",
})  # fmt: skip
CAUSE_OF_CODE = {
    "InfrastructureHealth": "platform-interruption", "SpotInterruption": "platform-interruption",
    "TerminationNotice": "platform-interruption", "UserInitiated": "normal-stop",
}  # fmt: skip
# Reasons that say less than the containers do.
EMPTY_REASON = lazily(r"[Tt]asks? failed to start|Essential container in task exited")
#: Signatures of those.
BARE_REASONS = frozenset({"essential-exited", "failed-to-start"})
FAILED_TO_START = lazily(r"[Tt]asks? failed to start")
# Words of an error, which nobody writes who stops a task: ECS reports an unknown failure.
COMPLAINT = lazily(
    r"\w(?:Error|Exception)\b|^[A-Z_]+$|\b[Ff]ail(?:ed|ure|s)\b|\b[Uu]nable to\b|\bcould ?n[o']t\b"
    r"|\b[Cc]annot\b|\bdenied\b|\bunavailable\b|\bnot (?:found|exist|valid|supported)\b|\binvalid\b"
)
#: The causes that words of such an error point to, the most specific first.
CAUSES_BY_WORDS = (
    (lazily(r"\bpull|\bimage|\bregistry|\bmanifest"), "image-pull-failed"),
    (lazily(r"\bsecret|\bssm\b|\bparameter|environment file"), "secret-access-denied"),
    (lazily(r"\blogg(?:er|ing)\b|log driver|log (?:group|stream)"), "awslogs-setup-failed"),
    (lazily(r"health ?check|unhealthy"), "health-check-failed"),
    (lazily(r"executable|entry ?point|exec format|permission"), "launcher-not-found"),
)
OUT_OF_MEMORY = lazily(r"OutOfMemory|[Oo]ut of memory|OOM", re.ASCII)


@lru_cache(maxsize=1)
def reasons() -> list[Signature]:
    """Signatures of the reasons that ECS gives, in the order in which to try them."""
    return [Signature(entry) for entry in entries("stop_reasons")]


def reason_of(text: str) -> Signature | None:
    """The first signature that matches a reason, None if it is unknown."""
    return next((one for one in reasons() if one.search(text[:REASON_LIMIT])), None)


def clues(case: Case) -> Iterator[Clue]:
    """The clues of the tasks, and of lines of a log that quote ECS."""
    for state in case.states:
        yield from _Stop(case, state).clues()
    for sighting in case.tally.all("ecs"):
        one = sighting.signature
        if one.id in HINTS:
            continue
        line = sighting.lines[0]
        tool = one.id == "check-tool"
        weight = weights.ECS_TOOL_IN_LOG if tool else _weight(one, line.text)
        if one.cause == "dependency-not-satisfied" and _others(case, one):
            weight += weights.ECS_WAITED_FOR_FAULT_IN_LOG
        yield Clue(one.cause, weight, [case.of_line(line)], one.means)
    for sighting in case.tally.named("exited"):
        code = int(next(iter(sighting.groups.values()), "0")[:9])
        evidence = [case.of_line(sighting.lines[0])]
        if code in exits.CRASHES:
            yield Clue("fluent-bit-crash", weights.END_IN_LOG_CRASH, evidence)
        elif code == exits.KILLED:
            yield Clue("out-of-memory", weights.END_IN_LOG_KILLED, evidence)
        elif code not in exits.ORDERLY:
            weight = weights.END_IN_LOG_FAILED
            yield Clue("essential-sidecar-exited", weight, evidence, certain=False)


def _others(case: Case, but: Signature) -> bool:
    """Whether a log quotes another reason of ECS for containers that do not start."""
    causes = {one.signature.cause for one in case.tally.all("ecs") if one.signature is not but}
    return bool(causes & ECS_CAUSES - {but.cause})


def _weight(one: Signature | None, text: str) -> float:
    """The weight of a reason, None where it is known by the stop code alone."""
    if one is not None and one.cause == "normal-stop":
        return weights.NOTHING
    if one is None or not one.vague:
        return weights.ECS_REASON
    detail = min(len(text) / weights.ECS_VAGUE_CHARACTERS, weights.ECS_VAGUE_DETAIL)
    return weights.ECS_VAGUE_REASON + detail


class _Stop:
    """The end of one task."""

    def __init__(self, case: Case, state: TaskState) -> None:
        self.case = case
        self.state = state
        self.found = reason_of(state.reason) if state.reason else None
        self.cause = (
            self.found.cause if self.found is not None else CAUSE_OF_CODE.get(state.code, "")
        )
        stopping = state.desired == "STOPPED" or state.status in {"STOPPED", "DEACTIVATING"}
        exited = state.code == "EssentialContainerExited" or "Essential" in state.reason
        self.exited = exited
        # An unknown reason that is no error was written by whoever called StopTask.
        self.asked = state.code in ASKED_CODES or self.cause in {
            "normal-stop", "platform-interruption", "health-check-failed",
        } or bool(
            stopping and state.reason and self.found is None and not exited
            and state.code != "TaskFailedToStart" and not self._memory() and not self._complaint()
        )  # fmt: skip

    def _complaint(self) -> str:
        """The cause that the words of an unknown reason point to; "" if it reports no error."""
        text = self.state.reason[:REASON_LIMIT]
        if self.found is not None or self.state.code in ASKED_CODES:
            return ""
        if self.state.code != "TaskFailedToStart" and not COMPLAINT.search(text):
            return ""
        plain = text.lower()
        return next(
            (cause for words, cause in CAUSES_BY_WORDS if words.search(plain)),
            "provisioning-failed",
        )

    def _memory(self) -> bool:
        texts = [self.state.reason, *(one.reason for one in self.state.containers)]
        return any(OUT_OF_MEMORY.search(text) for text in texts)

    def clues(self) -> Iterator[Clue]:
        """Clues of the reasons, then those of ends of containers."""
        clues = list(self._reasons())
        causes = {
            clue.cause for clue in clues if clue.weight >= weights.ECS_VAGUE_REASON
        } & ECS_CAUSES
        waited = "dependency-not-satisfied"
        failed = any(self._failed(one) for one in self.state.exits)
        for clue in clues:
            # What was waited for has a fault of its own.
            if clue.cause == waited and (failed or causes - {waited}):
                clue.weight += weights.ECS_WAITED_FOR_FAULT
            yield clue
        if not causes or (causes == {waited} and failed):
            yield from self._exits()
        if not clues and not self.state.exits and FAILED_TO_START.search(self.state.reason):
            note = "ECS does not say why it did not start."
            yield self._uncertain("provisioning-failed", weights.ECS_NOT_STARTED, note)

    def _failed(self, one: ContainerState) -> bool:
        """Whether a container ended by its own error."""
        return one.exit not in exits.ORDERLY | {exits.KILLED} and not one.reason

    def _reasons(self) -> Iterator[Clue]:
        for one in self.state.containers:
            if not one.reason:
                continue
            found = reason_of(one.reason)
            cause = found.cause if found is not None else ""
            if OUT_OF_MEMORY.search(one.reason):
                cause = "out-of-memory"
            if not cause:
                continue
            injected = self.case.role(one) == "injected"
            weight = weights.ECS_INJECTED if injected else _weight(found, one.reason)
            note = f"ECS says of `{one.name}`: {found.means if found is not None else one.reason}"
            yield self._clue(cause, weight, (*one.path, "reason"), one.reason, note)
        if self.cause == "health-check-failed":
            yield from self._health()
        elif self.cause and (self.found is None or self.found.id not in BARE_REASONS):
            note = self.found.means if self.found is not None else ""
            yield self._of_task(self.cause, _weight(self.found, self.state.reason), note)
        elif self.asked:
            yield self._of_task("normal-stop", weights.NOTHING)
        elif self._complaint() and not EMPTY_REASON.search(self.state.reason):
            note = "This reason is not a known one; its words point here."
            weight = weights.ECS_UNKNOWN_REASON
            yield self._uncertain(self._complaint(), weight, note)
        elif self.state.desired == "RUNNING" or self.state.running:
            yield from self._sick()

    def _sick(self) -> Iterator[Clue]:
        """Clues of containers that fail their health checks in a task that still runs."""
        for one in self.state.containers:
            if one.health == "UNHEALTHY" and one.exit is None:
                text = f"{one.name}: UNHEALTHY"
                path = (*one.path, "healthStatus")
                known = self.case.container(one.name)
                lacking = tool_missing(known) if known is not None else ""
                cause = "health-check-tool-missing" if lacking else "health-check-failed"
                note = lacking or f"`{one.name}` is UNHEALTHY; the task was not stopped yet."
                yield self._clue(cause, weights.ECS_UNHEALTHY, path, text, note)

    def _health(self) -> Iterator[Clue]:
        sick = [one for one in self.state.containers if one.health == "UNHEALTHY"]
        container = "container health" in self.state.reason
        for one in sick if container else ():
            known = self.case.container(one.name)
            lacking = tool_missing(known) if known is not None else ""
            if lacking:
                text = f"{one.name}: UNHEALTHY"
                path = (*one.path, "healthStatus")
                weight = weights.ECS_HEALTH_TOOL
                yield self._clue("health-check-tool-missing", weight, path, text, lacking)
        if container and not sick:
            for known in (known for task in self.case.tasks for known in task.containers):
                lacking = tool_missing(known)
                if lacking:
                    weight = weights.ECS_HEALTH_TOOL_PERHAPS
                    yield self._of_task("health-check-tool-missing", weight, lacking)
        named = f"`{sick[0].name}` was UNHEALTHY." if sick else ""
        yield self._of_task("health-check-failed", weights.ECS_HEALTH, named)

    def _exits(self) -> Iterator[Clue]:
        ends = [one for one in self.state.exits if self.case.role(one) != "injected"]
        blamed = [one for one in ends if OUT_OF_MEMORY.search(one.reason)]
        if blamed:
            for one in blamed:
                yield from self._taken_along(one)
            return
        own = [one for one in ends if one.exit not in exits.ORDERLY | {exits.KILLED}]
        killed = [one for one in ends if one.exit == exits.KILLED]
        if self.asked or (killed and (own or any(one.exit == 0 for one in ends))):
            for one in killed:
                yield self._killed(one)
        elif killed and not own:
            for one in killed:
                yield self._end("out-of-memory", weights.END_KILLED, one)
                weight = weights.END_KILLED_PERHAPS_BY_STOP
                yield self._end("killed-after-stop-timeout", weight, one)
        if self.asked:
            return
        for one in own:
            weight = weights.END_FAILED if len(own) == 1 else weights.END_SEVERAL_FAILED
            yield from self._own_end(one, weight)
        if not own and not killed and self.exited:
            yield from self._quiet(ends)

    def _killed(self, one: ContainerState) -> Clue:
        note = f"`{one.name}` ended with 137 after a stop, and no reason speaks of memory."
        weight = weights.END_KILLED_AFTER_STOP if self.asked else weights.END_KILLED_BESIDE
        return self._end("killed-after-stop-timeout", weight, one, note)

    def _own_end(self, one: ContainerState, weight: float) -> Iterator[Clue]:
        role = self.case.role(one)
        code = one.exit or 0
        if role == "application":
            if code in exits.NOT_FOUND:
                yield self._end("launcher-not-found", weight + weights.END_COMMAND_NOT_FOUND, one)
            elif code in exits.CRASHES and not one.name:
                yield self._end("fluent-bit-crash", weight + weights.END_UNNAMED_CRASH, one)
                weight += weights.END_UNNAMED_APPLICATION
            yield self._end("application-exited", weight, one)
            return
        if code in exits.NOT_FOUND:
            weight += weights.END_SIDECAR_COMMAND_NOT_FOUND
            yield self._end("launcher-not-found", weight, one)
        elif code in exits.CRASHES and role == "router":
            yield self._end("fluent-bit-crash", weight + weights.END_ROUTER_CRASH, one)
        elif code == exits.MISUSE and role == "router" and not self.case.tasks:
            note = "Programs end with 2 that do not understand their arguments."
            yield self._end("command-line-invalid", weights.END_MISUSE, one, note)
        elif role == "agent" and self.state.running:
            yield self._end("al-agent-collector-unavailable", weights.END_AGENT_GONE, one)
        yield from self._taken_along(one)

    def _taken_along(self, one: ContainerState) -> Iterator[Clue]:
        """Clues of the end of a sidecar whose reason is not known."""
        role = self.case.role(one)
        if role in {"agent", "router"} and not self.state.running:
            yield self._end("essential-sidecar-exited", weights.END_SIDECAR, one)
        elif role == "router":
            yield self._end("router-not-listening", weights.END_ROUTER_GONE, one)

    def _quiet(self, ends: list[ContainerState]) -> Iterator[Clue]:
        """Clues of an essential container that ended, when none shows an error."""
        applications = [one for one in ends if self.case.role(one) == "application"]
        if not ends:
            note = "ECS does not say which container ended, and how."
            sidecar, application = weights.END_UNKNOWN_SIDECAR, weights.END_UNKNOWN_APPLICATION
            yield self._uncertain("essential-sidecar-exited", sidecar, note)
            yield self._uncertain("application-exited", application, note)
        if any(one.exit == 0 for one in applications):
            yield self._of_task("normal-stop", weights.NOTHING)
            return
        for one in ends:
            if one.exit == 0 and self.case.role(one) in {"agent", "router"}:
                stopped = self.case.role(one) == "router" and self.case.tally.named("signal-term")
                if not stopped:
                    weight = weights.END_SIDECAR_IN_ORDER
                    yield self._end("essential-sidecar-exited", weight, one)

    def _uncertain(self, cause: str, weight: float, note: str) -> Clue:
        clue = self._of_task(cause, weight, note)
        clue.certain = False
        return clue

    def _end(self, cause: str, weight: float, one: ContainerState, note: str = "") -> Clue:
        if not note:
            words = exits.meaning(one.exit or 0, self.case.role(one), self.case.version)
            note = f"`{one.name or 'a container'}` ended with {one.exit}: {words}."
        text = f"{one.name}: exitCode {one.exit}" + (f", {one.reason}" if one.reason else "")
        return self._clue(cause, weight, (*one.path, "exitCode"), text, note)

    def _of_task(self, cause: str, weight: float, note: str = "") -> Clue:
        path = (*self.state.path, "stoppedReason")
        return self._clue(cause, weight, path, self.state.reason or self.state.code, note)

    def _clue(
        self, cause: str, weight: float, path: tuple[str | int, ...], text: str, note: str
    ) -> Clue:
        evidence = [self.case.of_state(self.state, path, text)]
        return Clue(cause, weight, evidence, note if not causes()[cause].benign else "")


def culprits(case: Case) -> dict[str, list[ContainerState]]:
    """Sidecars that ended by their own error, by their role."""
    found: dict[str, list[ContainerState]] = {"agent": [], "router": []}
    for state in case.states:
        stop = _Stop(case, state)
        if stop.asked:
            continue
        for one in state.exits:
            role = case.role(one)
            known = one.exit not in exits.ORDERLY and not OUT_OF_MEMORY.search(one.reason)
            if role in found and known and one.exit != exits.KILLED:
                found[role].append(one)
    return found
