"""What Fluent Bit says of its configuration, as findings."""

from __future__ import annotations

from itertools import chain

from fargate_lint.data.problems import KINDS
from fargate_lint.launch.problem import CRASH
from fargate_lint.lint.finding import Place
from fargate_lint.lint.resolve import OFFSET
from fargate_lint.lint.rule import Rule
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import MARKS
from fargate_lint_rules._properties import suggested
from fargate_lint_rules._subjects import option_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.launch import Launch
    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.launch.problem import Problem
    from fargate_lint.source.document import Path

#: Problems with a key rather than with its value.
OF_KEYS = frozenset({
    "deprecated-option", "duplicate-option", "ignored-option", "option-too-new", "unknown-option",
})  # fmt: skip
#: Problems that a `-m` in a word which isn't known may solve.
OF_MATCHES = frozenset({"filter-without-match", "output-without-match"})
#: Problems whose message names the version.
DATED = frozenset({"option-too-new", "plugin-too-new"})
# So many lines further a fault of the same kind may still be one with the last.
NEAR = 5
# A quoted text that would make a message longer than a line.
LONG = lazily(r"`([^`]{36})[^`]{12,}`")


class ProblemRule(Rule):
    """A rule that reports problems which the simulator has found: by default those of its kinds."""

    only_if_problems = True

    def check_pipeline(self, pipeline: Pipeline, launch: Launch | None) -> None:
        """Report the problems that this rule sees, each mistake once."""
        seen = [each for each in pipeline.problems if self.sees(launch, each)]
        if launch is not None and seen:
            if launch.sidecars.router_image.kind == "fluentd":
                return  # the image has no Fluent Bit
            seen = [each for each in seen if not _is_open(launch, each)]
        for problems in self.together(seen):
            self._report(pipeline, launch, problems)

    def sees(self, launch: Launch | None, problem: Problem) -> bool:
        """Whether this rule reports a problem (see `fargate_lint.data.problems`)."""
        del launch
        return KINDS[problem.kind].rule == self.name

    def subjects(self, at: Place, problem: Problem) -> Iterator[Path]:
        """What a problem at a place is about: the words that make it, and the options, also missing ones."""
        # What is missing is not all that the section is.
        missing = problem.entry is None and problem.options
        if at.span is not None:
            yield (OFFSET, at.span[0])
        elif not missing:
            yield at.path
        if problem.origin is not None and problem.origin.path is not None and not missing:
            yield problem.origin.path
        if problem.section is not None:
            for option in filter(None, (*problem.options, problem.suggestion)):
                yield from option_of(problem.section, option)

    def together(self, problems: list[Problem]) -> Iterator[list[Problem]]:
        """The problems in groups that are one mistake each."""
        seen = set()
        for problem in problems:
            # A line that the launcher writes into all sections of a kind goes wrong in each; of a
            # section as a whole there may be several things to say.
            whole = problem.entry is None and problem.span is None
            key = problem.kind, problem.origin, problem.options if whole else ()
            if key not in seen:
                seen.add(key)
                yield [problem]

    def _report(self, pipeline: Pipeline, launch: Launch | None, problems: list[Problem]) -> None:
        problem = problems[0]
        severity = weight(pipeline, problem)
        message = LONG.sub(r"`\1…`", problem.message)
        more = len(problems) - 1
        if more:
            message += f" (and {more} more line{'s' if more > 1 else ''})"
        if problem.versions:
            message += in_versions(problem)
        self.add(
            message,
            place(pipeline, launch, problem),
            help=remedy(problem),
            severity=severity,
            subject=chain.from_iterable(
                self.subjects(place(pipeline, launch, each), each) for each in problems
            ),
            fix=suggested(launch, problem) if problem.suggestion else None,
        )


class RunRule(ProblemRule):
    """A rule about lines: what one slip does to several lines is told once."""

    def together(self, problems: list[Problem]) -> Iterator[list[Problem]]:
        """The problems in runs of near lines."""
        run: list[Problem] = []
        for problem in problems:
            if run and not self._continues(run[-1], problem):
                yield run
                run = []
            run.append(problem)
        if run:
            yield run

    def _continues(self, before: Problem, problem: Problem) -> bool:
        """Whether a problem is of one slip with the one before it."""
        if before.origin is None or problem.origin is None:
            return False
        if before.origin.path is not None:
            return before.origin.path == problem.origin.path
        first, second = before.origin.line, problem.origin.line
        near = first is not None and second is not None and 0 <= second - first <= NEAR
        return near and before.versions == problem.versions and self.joins(before, problem)

    def joins(self, before: Problem, problem: Problem) -> bool:
        """Whether two problems of near lines have one cause."""
        return before.kind == problem.kind


