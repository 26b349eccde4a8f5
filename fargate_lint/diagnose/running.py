"""Clues of a log about a router that runs: why its deliveries fail."""

from __future__ import annotations

from fargate_lint.diagnose import answers, weights
from fargate_lint.diagnose.destinations import Destinations
from fargate_lint.diagnose.evidence import Clue
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.delivery import Delivery
    from fargate_lint.diagnose.evidence import Evidence
    from fargate_lint.diagnose.tally import Sighting, Tally

# Words of IAM and of the plug-ins about a call that was refused.
ACTION = lazily(r"not authorized to perform: ([\w-]+:\w+)")
API = lazily(r"(\w+) (?:API responded|failed with)")
#: Causes that no retry resolves, whatever else is delivered.
LASTING_CAUSES = frozenset({
    "destination-rejects-records", "image-default-config-active", "record-key-missing",
    "record-too-large", "tail-file-unreadable", "task-role-permission-missing",
})  # fmt: skip
#: TLS lines that closed connections leave too.
VAGUE_TLS = frozenset({"tls-any", "tls-eof"})
#: Seconds for which the agent's collector may refuse connections while it starts.
STARTING_SECONDS = 30
#: Failures without any success after which a delivery does not just wait for its retry.
MANY_FAILURES = 4


def clues(case: Case) -> Iterator[Clue]:
    """The clues of the lines of a running router."""
    where = Destinations(case)
    yield from _reasons(case, where)
    yield from _outputs(case, where)
    yield from _ends(case, where)


def _reasons(case: Case, where: Destinations) -> Iterator[Clue]:
    """Clues of lines that name the reason of a failure."""
    tally = case.tally
    term = next(iter(tally.named("signal-term")), None)
    for sighting in tally.all("running", "code", "answer", "network", "client"):
        cause, weight = _weigh(sighting, where)
        if not cause or (cause == "image-default-config-active" and _wanted(case)):
            continue
        delivery = where.delivery(sighting)
        state = delivery.state if delivery is not None else where.general
        if sighting.signature.role in {"network", "answer", "code"} or cause not in LASTING_CAUSES:
            if state == "healed" and cause not in LASTING_CAUSES:
                continue
            if state == "lost" and sighting.signature.role == "network":
                weight = weights.RUN_PAST_NETWORK
        if sighting.signature.role == "network" and where.covered_by_output(delivery, cause):
            continue
        if _overshadowed(sighting, cause, tally):
            weight = min(weight, weights.RUN_OVERSHADOWED)
        if where.foreign(sighting):
            weight = weights.FOREIGN
        elif where.unsigned(sighting):
            weight = min(weight, weights.UNSIGNED)
        line = [case.of_line(sighting.lines[0])]
        if term is not None and sighting.signature.role == "network" and _after(term, sighting):
            yield Clue("shutdown-log-loss", weights.RUN_STOP_CUTS_OFF, line)
            weight = weights.RUN_AFTER_STOP
        note, advice = _words(sighting)
        yield Clue(cause, weight, line, note, advice)


def _words(sighting: Sighting) -> tuple[str, str]:
    """A sentence about a line, and a remedy, "" where the cause has one."""
    text, groups = sighting.lines[0].text, sighting.groups
    if sighting.signature.role == "code":
        action = ACTION.search(text)
        if action is not None:
            return (
                f"A role may not do `{action[1]}`.",
                f"Allow `{action[1]}` to the role that the message names.",
            )
        api = API.search(text)
        return f"{f'`{api[1]}` was' if api else 'It was'} answered with `{groups['code']}`.", ""
    if "status" in groups:
        return f"The destination answers with status {groups['status']}.", ""
    return sighting.signature.means, ""


def _overshadowed(sighting: Sighting, cause: str, tally: Tally) -> bool:
    """Whether the reason of a failed connection is in another line, or it comes and goes."""
    name = sighting.signature.id
    if name in VAGUE_TLS:
        return sighting.count < MANY_FAILURES - 1 and not any(
            one.failures >= MANY_FAILURES for one in tally.deliveries.outputs.values()
        )
    if cause == "aws-endpoint-unreachable" and name == "aws-connect":
        return bool(tally.named("aws-no-creds", "no-credentials", "go-no-credentials"))
    if cause == "destination-unreachable" and name == "no-upstream":
        tls = [one for one in tally.all("network") if one.signature.cause == "tls-failure"]
        return bool(tls or tally.named("dns", "connect-timeout", "unresolved"))
    return False


def _after(term: Sighting, sighting: Sighting) -> bool:
    """Whether a line was first seen after the stop was asked for."""
    if term.first is not None and sighting.first is not None:
        return sighting.first > term.first
    return sighting.order > term.order


