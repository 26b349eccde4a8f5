"""TOML with positions: tomllib says what a file holds, and a scanner here says where it stands."""

from __future__ import annotations

import re
import tomllib

from fargate_lint.source.document import Document, Span
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple

    from fargate_lint.source.document import Path

    class Token(NamedTuple):
        """A piece of TOML: `kind` is `space`, `line`, `string`, `mark` or `word`."""

        kind: str
        text: str
        start: int
        end: int

    class Frame(NamedTuple):
        """An array or inline table that is still open; `element` counts an array's."""

        path: Path
        key: tuple[int, int] | None
        start: int
        element: int
else:
    from collections import namedtuple

    Token = namedtuple("Token", "kind text start end")
    Frame = namedtuple("Frame", "path key start element")

TOKEN = re.compile(
    r"""(?P<space>[ \t\r]+|\#[^\n]*)"""
    r"""|(?P<line>\n)"""
    r'''|(?P<string>"""(?:[^\\"]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^']|'(?!''))*'{3,5}'''
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"""|(?P<mark>[\[\]{},=.])"""
    r"""|(?P<word>[^\s\[\]{},=."'#]+|.)""",
    re.DOTALL,
)
WHERE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\s*\Z")
NOT_IN_TABLE = -1
# More names with points between them than any key has: tomllib takes the square of their number.
DEEP = re.compile(
    r"""(?:^[ \t]*\[*|[{,])[ \t]*(?:(?:[\w-]++|"[^"\n]*"|'[^'\n]*')[ \t]*+\.[ \t]*+){64}""",
    re.MULTILINE,
)


def parse(name: str, data: bytes) -> Document:
    """A TOML file, as a document whose `value` is what tomllib reads. Stops when it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Stop(f"{name}:{line}: not UTF-8, as TOML has to be") from error
    deep = DEEP.search(text)
    if deep is not None:
        line = text.count("\n", 0, deep.start()) + 1
        raise Stop(f"{name}:{line}: nested too deeply")
    try:
        value = tomllib.loads(text)
    except RecursionError as error:
        raise Stop(f"{name}: nested too deeply") from error
    # An integer of thousands of digits and an impossible offset are ValueErrors of Python's own.
    except ValueError as error:
        raise _not_toml(name, text, str(error)) from error
    return Document(name, "toml", text, value, locate=locate)


def _not_toml(name: str, text: str, reason: str) -> Stop:
    match = WHERE.search(reason)
    where = ""
    if match is not None:
        reason = reason[: match.start()]
        last = text.rstrip("\n")
        end = last.count("\n") + 1, len(last) - last.rfind("\n")
        line, column = (int(match[1]), int(match[2])) if match[1] else end
        where = f":{line}:{column}"
    advice = ""
    if re.search(r"^[ \t]*ignore[ \t]*=", text, re.MULTILINE) and "ignore]]" in text:
        advice = (
            "TOML takes either `ignore = […]` or `[[ignore]]`: "
            "give each rule of the list an `[[ignore]]` with a reason"
        )
    return Stop(f"{name}{where}: not TOML: {reason[:1].lower()}{reason[1:]}", advice)


def at(document: Document, path: Path, *, key: bool = False) -> str:
    """`file:line:column` of a value, or of its key."""
    span = document.span(path)
    line, column = document.place((span.key if key and span.key else span.value)[0])
    return f"{document.name}:{line}:{column}"


def locate(text: str) -> dict[Path, Span]:
    """Where each key and value of a TOML text stands, by path; an array's elements by index.

    The text is one that tomllib took; of any other, the part that can be told.
    """
    return Scanner(text).found


class Scanner:
    """Goes through the tokens of a TOML text and notes where keys and values stand."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, Span] = {(): Span(None, (0, 0))}
        self._tokens = [
            Token(match.lastgroup or "word", match[0], *match.span())
            for match in TOKEN.finditer(text)
            if match.lastgroup != "space"
        ]
        self._at = 0
        self._table: Path = ()
        #: For each array of tables, the index of its last.
        self._last: dict[Path, int] = {}
        while self._at < len(self._tokens):
            self._statement()

    def _statement(self) -> None:
        token = self._tokens[self._at]
        if token.text == "[":
            self._header(token)
        else:
            path, key = self._keys(self._table)
            if self._skip("="):
                self._value(path, key)
            elif path == self._table:
                self._at += 1

    def _skip(self, mark: str) -> bool:
        skipped = self._at < len(self._tokens) and self._tokens[self._at].text == mark
        self._at += skipped
        return skipped

    def _header(self, first: Token) -> None:
        self._at += 1
        many = self._skip("[")
        path, key = self._keys((), through_tables=True)
        if many:
            # From the second table on, the keys lead to the one before.
            array = path[:-1] if path and isinstance(path[-1], int) else path
            index = self._last[array] = self._last.get(array, NOT_IN_TABLE) + 1
            path = (*array, index)
        self._table = path
        while self._skip("]"):
            pass
        end = self._tokens[self._at - 1].end
        self.found.setdefault(path, Span(key, (first.start, end)))

    def _keys(
        self, path: Path, *, through_tables: bool = False
    ) -> tuple[Path, tuple[int, int] | None]:
        """Read a dotted key below `path`: the whole path, and where its last part stands."""
        span = None
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind in {"word", "string"}:
                span = token.start, token.end
                path = (*path, _name(token))
                self.found.setdefault(path, Span(span, span))
                if through_tables and path in self._last:
                    path = (*path, self._last[path])
            elif token.text != ".":
                break
            self._at += 1
        return path, span

    def _value(self, path: Path, key: tuple[int, int] | None) -> None:
        frames: list[Frame] = []
        fresh = True
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind == "line" and not frames:
                return
            self._at += 1
            if token.kind == "line":
                continue
            if token.text in {"[", "{"}:
                frames.append(
                    Frame(path, key, token.start, 0 if token.text == "[" else NOT_IN_TABLE)
                )
                path, key = self._step(frames)
                fresh = True
            elif token.text == "," and frames:
                path, key = self._step(frames)
                fresh = True
            elif token.text in {"]", "}"}:
                if not frames:
                    return
                path, key, start, _ = frames.pop()
                self.found[path] = Span(key, (start, token.end))
                fresh = False
            else:
                # A date with a time, or a number with a point, is more than one token.
                start = token.start if fresh else self.found[path].value[0]
                self.found[path] = Span(key, (start, token.end))
                fresh = False

    def _step(self, frames: list[Frame]) -> tuple[Path, tuple[int, int] | None]:
        """Go on to the next element of the innermost array, or the next key of the table."""
        frame = frames[-1]
        if frame.element == NOT_IN_TABLE:
            while self._skip("\n"):
                pass
            path, key = self._keys(frame.path)
            self._skip("=")
            return path, key
        frames[-1] = frame._replace(element=frame.element + 1)
        return (*frame.path, frame.element), None


def _name(token: Token) -> str:
    if token.kind == "word":
        return token.text
    try:
        read: dict[str, Any] = tomllib.loads(token.text + "=0")
    except ValueError:
        return token.text
    return next(iter(read))