def _is_open(launch: Launch, problem: Problem) -> bool:
    """Whether a template or an ellipsis may stand for what is wrong: a key, an option, a `-m`."""
    if problem.kind in OF_MATCHES and launch.line.unknown is not None:
        return True
    if problem.entry is not None:
        return _is_mark(problem.entry.key)
    path = problem.origin.path if problem.origin is not None else None
    if not problem.options or path is None or path[-1:] != ("logConfiguration",):
        return False
    options = (*path, "options")
    return any(options[: len(gap)] == gap for gap in launch.lens.partial) or any(
        map(_is_mark, launch.task.members(*options))
    )


def _is_mark(key: str) -> bool:
    return MARKS.search(key) is not None or key.endswith(("...", "\u2026"))


def weight(pipeline: Pipeline, problem: Problem) -> str:
    """The severity of a finding about a problem."""
    if problem.severity in {"note", "warning"}:
        return "info" if problem.versions or problem.severity == "note" else "warning"
    return "error" if pipeline.sure and not problem.versions else "warning"


def in_versions(problem: Problem) -> str:
    """The versions that have the problem, to stand at the end of a message that names none."""
    if problem.kind in DATED and len(problem.versions) == 1:
        return ""
    return f" (Fluent Bit {' and '.join(problem.versions)})"


def place(pipeline: Pipeline, launch: Launch | None, problem: Problem) -> Place:
    """Where a problem stands in the user's file."""
    origin = problem.origin
    path: Path | None = origin.path if origin is not None else None
    if path is not None:
        of_key = problem.kind in OF_KEYS
        return Place(
            pipeline.lens, _key_word(pipeline, problem, path) if of_key else path, key=of_key
        )
    if launch is None and origin is not None and origin.file != pipeline.lens.document.name:
        # Of a file that this one includes.
        return Place(pipeline.lens, pipeline.path)
    if launch is None and problem.span is not None:
        return Place(pipeline.lens, span=problem.span)
    if launch is None and origin is not None and origin.line:
        start = pipeline.lens.document.start(origin.line)
        end = start + len(pipeline.lens.document.line(origin.line))
        return Place(pipeline.lens, span=(start, end))
    return Place(pipeline.lens, pipeline.path)


def _key_word(pipeline: Pipeline, problem: Problem, path: Path) -> Path:
    """The path of a key, where a key and its value are two words of the launcher's command."""
    if problem.entry is None or not isinstance(path[-1], int) or not path[-1]:
        return path
    before = (*path[:-1], path[-1] - 1)
    word: Any = pipeline.lens.value
    for step in before:
        word = word[step]
    return before if word == problem.entry.key else path


def _to_add(problem: Problem) -> list[str]:
    """The option to add, when one is missing."""
    if problem.kind != "required-option" or not problem.options:
        return []
    key = problem.options[-1]
    path = problem.origin.path if problem.origin is not None else None
    options = path is not None and path[-1:] == ("logConfiguration",)
    return [f'add "{key}" and its value to the options' if options else f"add `{key}`"]


def remedy(problem: Problem) -> str:
    """What to do, and the words of Fluent Bit by which people search."""
    parts = [problem.help] if problem.help else _to_add(problem)
    entry, origin = problem.entry, problem.origin
    if (
        entry is not None
        and origin is not None
        and origin.path
        and not isinstance(origin.path[-1], int)
        and entry.key != origin.path[-1]
        and origin.line is None
    ):
        parts.append(f"in the configuration this is `{entry.key}{entry.gap}{entry.text}`")
    said = printed(problem)
    if said:
        parts.append(f"Fluent Bit would print: {said}")
    elif problem.exit == CRASH:
        parts.append("Fluent Bit would crash")
    return "; ".join(parts)


def printed(problem: Problem) -> str:
    """The line that Fluent Bit prints, as far as it tells the reason."""
    line = problem.said.strip().partition("\n")[0]
    return line.partition(" The following properties")[0].rstrip()