def _wanted(case: Case) -> bool:
    """Whether a definition names the log group of the image's own configuration."""
    return any("fluent-bit-cloudwatch" in document.text for document in case.documents)


def _weigh(sighting: Sighting, where: Destinations) -> tuple[str, float]:
    """The cause that a line points to, "" for a success, and its weight."""
    role, groups = sighting.signature.role, sighting.groups
    text = sighting.lines[0].text
    if role == "code":
        weight = weights.RUN_CODE if where.of_router(text) else weights.RUN_CODE_OF_ANYONE
        return answers.cause_of_code(groups["code"], text), weight
    if role == "answer":
        if "status" in groups:
            return answers.cause_of_status(groups["status"]), weights.RUN_ANSWER
        return answers.cause_of_type(groups["code"]), weights.RUN_ANSWER
    if role == "network":
        cause = where.unreachable(sighting)
        return cause, weights.RUN_NETWORK.get(cause, weights.RUN_CONNECTION)
    if sighting.signature.id in {"out-of-memory", "heap-exhausted"}:
        return sighting.signature.cause, weights.RUN_MEMORY
    if sighting.signature.id == "go-ecs-metadata":
        return sighting.signature.cause, weights.RUN_ECS_METADATA
    cause = sighting.signature.cause
    root = cause in {"image-default-config-active", "no-aws-credentials"}
    return cause, weights.RUN_ROOT_FAULT if root else weights.RUN_FAULT


def _outputs(case: Case, where: Destinations) -> Iterator[Clue]:
    """Clues of the deliveries of each output."""
    for delivery in case.tally.deliveries.outputs.values():
        if delivery.state == "fine":
            continue
        lines = where.lines(delivery)
        agent = where.agent(delivery)
        if delivery.state == "healed":
            if agent:
                count = delivery.failures
                yield Clue("al-agent-starting", weights.NOTHING, lines, count=count)
            continue
        if delivery.lost:
            past = delivery.state == "lost"
            weight = weights.RUN_GIVEN_UP if past else weights.RUN_GIVEN_UP_BESIDE
            yield Clue("retries-exhausted", weight, where.lost(delivery) or lines)
        if delivery.state == "lost":
            continue
        if agent:
            full = bool(case.tally.all("pressure"))
            yield _collector(delivery, where, lines, full=full)
        elif not where.explained(delivery):
            yield from _silent(delivery, where, lines)
    for sighting in case.tally.named("s3-giveup", "go-timeout-quit"):
        line = [case.of_line(sighting.lines[0])]
        yield Clue("retries-exhausted", weights.RUN_GIVEN_UP, line)


def _collector(
    delivery: Delivery, where: Destinations, lines: list[Evidence], *, full: bool
) -> Clue:
    """The clue of an agent's collector that refuses connections."""
    refused = delivery.reasons or delivery.failures >= MANY_FAILURES
    long = delivery.seconds >= STARTING_SECONDS or delivery.lost or full or where.agent_ended
    note = f"`{delivery.name}` was refused {delivery.failures} times"
    if delivery.seconds:
        note += f" in {delivery.seconds:.0f} seconds"
    weight = weights.RUN_COLLECTOR if long and refused else weights.RUN_COLLECTOR_STARTING
    return Clue("al-agent-collector-unavailable", weight, lines, f"{note}.")


def _silent(delivery: Delivery, where: Destinations, lines: list[Evidence]) -> Iterator[Clue]:
    """The clue of failures for which no line names a reason."""
    if where.defaults(delivery):
        yield Clue("output-default-host", weights.RUN_SILENT_DEFAULT_HOST, lines)
    elif delivery.failures >= MANY_FAILURES and not delivery.oks:
        yield Clue("destination-unreachable", weights.RUN_SILENT_FAILURES, lines)


def _ends(case: Case, where: Destinations) -> Iterator[Clue]:
    """Clues of full buffers, and of chunks that were left at the stop."""
    failing = where.failing
    for sighting in case.tally.all("pressure"):
        weight = weights.RUN_BUFFERS_BESIDE if failing else weights.RUN_BUFFERS
        line = [case.of_line(sighting.lines[0])]
        yield Clue("mem-buf-limit-reached", weight, line, sighting.signature.means)
    pending = case.tally.named("stopped-pending", "stop-delayed")
    if not pending and not case.tally.named("stopped"):
        pending = case.tally.named("tasks-pending")
    for sighting in pending:
        note = sighting.signature.means
        if "n" in sighting.groups:
            note = f"At its end {sighting.groups['n']} chunks were still to be delivered."
        line = [case.of_line(sighting.lines[0])]
        weight = weights.RUN_LEFT_AT_STOP_BESIDE if failing else weights.RUN_LEFT_AT_STOP
        yield Clue("shutdown-log-loss", weight, line, note)
