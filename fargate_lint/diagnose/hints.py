"""What lines hint at that say little by themselves, when nothing else says more."""

from __future__ import annotations

from fargate_lint.diagnose.verdict import Clue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.case import Case

#: For each signature, what may be behind it and how much that weighs: never more than possible.
HINTS = {
    "sign-failed": (("no-aws-credentials", 50),),
    "mem-resume": (("mem-buf-limit-reached", 45),),
    "cw-create-stream": (("task-role-permission-missing", 42), ("aws-endpoint-unreachable", 41)),
    "essential-exited": (("essential-sidecar-exited", 40), ("application-exited", 39)),
    "failed-to-start": (("provisioning-failed", 40),),
    "imds": (("no-aws-credentials", 38),),
}
#: Steps of the search for credentials: harmless where it got on.
SEARCH = frozenset({"imds", "sign-failed"})


def clues(case: Case) -> Iterator[Clue]:
    """What may be behind the lines of a log of which none tells a cause."""
    tally = case.tally
    if tally.all("healed") or any(one.oks for one in tally.deliveries.outputs.values()):
        return
    for name, causes in HINTS.items():
        for sighting in tally.named(name):
            if name in SEARCH and tally.started is not None:
                continue
            line = [case.of_line(sighting.lines[0])]
            for cause, weight in causes:
                yield Clue(cause, weight, line, sighting.signature.means, certain=False)
