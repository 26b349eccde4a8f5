"""A stage of a launch as a configuration, with comments on what is not known and on origins."""

from __future__ import annotations

import re
import shlex

from fargate_lint.launch import stages
from fargate_lint.launch.rewriting import PHYSICAL, lines_of
from fargate_lint.report.launch.origin import Origins
from fargate_lint.report.launch.routes import outline
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fargate_lint.launch.launch import Launch
    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.launch.rewriting import Line
    from fargate_lint.launch.stages import Gap, Stage
    from fargate_lint.report.launch.masking import OpenMask

INDENT = re.compile(r"[ \t]*")
# Columns of a command: longer ones are continued on the next line.
WIDTH = 90
# Words of the command line before which a new line begins.
BREAKS = re.compile(
    r"-[CReFiocr].*|--(?:custom|config|plugin|parser|filter|input|output|processor)(?:=.*)?"
)


class Writer:
    """Writes the stages of one launch. With `comments` false only what the programs write."""

    def __init__(
        self, launch: Launch, mask: OpenMask, *, comments: bool = True, origins: bool = False
    ) -> None:
        self.launch = launch
        self.mask = mask
        self.comments = comments
        self.origins = Origins(launch) if origins else None

    def file(self, stage: Stage) -> str:
        """The file of a stage; "" when there is none."""
        lines = stage.lines or []
        own = dict(self._own_gaps(stage, lines))
        parts = []
        if self.comments:
            inline = set(own.values())
            parts = [_gap(gap) for gap in dict.fromkeys(stage.gaps) if gap not in inline]
        last = None
        text = self.mask.file("".join(line.text for line in lines))
        for at, (line, shown) in enumerate(zip(lines, PHYSICAL.findall(text), strict=True)):
            parts += self._above(line, own.get(at), last)
            parts.append(shown)
            last = line.origin if line.text.strip() else None
        return "".join(parts)

    def _own_gaps(self, stage: Stage, lines: Sequence[Line]) -> Iterator[tuple[int, Gap]]:
        """The gaps that belong to one line, with its index."""
        for at, line in enumerate(lines):
            if line.value is not None:
                yield at, stages.value_gap(line.value, line.origin)
            elif line.text[:1] == "@":
                for gap in stage.gaps:
                    if gap.origin == line.origin:
                        yield at, gap

    def _above(self, line: Line, gap: Gap | None, last: object) -> Iterator[str]:
        """The comments that belong above a line, indented like it."""
        if not line.text.strip():
            return
        found = INDENT.match(line.text)
        indent = found[0] if found else ""
        if self.origins is not None and line.origin is not None and line.origin != last:
            yield f"{indent}# from {escape(self.origins.text(line.origin))}\n"
        if gap is not None and self.comments:
            yield indent + _gap(gap)

    def argv(self) -> str:
        """The words with which Fluent Bit is started, as a shell would take them."""
        words = self.mask.words(word for word, _ in self.launch.argv)
        if self.comments:
            return " \\\n".join(map(escape, command(map(escape, words)))) + "\n"
        return " \\\n".join(command(words)) + "\n"

    def final(self, stage: Stage) -> str:
        """The file that Fluent Bit is started with, and above it the command."""
        text = self.file(stage)
        if not self.comments or not self.launch.argv:
            return text
        start = "".join(f"#   {escape(line)}\n" for line in self.argv().splitlines())
        return f"# Fluent Bit {self.launch.table} is started with\n{start}{text}"

    def pipeline(self, stage: Stage, pipeline: Pipeline) -> str:
        """All sections that Fluent Bit works with, and above them who reaches whom."""
        parts: list[str] = []
        if self.comments:
            parts = [escape(f"# {line}") + "\n" for line in outline(pipeline)]
        whole = stages.Stage(stage.program)
        whole.lines = lines_of(pipeline.sections)
        whole.gaps = stage.gaps
        return "".join(parts) + self.file(whole)


def command(words: Iterable[str]) -> list[str]:
    """The lines of a shell command: one for the program, one or more for each plug-in."""
    groups: list[list[str]] = [[]]
    for word in words:
        # A first `-c` stays with the program.
        least = 1 if len(groups) == 1 and word == "-c" else 0
        if BREAKS.fullmatch(word) and len(groups[0]) > least:
            groups.append([])
        groups[-1].append(shlex.quote(word))
    lines = []
    for at, group in enumerate(groups):
        indent = "  " * (at > 0)
        line = indent
        for part in _with_values(group):
            if line.strip() and len(line) + len(part) > WIDTH:
                lines.append(line.rstrip())
                line = "    "
            line += part + " "
        lines.append(line.rstrip())
    return lines


def _with_values(words: Iterable[str]) -> Iterator[str]:
    """Flags, each with the word behind it; other words alone."""
    flag = ""
    for word in words:
        if word[:1] == "-" and not flag:
            flag = word
        else:
            yield f"{flag} {word}".lstrip()
            flag = ""
    if flag:
        yield flag


def _gap(gap: Gap) -> str:
    remedy = f" ({gap.remedy})" if gap.remedy else ""
    return escape(f"# not known: {gap.what}{remedy}") + "\n"
