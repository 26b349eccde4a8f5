"""What the launcher makes of a configuration: keys set in each section of a kind.

The launcher's source is not public. What its documentation leaves open is decided here so that
Fluent Bit reads the result as the documentation means it: every line with the key is replaced, a
new key follows the last one of its section, and a new [SERVICE] stands last.
https://github.com/alertlogic/al-agent-container
"""

from __future__ import annotations

from fargate_lint.launch import plain
from fargate_lint.launch.sections import Entry, Include, Origin, Section, lines
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.arguments import Arguments, Pair
    from fargate_lint.launch.sections import Item

HEADER = lazily(r"\[([^\]\n]*)\]")
PAIR = lazily(r"(?!@)([ \t]*)([^\s#\[]\S*)([ \t]*)")
YAML = lazily(
    r"(?:[ \t]*(?:#[^\n]*|---[^\n]*)?\r?\n)*+"
    r"(?:customs|env|includes|multiline_parsers|parsers|pipeline|plugins|service|upstream_servers)"
    r"[ \t]*:[ \t\r]*(?:\n|\Z)"
)
PHYSICAL = lazily(r"[^\n]*\n|[^\n]+")
INDENT = "    "


class Line:
    """One line of a file with its line end. `value` is set when its value can't be known."""

    __slots__ = ("origin", "text", "value")

    def __init__(
        self, text: str, origin: Origin | None = None, value: Unknown | None = None
    ) -> None:
        self.text = text
        self.origin = origin
        self.value = value

    @property
    def section(self) -> str | None:
        """The name of the section that starts here, None when none does."""
        header = HEADER.match(self.text)
        return header[1] if header is not None else None

    @property
    def pair(self) -> re.Match[str] | None:
        """Indentation, key and the blanks after it, when this is a `key value` line."""
        return PAIR.match(self.text)

    @property
    def ending(self) -> str:
        """The line end."""
        return "\r\n" if self.text.endswith("\r\n") else "\n" if self.text.endswith("\n") else ""

    def __repr__(self) -> str:
        return f"Line({self.text!r})"


class Written:
    """A configuration that FireLens or the launcher writes.

    `lines` has each line of `text` with its origin, in order; `items` are the same as sections.
    `error` says why it can't be written: there is no text then.
    """

    __slots__ = ("_lines", "_make", "error", "sections")

    def __init__(
        self,
        make: Callable[[], list[Line]],
        error: str | None = None,
        sections: list[Section] | None = None,
    ) -> None:
        self._make = make
        self._lines: list[Line] | None = None
        #: What is known without a look at the lines, None when they have to be read.
        self.sections = sections
        self.error = error

    @property
    def lines(self) -> list[Line]:
        """The lines of the file."""
        if self._lines is None:
            self._lines = self._make()
        return self._lines

    @property
    def text(self) -> str | None:
        """The text of the file."""
        return "".join(line.text for line in self.lines) if self.error is None else None

    @property
    def items(self) -> list[Item]:
        """The sections and includes of the file."""
        return read(self.lines)


def rewrite(
    configuration: str | Iterable[Item], arguments: Arguments, router: Container
) -> Written:
    """What the launcher in `router` makes of a file's text or of FireLens' items. Never raises."""
    name = text_of(arguments.in_config.value)
    if name.lower().endswith((".yaml", ".yml")) or (
        isinstance(configuration, str) and YAML.match(configuration)
    ):
        return Written(list, "the launcher reads only the classic format, not YAML")
    sections = None
    if not isinstance(configuration, str):
        configuration = list(configuration)
        sections = plain.rewritten(configuration, arguments, router)

    def lines() -> list[Line]:
        if isinstance(configuration, str):
            content = lines_of_text(configuration, name)
        else:
            content = lines_of(configuration)
        return _Rewriting(content, arguments, router).run()

    return Written(lines, None, sections)


def lines_of(items: Iterable[Item]) -> list[Line]:
    """The lines of a file of these items, each with the origin of what made it."""
    found: list[Line] = []
    for text, thing in lines(items):
        value = thing.path if isinstance(thing, Include) else None
        if isinstance(thing, Entry):
            value = thing.value
        unknown = value if isinstance(value, Unknown) else None
        origin = thing.origin if thing is not None else None
        found.extend(Line(f"{part}\n", origin, unknown) for part in text.split("\n"))
    return found


