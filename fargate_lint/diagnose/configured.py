"""Clues of the definition itself: findings of the linter, and problems of the simulation."""

from __future__ import annotations

from fargate_lint.data.problems import KINDS
from fargate_lint.diagnose import weights
from fargate_lint.diagnose.causes import AGENT_CAUSES, ECS_CAUSES, START_CAUSES, causes_by_rule
from fargate_lint.diagnose.evidence import Clue
from fargate_lint.lint.finding import rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.evidence import Evidence
    from fargate_lint.diagnose.tasks import ContainerState
    from fargate_lint.launch import Launch
    from fargate_lint.launch.problem import Problem
    from fargate_lint.lint.finding import Finding

LAUNCHER_CAUSES = frozenset({"command-line-invalid", "launcher-missing-double-dash"})
#: Faults that a running router does not report: its health does not rule them out.
SILENT_CAUSES = frozenset({"records-not-routed"})


class Configured:
    """The findings and the problems of the launch that speak for each cause."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.findings: dict[str, list[Finding]] = {}
        self.problems: dict[str, list[tuple[Launch, Problem]]] = {}
        for finding in case.findings:
            for name in (finding.rule.name, *finding.rule.aliases):
                for cause in causes_by_rule().get(name, ()):
                    self.findings.setdefault(cause, []).append(finding)
        for launch in case.launches:
            pipeline = launch.pipeline
            for problem in pipeline.problems if pipeline is not None else ():
                self.problems.setdefault(_cause(problem), []).append((launch, problem))

    def support(self, cause: str) -> list[Evidence]:
        """Evidence in the definition for a cause that something else points to."""
        found = [self.case.of_problem(*pair) for pair in self.problems.get(cause, ())[:2]]
        findings = sorted(self.findings.get(cause, ()), key=lambda one: -rank(one.severity))
        found += [
            self.case.of_finding(one)
            for one in findings[:3]
            if one.severity != "info" or cause in AGENT_CAUSES
        ]
        return found

    def errors(self, cause: str) -> bool:
        """Whether the linter finds an error that speaks for a cause."""
        return any(one.severity == "error" for one in self.findings.get(cause, ()))

    def helps(self, cause: str) -> list[str]:
        """The remedies that the linter, or else the launch, names for a cause."""
        found = [one.help for one in self.findings.get(cause, ()) if one.severity != "info"]
        if not any(found):
            found = [
                _advice(problem.help, problem.suggestion)
                for _, problem in self.problems.get(cause, ())
            ]
        distinct = dict.fromkeys(filter(None, found))
        return list(dict.fromkeys(map(self.case.mask.hide, distinct)))

    def rules(self, cause: str) -> list[str]:
        """Names of the rules whose findings speak for a cause."""
        return list(dict.fromkeys(one.rule.name for one in self.findings.get(cause, ())))

    def clues(self, seen: set[str], ended: dict[str, list[ContainerState]]) -> list[Clue]:
        """Clues for causes that only the definition points to.

        `seen` are causes that something else points to, `ended` the sidecars that failed.
        """
        found = []
        explained = seen & (START_CAUSES | {"image-regression", "fluent-bit-crash"})
        for cause, pairs in self.problems.items():
            if cause in seen or not cause:
                continue
            launch, problem = pairs[0]
            weight = self._problem_weight(launch, problem, ended, explained=bool(explained))
            found.append(Clue(cause, weight, [self.case.of_problem(launch, problem)]))
        for cause, findings in self.findings.items():
            worst = max(findings, key=lambda one: rank(one.severity))
            if cause in seen or cause in self.problems or not self._speaks_for(worst, cause, seen):
                continue
            rated = self._finding_weight(cause, worst, ended, explained=bool(explained))
            if rated is not None:
                found.append(Clue(cause, rated, [self.case.of_finding(worst)]))
        return found

    def _speaks_for(self, finding: Finding, cause: str, seen: set[str]) -> bool:
        """Whether this cause is the likeliest of those that a finding may speak for."""
        others = causes_by_rule().get(finding.rule.name, [cause])
        if any(other in seen for other in others):
            return False
        return cause == others[0]

    def _problem_weight(
        self,
        launch: Launch,
        problem: Problem,
        ended: dict[str, list[ContainerState]],
        *,
        explained: bool,
    ) -> float:
        """How much a problem of the launch weighs that nothing else points to."""
        if not problem.fatal:
            if problem.severity != "loss":
                return weights.DEFINITION_WARNING_BESIDE
            if _cause(problem) not in SILENT_CAUSES:
                return weights.DEFINITION_LOSS_BESIDE
            alone = self.case.only_definitions
            return weights.DEFINITION_ERROR if alone else weights.DEFINITION_SILENT
        if ended["router"] and not explained:
            same = problem.exit in {one.exit for one in ended["router"]}
            return weights.DEFINITION_EXIT if same else weights.DEFINITION_OTHER_EXIT
        if not self.case.only_definitions:
            return weights.DEFINITION_BESIDE
        # A launcher that stops starts no Fluent Bit.
        stops = _launcher_stops(launch)
        return weights.DEFINITION_ERROR if stops else weights.DEFINITION_FLUENT_BIT

    def _finding_weight(
        self,
        cause: str,
        finding: Finding,
        ended: dict[str, list[ContainerState]],
        *,
        explained: bool,
    ) -> float | None:
        """How much a finding weighs that nothing else points to; None if it is no clue."""
        error = finding.severity == "error"
        if cause in AGENT_CAUSES and ended["agent"]:
            return weights.DEFINITION_AGENT_ERROR if error else weights.DEFINITION_AGENT_WARNING
        early = START_CAUSES | {"launcher-not-found"}
        if cause in early and ended["router"] and not explained and error:
            return weights.DEFINITION_ROUTER_ERROR
        runs = not self.case.only_definitions and not self.case.ended
        if cause in SILENT_CAUSES and runs and not explained:
            return weights.DEFINITION_SILENT if error else weights.DEFINITION_LOSS_BESIDE
        if not error:
            return None
        if not self.case.only_definitions:
            return weights.DEFINITION_BESIDE
        if cause in ECS_CAUSES:
            return weights.DEFINITION_ECS
        by_launcher = cause in LAUNCHER_CAUSES and any(map(_launcher_stops, self.case.launches))
        return weights.DEFINITION_LAUNCHER if by_launcher else weights.DEFINITION_ERROR

    def contradicted(self, cause: str) -> Evidence | None:
        """The line that shows that Fluent Bit started in spite of a fault, None without one."""
        started = self.case.tally.started
        if started is None or cause not in START_CAUSES | ECS_CAUSES:
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
