"""What Fluent Bit says of its configuration, as findings: which rule tells of which problem."""

from __future__ import annotations

from fargate_lint.launch.problem import CRASH
from fargate_lint.lint.finding import Place
from fargate_lint.lint.rule import Rule
from fargate_lint.source.once import once
from fargate_lint.source.patterns import lazily
from fargate_lint_rules._properties import suggested
from fargate_lint_rules.fluentbit._elsewhere import option_of, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.launch import Launch
    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.launch.problem import Problem
    from fargate_lint.launch.sections import Origin
    from fargate_lint.source.document import Path

#: Kind of problem → the rule that tells of it.
RULES = {
    "bad-accessor": "flb-regex-invalid",
    "bad-bool": "flb-boolean-invalid",
    "bad-enum": "flb-value-unknown",
    "bad-flush": "flb-number-invalid",
    "bad-key-format": "flb-value-unknown",
    "bad-label": "flb-value-unknown",
    "bad-number": "flb-number-invalid",
    "bad-operation": "flb-words-invalid",
    "bad-port": "flb-number-invalid",
    "bad-regex": "flb-regex-invalid",
    "bad-retry-limit": "flb-retry-limit-invalid",
    "bad-size": "flb-number-invalid",
    "byte-order-mark": "flb-syntax",
    "config-missing": "flb-file-missing",
    "daemon": "flb-daemon",
    "delivered-twice": "flb-delivered-twice",
    "deprecated-option": "flb-option-deprecated",
    "directive": "flb-syntax",
    "dropped-property": "flb-argument-refused",
    "duplicate-option": "flb-duplicate-option",
    "ellipsis": "flb-syntax",
    "emitter-name": "flb-emitter-name-taken",
    "empty-value": "flb-value-empty",
    "exclusive-options": "flb-options-exclusive",
    "file-missing": "flb-file-missing",
    "filter-without-match": "flb-filter-without-match",
    "firelens-input-repeated": "flb-firelens-input-repeated",
    "forward-loop": "flb-log-loop",
    "group": "flb-syntax",
    "header": "flb-syntax",
    "header-indented": "flb-syntax",
    "ignored-match": "flb-argument-refused",
    "ignored-option": "flb-unknown-option",
    "include-missing": "flb-file-missing",
    "include-twice": "flb-include-twice",
    "indentation": "flb-indentation",
    "line-too-long": "flb-syntax",
    "logs-unrouted": "no-output-configured",
    "lua-function": "flb-lua-invalid",
    "lua-syntax": "flb-lua-invalid",
    "match-without-tag": "flb-match-without-tag",
    "missing-name": "flb-name-missing",
    "missing-option": "flb-required-option-missing",
    "option-too-new": "flb-option-too-new",
    "orphan-property": "flb-argument-refused",
    "output-without-match": "flb-output-without-match",
    "pair-outside": "flb-syntax",
    "parser-file": "flb-parser-refused",
    "parsers-missing": "flb-file-missing",
    "parsers-refused": "flb-parser-refused",
    "plugin-not-loaded": "flb-file-missing",
    "port-taken": "flb-port-taken",
    "required-option": "flb-required-option-missing",
    "rewrite-loop": "flb-log-loop",
    "scheduler-cap": "flb-number-invalid",
    "section-not-here": "flb-section-misplaced",
    "set-without-value": "flb-syntax",
    "socket-folder": "flb-file-missing",
    "storage-path": "flb-storage-without-path",
    "storage-without-path": "flb-storage-without-path",
    "syslog-udp-tls": "flb-tls-unsupported",
    "tls-unsupported": "flb-tls-unsupported",
    "too-few-words": "flb-words-invalid",
    "too-many-words": "flb-words-invalid",
    "undefined-parser": "flb-parser-undefined",
    "undefined-variable": "flb-variable-undefined",
    "unknown-option": "flb-unknown-option",
    "unknown-plugin": "plugin-name-unknown",
    "unknown-section": "flb-unknown-section",
    "usage": "flb-argument-refused",
    "value-empty": "flb-value-empty",
    "value-missing": "flb-syntax",
    "workdir-missing": "flb-file-missing",
    "yaml": "flb-yaml-refused",
    "yaml-in-classic": "flb-yaml-in-classic-file",
}
#: Problems with a key rather than with its value.
OF_KEYS = frozenset({
    "deprecated-option", "duplicate-option", "ignored-option", "option-too-new", "unknown-option",
})  # fmt: skip
#: Kinds of problems that are no more than an effect where there is one of another kind.
CAUSES = {
    # How many inputs and outputs there are counts here.
    "output-without-match": "unknown-plugin",
    "logs-unrouted": "output-without-match",
}
PATTERNS = frozenset({"include-pattern", "exclude-pattern"})
STREAMS = "log_stream_name"
# So many lines further a fault of the same kind may still be one with the last.
NEAR = 5
# A quoted text that would make a message longer than a line.
LONG = lazily(r"`([^`]{36})[^`]{12,}`")