def lines_of_text(text: str, name: str) -> list[Line]:
    """The lines of a file, each with its number as its origin."""
    parts = text.split("\n")
    last = parts.pop()
    found = [Line(f"{part}\n", Origin(name, None, at)) for at, part in enumerate(parts, 1)]
    if last:
        found.append(Line(last, Origin(name, None, len(parts) + 1)))
    return found


def read(content: Sequence[Line]) -> list[Item]:
    """The sections and includes that these lines make; what Fluent Bit would refuse is left out."""
    items: list[Item] = []
    section: Section | None = None
    for line in content:
        name, pair = line.section, line.pair
        if name is not None:
            section = Section(name, [], line.origin)
            items.append(section)
        elif line.text[:9].upper() == "@INCLUDE ":
            items.append(Include(line.text[9:].rstrip("\r\n"), line.origin))
        elif pair is not None and section is not None:
            value = line.text[pair.end() :].strip()
            known = line.value is None
            section.entries.append(
                Entry(pair[2], value if known else Unknown(value), line.origin, pair[3])
            )
    return items


class _Rewriting:
    """One configuration on its way through the launcher."""

    __slots__ = ("arguments", "ending", "indent", "lines", "router", "sections")

    def __init__(self, content: list[Line], arguments: Arguments, router: Container) -> None:
        self.lines = content
        self.arguments = arguments
        self.router = router
        self.ending = next((line.ending for line in content if line.ending), "\n")
        # Fluent Bit holds a file to the indentation of its first indented line.
        indents = (line.text[: len(line.text) - len(line.text.lstrip(" \t"))] for line in content)
        self.indent = next((indent for indent in indents if indent), INDENT)
        self.sections = {
            "INPUT": arguments.inputs,
            "FILTER": arguments.filters,
            "OUTPUT": arguments.outputs,
            "SERVICE": arguments.services,
        }

    def run(self) -> list[Line]:
        blocks: list[list[Line]] = [[]]
        for line in self.lines:
            if line.section is not None:
                blocks.append([])
            blocks[-1].append(line)
        names = [(block[0].section or "").upper() if block else "" for block in blocks]
        if self.arguments.services and "SERVICE" not in names:
            self._add_service(blocks, names)
        for name, block in zip(names, blocks, strict=True):
            for pair in self.sections.get(name, ()):
                self._set(block, pair)
        # A value from the command may hold line ends.
        return [
            Line(text, line.origin, line.value)
            for block in blocks
            for line in block
            for text in PHYSICAL.findall(line.text)
        ]

    def _add_service(self, blocks: list[list[Line]], names: list[str]) -> None:
        """Begin a [SERVICE] at the end, where it takes no line from another section."""
        last = next((block for block in reversed(blocks) if block), None)
        if last is not None:
            self._finish(last)
            if last[-1].text.strip():
                last.append(Line(self.ending))
        first = self.arguments.services[0]
        blocks.append([Line(f"[SERVICE]{self.ending}", self._origin(first.key_index))])
        names.append("SERVICE")

    def _finish(self, block: list[Line], at: int = -1) -> None:
        """Give a line the line end that the last one of a file may lack."""
        line = block[at]
        if not line.ending:
            block[at] = Line(line.text + self.ending, line.origin, line.value)

    def _set(self, block: list[Line], pair: Pair) -> None:
        """Set a key in a section: in each line that has it, or in a new one."""
        key = text_of(pair.key)
        wanted = key.lower() if isinstance(pair.key, str) else None
        origin = self._origin(pair.value_index)
        unknown = Unknown(text_of(pair.value)) if isinstance(pair.value, Unknown) else None
        found = False
        last = 0
        for at, line in enumerate(block):
            match = line.pair
            if at == 0 or match is None:
                continue
            last = at
            if match[2].lower() == wanted:
                found = True
                gap = match[3] or " "
                text = f"{match[1]}{match[2]}{gap}{text_of(pair.value)}{line.ending}"
                block[at] = Line(text, origin, unknown)
        if found:
            return
        self._finish(block, last)
        match = block[last].pair
        indent = match[1] if match is not None and last else self.indent
        text = f"{indent}{key} {text_of(pair.value)}{self.ending}"
        block.insert(last + 1, Line(text, origin, unknown))

    def _origin(self, index: int) -> Origin:
        path = (*self.router.path, *self.arguments.path(index))
        return Origin(self.router.lens.document.name, path)
