"""Clues about the Alert Logic agent: its registration key, and its way out of the network."""

from __future__ import annotations

from fargate_lint.diagnose import weights
from fargate_lint.diagnose.evidence import Clue, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.configured import Configured
    from fargate_lint.diagnose.tasks import ContainerState

#: Causes which show that the task has no way out of its network.
NO_WAY_OUT = frozenset({
    "aws-endpoint-unreachable", "destination-host-unresolvable", "destination-unreachable",
    "dns-resolver-timeout",
})  # fmt: skip


def clues(
    case: Case, configured: Configured, ended: list[ContainerState], others: list[Clue]
) -> Iterator[Clue]:
    """The clues of an agent that ended, or that never registered.

    A wrong key and a missing way out are distinguished by the failures of other outputs.
    """
    silent = _speaks(case) and certificate(case) is None
    evidence = [
        clue for clue in others if clue.cause in NO_WAY_OUT and clue.weight >= weights.LIKELY
    ]
    if certificate(case) is not None or not (ended or (silent and evidence)):
        return
    end = [one for clue in others for one in clue.evidence if one.path.endswith("/exitCode")][:1]
    key = configured.support("al-agent-registration-key")
    if evidence and not key:
        lines = [one for clue in evidence for one in clue.evidence][:2]
        note = "The agent did not get its certificate, and other destinations time out as well."
        weight = weights.AGENT_NO_WAY_OUT if ended else weights.AGENT_NO_WAY_OUT_NOT_ENDED
        yield Clue("al-agent-no-egress", weight, [*lines, *end], note)
    elif key and ended:
        note = "The agent ended, and its registration key is not what or where it should be."
        weight = weights.AGENT_KEY_OR_NO_WAY_OUT if evidence else weights.AGENT_KEY
        yield Clue("al-agent-registration-key", weight, end, note)
        if evidence:
            yield Clue("al-agent-no-egress", weights.AGENT_NO_WAY_OUT_OR_KEY, end)
    elif silent and (_delivers(case) or _has_key(case)):
        note = "The agent ended without its certificate, and nothing shows that it has no way out."
        weight = weights.AGENT_KEY_BY_ELIMINATION
        yield Clue("al-agent-registration-key", weight, end, note)
    else:
        weight = weights.AGENT_KEY_PERHAPS if _has_key(case) else weights.AGENT_KEY_UNSEEN
        yield Clue("al-agent-registration-key", weight, end)
        yield Clue("al-agent-no-egress", weights.AGENT_NO_WAY_OUT_PERHAPS, end)


def _has_key(case: Case) -> bool:
    """Whether a definition gives the agent a registration key."""
    return any(
        launch.sidecars.agent is not None
        and ("KEY" in launch.sidecars.agent.environment or "KEY" in launch.sidecars.agent.secrets)
        for launch in case.launches
    )


def certificate(case: Case) -> Evidence | None:
    """The line of the agent's registration, None if there is none."""
    found = case.tally.named("agent-certificate")
    return case.of_line(found[0].lines[0]) if found else None


def _speaks(case: Case) -> bool:
    return bool(case.tally.named("agent-line"))


def _delivers(case: Case) -> bool:
    """Whether some output other than the agent's delivers records."""
    tally = case.tally
    return any(one.oks for one in tally.deliveries.outputs.values()) or bool(
        tally.named("group-created")
    )