class ProblemRule(Rule):
    """A rule that tells of the problems which the simulator has found (see RULES)."""

    of_problems = True

    def check_pipeline(self, pipeline: Pipeline, launch: Launch | None) -> None:
        """Report what this rule tells of, each mistake once."""
        if not pipeline.problems:
            return
        for problems in self.together(by_rule(pipeline, launch).get(self.name, [])):
            self._tell(pipeline, launch, problems)

    def together(self, problems: list[Problem]) -> Iterator[list[Problem]]:
        """The problems in groups that are one mistake each."""
        seen = set()
        for problem in problems:
            # A line that the launcher writes into all sections of a kind goes wrong in each; of a
            # section as a whole there may be several things to say.
            whole = problem.entry is None and problem.span is None
            key = problem.kind, problem.origin, problem.message if whole else ""
            if key not in seen:
                seen.add(key)
                yield [problem]

    def _tell(self, pipeline: Pipeline, launch: Launch | None, problems: list[Problem]) -> None:
        problem = problems[0]
        severity = weight(pipeline, problem)
        if self.is_hidden(severity):
            return
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


@once
def by_rule(pipeline: Pipeline, launch: Launch | None) -> dict[str, list[Problem]]:
    """The problems by the rule that tells of them."""
    found: dict[str, list[Problem]] = {}
    kinds = {problem.kind for problem in pipeline.problems}
    meant = _meant(pipeline.problems)
    for problem in pipeline.problems:
        if CAUSES.get(problem.kind) in kinds or _is_there_misspelled(problem, meant):
            continue
        found.setdefault(teller(launch, problem), []).append(problem)
    return found


def teller(launch: Launch | None, problem: Problem) -> str:
    """The name of the rule that tells of a problem, "" when another finding covers it."""
    kind = problem.kind
    if launch is not None:
        if told(launch, problem):
            return ""
        option = option_of(launch, problem)
        if option is not None and option[1] in PATTERNS:
            return "firelens-pattern-invalid"
    if kind in {"exclusive-options", "required-option"} and STREAMS in problem.message:
        return "flb-stream-name-and-prefix"
    return RULES.get(kind, "")


def _meant(problems: list[Problem]) -> dict[Origin | None, list[str]]:
    """For each section, the options that are there under names that are not quite their own."""
    found: dict[Origin | None, list[str]] = {}
    for problem in problems:
        if problem.suggestion and problem.section is not None:
            found.setdefault(problem.section.origin, []).append(f"`{problem.suggestion}`")
    return found


def _is_there_misspelled(problem: Problem, meant: dict[Origin | None, list[str]]) -> bool:
    """Whether the option that is missing is there under a name that is not quite its own."""
    if problem.kind != "required-option" or problem.section is None:
        return False
    return any(word in problem.message for word in meant.get(problem.section.origin, ()))


def weight(pipeline: Pipeline, problem: Problem) -> str:
    """The severity of a finding about a problem."""
    if problem.severity in {"note", "warning"}:
        return "info" if problem.versions or problem.severity == "note" else "warning"
    return "error" if pipeline.sure and not problem.versions else "warning"


def in_versions(problem: Problem) -> str:
    """The versions that have the problem, to stand at the end of a message that names none."""
    if all(version in problem.message for version in problem.versions):
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
    _, found, keys = problem.message.rpartition(" has no `")
    if problem.kind != "required-option" or not found:
        return []
    key = keys.rstrip("`").rpartition("`")[2]
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
