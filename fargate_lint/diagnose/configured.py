"""What the definition itself says: findings of the linter, and the launch on paper."""

from __future__ import annotations

from fargate_lint.data.problems import KINDS
from fargate_lint.diagnose.causes import OF_ECS, OF_THE_AGENT, OF_THE_START, by_rule
from fargate_lint.diagnose.verdict import Clue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.tasks import ContainerState
    from fargate_lint.diagnose.verdict import Evidence
    from fargate_lint.launch import Launch
    from fargate_lint.launch.problem import Problem
    from fargate_lint.lint.finding import Finding

SEVERITY = {"error": 3, "warning": 2, "info": 1}
#: How much a definition's fault weighs: when its effect was seen, when nothing was, beside others.
SEEN = 86
UNSEEN = 76
BESIDE = 45
UNSEEN_AND_RUNNING = 62
#: Where nothing was seen, what is met first: refusals of ECS, then those of the launcher.
BY_ECS, BY_THE_LAUNCHER, BY_FLUENT_BIT = 4, 3, 2
OF_THE_LAUNCHER = frozenset({"command-line-invalid", "launcher-missing-double-dash"})
#: Faults of which a router that runs says nothing: its health is no proof against them.
SILENT = frozenset({"records-not-routed"})


class Configured:
    """For each cause, what of the definitions speaks for it: findings, problems of the launch."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.findings: dict[str, list[Finding]] = {}
        self.problems: dict[str, list[tuple[Launch, Problem]]] = {}
        for finding in case.findings:
            for name in (finding.rule.name, *finding.rule.aliases):
                for cause in by_rule().get(name, ()):
                    self.findings.setdefault(cause, []).append(finding)
        for launch in case.launches:
            pipeline = launch.pipeline
            for problem in pipeline.problems if pipeline is not None else ():
                self.problems.setdefault(_cause(problem), []).append((launch, problem))

    def support(self, cause: str) -> list[Evidence]:
        """What speaks for a cause that something else has pointed to already."""
        found = [self.case.of_problem(*pair) for pair in self.problems.get(cause, ())[:2]]
        findings = sorted(self.findings.get(cause, ()), key=lambda one: -SEVERITY[one.severity])
        found += [
            self.case.of_finding(one)
            for one in findings[:3]
            if one.severity != "info" or cause in OF_THE_AGENT
        ]
        return found

    def errors(self, cause: str) -> bool:
        """Whether the linter finds an error that speaks for a cause."""
        return any(one.severity == "error" for one in self.findings.get(cause, ()))

    def helps(self, cause: str) -> list[str]:
        """What the linter and the launch say is to be done."""
        found = [one.help for one in self.findings.get(cause, ()) if one.severity != "info"]
        if not any(found):
            found = [
                _advice(problem.help, problem.suggestion)
                for _, problem in self.problems.get(cause, ())
            ]
        return list(dict.fromkeys(self.case.mask.hide(text) for text in found if text))

    def rules(self, cause: str) -> list[str]:
        """Names of the rules that found something that speaks for a cause."""
        return list(dict.fromkeys(one.rule.name for one in self.findings.get(cause, ())))

    def clues(self, seen: set[str], ended: dict[str, list[ContainerState]]) -> list[Clue]:
        """Causes that nothing but the definition points to.

        `seen` are causes that something else points to already, `ended` the sidecars that failed.
        """
        found = []
        explained = seen & (OF_THE_START | {"image-regression", "fluent-bit-crash"})
        for cause, pairs in self.problems.items():
            if cause in seen or not cause:
                continue
            for launch, problem in pairs[:1]:
                weight = self._of_problem(launch, problem, ended, explained=bool(explained))
                found.append(Clue(cause, weight, [self.case.of_problem(launch, problem)]))
        for cause, findings in self.findings.items():
            worst = max(findings, key=lambda one: SEVERITY[one.severity])
            if cause in seen or cause in self.problems or not self._speaks_for(worst, cause, seen):
                continue
            weight = self._of_finding(cause, worst, ended, explained=bool(explained))
            if weight:
                found.append(Clue(cause, weight, [self.case.of_finding(worst)]))
        return found

    def _speaks_for(self, finding: Finding, cause: str, seen: set[str]) -> bool:
        """Whether a finding speaks for this cause first, among those that it may speak for."""
        others = by_rule().get(finding.rule.name, [cause])
        if any(other in seen for other in others):
            return False
        return cause == others[0]

    def _of_problem(
        self,
        launch: Launch,
        problem: Problem,
        ended: dict[str, list[ContainerState]],
        *,
        explained: bool,
    ) -> float:
        if not problem.fatal:
            if problem.severity == "loss" and _cause(problem) in SILENT:
                return UNSEEN if self.case.bare else UNSEEN_AND_RUNNING
            return BESIDE - 5 if problem.severity == "loss" else BESIDE - 15
        if ended["router"] and not explained:
            same = problem.exit in {one.exit for one in ended["router"]}
            return SEEN if same else SEEN - 20
        if not self.case.bare:
            return BESIDE
        # A launcher that stops starts no Fluent Bit.
        return UNSEEN + (0 if _launcher_stops(launch) else BY_FLUENT_BIT)

    def _of_finding(
        self,
        cause: str,
        finding: Finding,
        ended: dict[str, list[ContainerState]],
        *,
        explained: bool,
    ) -> float:
        error = finding.severity == "error"
        if cause in OF_THE_AGENT and ended["agent"]:
            return SEEN - 2 if error else SEEN - 12
        early = OF_THE_START | {"launcher-not-found"}
        if cause in early and ended["router"] and not explained and error:
            return SEEN - 3
        if cause in SILENT and not self.case.bare and not explained and not self.case.refused:
            return UNSEEN_AND_RUNNING if error else BESIDE - 5
        if not error:
            return 0
        if not self.case.bare:
            return BESIDE
        if cause in OF_ECS:
            return UNSEEN + BY_ECS
        by_launcher = cause in OF_THE_LAUNCHER and any(map(_launcher_stops, self.case.launches))
        return UNSEEN + (BY_THE_LAUNCHER if by_launcher else 0)

    def contradicted(self, cause: str) -> Evidence | None:
        """A sign that a fault of the definition did not have its effect: Fluent Bit started."""
        started = self.case.tally.started
        if started is None or cause not in OF_THE_START | OF_ECS:
            return None
        return self.case.of_line(started.lines[0])


def _launcher_stops(launch: Launch) -> bool:
    return launch.arguments is not None and launch.arguments.stops


def _cause(problem: Problem) -> str:
    """The cause that a problem points to, "" for none."""
    kind = KINDS[problem.kind]
    return kind.cause if problem.fatal or kind.mild else ""


def _advice(help: str, suggestion: str) -> str:  # noqa: A002  (the word for it everywhere)
    return help or (f"Write `{suggestion}`." if suggestion else "")
