"""Fluent Bit's classic configuration format: one file, as each version reads it.

Fluent Bit stops at the first fault of a file; this reader names that one and all that follow.
Includes are not followed here: a file is what stands in it.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
"""

from __future__ import annotations

from fargate_lint.source.classic_lines import (
    Comment,
    Directive,
    File,
    Group,
    Header,
    Node,
    Pair,
    Problem,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.source.document import Path
    from fargate_lint.source.document import Span as SpanType

__all__ = [
    "Comment", "Directive", "File", "Group", "Header", "Node", "Pair", "Problem", "keyed", "locate",
    "parse", "render",
]  # fmt: skip

OLD = "1.9.10"
# 1.9.10 reads a line into 4096 bytes: the text, its line feed and a NUL.
LINE_LIMIT = 4094
BLANK = b" \t"
SPACE = " \t\n\v\f\r"
# What people write for lines that they leave out.
ELLIPSES = frozenset({".", "..", "...", "\u2026"})


def parse(text: str | bytes, *, version: str = "", name: str = "fluent-bit.conf") -> File:
    """Read one file as `version` (`1.9.10`, or a newer one) reads it. Never raises."""
    return _Reader(name, version, text if isinstance(text, bytes) else _bytes(text)).read()


def render(file: File) -> str:
    """The file printed anew: the same sections, pairs, groups and directives, in order.

    Lines that Fluent Bit refuses are left out.
    """
    indent = file.indent if not file.indent.strip(" \t") and file.indent else "    "
    if file.indent.strip(" \t"):
        indent = " "
    lines = []
    for item in file.items:
        if isinstance(item, Problem):
            continue
        if isinstance(item, Pair):
            lines.append(indent * (2 if item.grouped else 1) + item.text)
        elif isinstance(item, Group):
            lines.append(indent + item.text)
        else:
            lines.append(item.text)
    # A carriage return before a line feed would be taken for a part of the line end.
    return "".join(line + ("\r\n" if line.endswith("\r") else "\n") for line in lines)


def locate(text: str) -> dict[Path, SpanType]:
    """Where everything stands: `(SECTION, index)` and `(SECTION, index, key)`.

    The index counts the sections of that name from 0; a key that is repeated in its section has
    its number, from 1, as a fourth part.
    """
    from fargate_lint.source.document import Span  # noqa: PLC0415  (only when something is shown)

    spans: dict[Path, SpanType] = {(): Span(None, (0, len(text)))}
    counts: dict[str, int] = {}
    for header, pairs in parse(text).sections():
        name = header.name.upper()
        section = (name, counts.get(name, 0))
        counts[name] = section[1] + 1
        end = pairs[-1].end if pairs else header.end
        spans[section] = Span((header.start, header.end), (header.start, end))
        for path, pair in keyed(section, pairs):
            spans[path] = Span((pair.start, pair.start + len(pair.key)), (pair.at, pair.end))
    return spans


def keyed(section: Path, pairs: list[Pair]) -> Iterator[tuple[Path, Pair]]:
    """The pairs of a section, each with the path that `locate` gives it."""
    seen: dict[str, int] = {}
    for pair in pairs:
        number = seen.get(pair.key, 0)
        seen[pair.key] = number + 1
        path: Path = (*section, pair.key)
        yield ((*path, number) if number else path), pair


def _bytes(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Half of a surrogate pair, as JSON can hold it, is no character that a file has.
        return text.encode("utf-8", "replace")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


class _Reader:
    """One pass over the bytes of a file; the program works on bytes, positions are characters."""

    def __init__(self, name: str, version: str, raw: bytes) -> None:
        self.file = File(name, version)
        self.raw = raw
        self.old = version == OLD
        self.indent = b""
        self.section = False
        self.group = False
        self.keys = 0
        # Pairs read with a letter for an indent, to be read again if that was a mistake.
        self.lettered: list[tuple[int, bytes, int]] = []
        self.unindented = False

    def read(self) -> File:
        offset = 0
        lines = self.raw.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        for number, line in enumerate(lines, 1):
            content = line
            if self.old and len(line) > LINE_LIMIT:
                self.problem(
                    number, offset, line, "line-too-long",
                    self.error(number - 1, "length of content has exceeded limit"),
                    f"the line has {len(line):,} bytes, Fluent Bit 1.9 reads {LINE_LIMIT:,}",
                )  # fmt: skip
            if content.endswith(b"\r") and (number < len(lines) or self.raw.endswith(b"\n")):
                content = content[:-1]
            content = content.partition(b"\0")[0]
            if content:
                self.line(number, offset, content)
            offset += len(_text(line)) + 1
        if self.unindented:
            self.restore()
        self.file.indent = _text(self.indent)
        return self.file

    def error(self, number: int, what: str) -> str:
        return f"[config] error in {self.file.name}:{number}: {what}"

    def problem(
        self, number: int, offset: int, line: bytes, kind: str, said: str, message: str
    ) -> Problem:
        text = _text(line)
        start = offset + len(text) - len(text.lstrip(SPACE))
        stripped = text.strip(SPACE)
        found = Problem(number, start, start + len(stripped), stripped, kind, said, message)
        self.file.items.append(found)
        return found

    def line(self, number: int, offset: int, line: bytes) -> None:
        text = _text(line)
        if line[:1] == b"#":
            self.file.items.append(Comment(number, offset, offset + len(text), text))
        elif line[:1] == b"@" and len(line) > 3:
            self.directive(number, offset, line, text)
        elif line[:1] == b"[":
            self.header(number, offset, line, text)
        else:
            self.entry(number, offset, line)

    def directive(self, number: int, offset: int, line: bytes, text: str) -> None:
        word, blank, _ = text.partition(" ")
        if not blank:
            found = self.problem(
                number, offset, line, "directive", "",
                f"`{word.split()[0] if word.split() else word}` has no blank after it",
            )  # fmt: skip
            found.help = "write the word, one blank, and its argument"
            found.crash = self.old
            return
        at = offset + len(word) + 1
        self.file.items.append(
            Directive(number, offset, offset + len(text), text, word[1:].upper(), at)
        )

    def header(self, number: int, offset: int, line: bytes, text: str) -> None:
        name, bracket, _ = text[1:].partition("]")
        self.group = False
        if not bracket:
            found = self.problem(
                number, offset, line, "header", self.error(number, "bad header definition"),
                f"the section header `{text.strip()}` has no `]`",
            )  # fmt: skip
            found.help = "close the header with `]`"
            name = text[1:].strip()
            text = f"[{name}]"
        self.section = True
        self.keys = 0
        self.file.items.append(
            Header(number, offset, offset + len(name) + 1 + len(bracket), text, name)
        )

    def entry(self, number: int, offset: int, line: bytes) -> None:
        if not self.indent:
            width = 1
            while width < len(line) and line[width : width + 1] in {b" ", b"\t"}:
                width += 1
            self.indent = line[:width]
            if width == len(line):
                return
        width = self.width(number, offset, line)
        rest = line[width:]
        if width <= len(self.indent):
            self.group = False
        if not rest:
            return
        if rest[:1] == b"#":
            at = offset + len(_text(line[:width]))
            self.file.items.append(Comment(number, at, at + len(_text(rest)), _text(rest)))
            return
        self.pair(number, offset, line, width)

    def width(self, number: int, offset: int, line: bytes) -> int:
        """How much of the line is indentation; a wrong one is noted and passed over."""
        if line.startswith(self.indent) and line[len(self.indent) : len(self.indent) + 1] not in {
            b" ",
            b"\t",
        }:
            return len(self.indent)
        same = 0
        while same < len(self.indent) and line[same : same + 1] == self.indent[same : same + 1]:
            same += 1
        blanks = len(line) - len(line.lstrip(BLANK))
        if same == len(self.indent):
            extra = len(line[same:]) - len(line[same:].lstrip(BLANK))
            if extra in {0, same}:
                return same + extra
            said = "[config] extra indentation level found"
            message = "the line is indented deeper than the first indented line of the file"
        elif line[same : same + 1] in {b" ", b"\t"}:
            said = "[config] inconsistent use of tab and space"
            message = "the line mixes tabs and blanks in its indentation"
        else:
            said = "[config] indentation level is too low"
            message = "the line is indented less than the first indented line of the file"
        if self.indent.strip(BLANK):
            self.unindented = True
            message = "the keys of a section are not indented"
        found = self.problem(
            number, offset, line, "indentation",
            f"{said}\n{self.error(number, 'invalid indentation level')}", message,
        )  # fmt: skip
        found.help = "indent the keys of all sections alike, with four blanks"
        return blanks

    def pair(self, number: int, offset: int, line: bytes, width: int) -> None:
        text = _text(line[width:])
        at = offset + (width if line.isascii() else len(_text(line[:width])))
        key, blank, value = text.partition(" ")
        if not blank:
            kind, message, advice = _without_value(text.strip())
            found = self.problem(
                number, offset, line, kind,
                self.error(
                    number, "undefined value - check config is in valid classic format"
                ),
                message,
            )  # fmt: skip
            found.help = advice
            if len(key) > 2 and key[0] == "[" and key.endswith("]") and self.section:
                # What is meant as a group holds no keys of the section.
                self.open_group(number, at, key + " -")
            return
        if key[:1] == "[":
            self.open_group(number, at, text)
            return
        if not value:
            found = self.problem(
                number, offset, line, "value-empty",
                self.error(number, "key has an empty value"),
                f"the key `{key}` has no value",
            )  # fmt: skip
            found.help = "give it a value or remove the line"
            return
        name, content = key.strip(SPACE), value.strip(SPACE)
        if not (name and content and self.section):
            self.refuse(number, offset, line, name)
            return
        if self.indent.strip(BLANK) and line.startswith(self.indent):
            self.lettered.append((len(self.file.items), line, offset))
        self.keys += 1
        self.file.items.append(
            Pair(
                number, at + key.index(name), at + len(key) + 1 + value.index(content), text, name,
                content, self.group,
            )
        )  # fmt: skip

    def refuse(self, number: int, offset: int, line: bytes, name: str) -> None:
        said = self.error(number, "could not allocate key value pair")
        if self.section:
            found = self.problem(
                number, offset, line, "value-empty", said, f"the key `{name}` has no value"
            )
            found.help = "give it a value or remove the line"
        else:
            found = self.problem(
                number, offset, line, "pair-outside", said, f"the key `{name}` is in no section"
            )
            found.help = "a file, an included one too, begins with a section header"

    def open_group(self, number: int, at: int, text: str) -> None:
        name, bracket, _ = text[1:].partition("]")
        said = ""
        if not bracket:
            said = self.error(number, "expected a valid group name: [..]")
        if not bracket or not self.section or (self.group and self.keys == 0):
            self.file.items.append(
                Problem(
                    number, at, at + len(text.rstrip()), text.strip(), "group", said,
                    f"`{text.strip()}` can't open a group here",
                )
            )  # fmt: skip
            return
        self.group = bool(name)
        self.keys = 0
        if name:
            self.file.items.append(Group(number, at, at + len(name) + 2, text, name))

    def restore(self) -> None:
        """Read the pairs of a file without indentation as they were meant."""
        for index, line, offset in self.lettered:
            wrong = self.file.items[index]
            key, _, value = _text(line).partition(" ")
            if not key or not value.strip() or not isinstance(wrong, Pair):
                continue
            before = len(value) - len(value.lstrip())
            self.file.items[index] = Pair(
                wrong.line, offset, offset + len(key) + 1 + before, _text(line), key.strip(),
                value.strip(), wrong.grouped,
            )  # fmt: skip


def _without_value(text: str) -> tuple[str, str, str]:
    """What is the matter with a line that has a key only: kind, message and help."""
    if text[:1] == "[" and text[-1:] == "]" and len(text) > 2:
        message = f"the section header `{text}` is indented, so it is taken for a key"
        return "header-indented", message, "put it at the beginning of the line"
    if text in ELLIPSES:
        message = f"`{text}` stands for lines that were left out"
        return "ellipsis", message, "write these lines, or remove this one"
    return "value-missing", f"`{text}` is a key without a value", _advice(text)


def _advice(key: str) -> str:
    if "=" in key:
        return "write a blank between key and value, not `=`"
    if "\t" in key:
        return "write a blank between key and value, not a tab"
    if key.startswith("[") or key.endswith(":"):
        return "the classic format has one `key value` a line; YAML goes into a file named `.yaml`"
    return "write the key, a blank, and its value"
