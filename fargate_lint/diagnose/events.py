"""Log events in JSON, as the AWS command line prints them, read piece by piece."""

from __future__ import annotations

import json
import re

from fargate_lint.diagnose.wrappings import MESSAGE_MEMBERS, Unwrapper, from_members

TYPE_CHECKING = False
if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    #: The number of a line, then its time, stream and text.
    Numbered = tuple[int, str, str, str]
    Object = tuple[int, dict[str, object]]

BLOCK_SIZE = 1 << 18
#: Characters of an event; a longer one is read in pieces. None of CloudWatch is longer.
EVENT_LIMIT = 1 << 20
TOKEN = re.compile(
    r'\s*+(?:(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+")|(?P<open>"[^"\\]*+(?:\\.[^"\\]*+)*+\\?\Z)'
    r'|(?P<mark>[{}\[\],:])|(?P<word>[^\s"{}\[\],:]+))',
    re.DOTALL,
)
HOLDS_EVENTS = re.compile(r'"(?:message|@message|log|msg)"\s*:\s*"|"value"\s*:\s*"')
NEXT_OBJECT = re.compile(r"\s*+,\s*+\{")
DECODE = json.JSONDecoder(strict=False).raw_decode
#: Members of rows of a query, and of objects that hold events.
NESTING = ("field", "events")
#: Lines of one event.
LINE_LIMIT = 10_000


def holds_events(start: str) -> bool:
    """Whether a text with this beginning holds events in JSON, rather than one object a line."""
    if not start.startswith(("{", "[")) or not HOLDS_EVENTS.search(start):
        return False
    first, end, _ = start.partition("\n")
    if not end:
        return True
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        # Fluent Bit's own lines begin with a bracket too.
        return first.strip() in {"{", "[", "[{"} or first.lstrip("[{ \t").startswith('"')
    return not (isinstance(value, dict) and from_members(value))


def read_lines(text: io.TextIOWrapper) -> Iterator[Numbered]:
    """The lines of all events: of each object with a message, and of each row of a query."""
    unwrap = Unwrapper()
    for number, members in _Objects(text):
        found = from_members(members)
        if found is None:
            continue
        time, stream, message = found
        if "\n" not in message:
            if message[:3] == "[20" and "\x1b" not in message and "&gt;" not in message:
                # What the router wrote, without another wrapping.
                yield number, time, stream, message
                continue
            inner = unwrap(message)
            yield number, inner[0] or time, inner[1] or stream, inner[2]
            continue
        for piece in message.split("\n")[:LINE_LIMIT]:
            inner = unwrap(piece.rstrip("\r"))
            yield number, inner[0] or time, inner[1] or stream, inner[2]


class _Objects:
    """Objects without what is nested in them, and rows of `{"field": …, "value": …}` as objects.

    The objects of a list are decoded whole. What surrounds them, and text that ends in the middle
    of one, as people cut it, is read by its tokens.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._number = 1
        self._ended = False
        self._row: dict[str, object] = {}

    def __iter__(self) -> Iterator[Object]:
        members: dict[str, object] = {}
        key = last = previous = ""
        expecting = False
        start = 1
        for token in self._tokens():
            if token == "{":
                start = self._number
                whole = self._whole() if previous in {"[", ","} else None
                following = True
                while whole is not None and following:
                    if whole.keys().isdisjoint(NESTING):
                        yield start, whole
                    else:
                        yield from self._object(start, whole)
                    following = self._is_next()
                    if following:
                        start = self._number
                        whole = self._whole()
                if not following:
                    previous = "}"
                    continue
                members, expecting = {}, False
            elif token == "}":
                yield from self._object(start, members)
                members = {}
            elif token == "]":
                if self._row:
                    yield start, self._row
                self._row = {}
            elif token == ":":
                key, expecting = last, True
            elif token not in {"[", ","}:
                value = _plain(token)
                if expecting:
                    members[key] = value
                    expecting = False
                else:
                    last = value if isinstance(value, str) else token
            previous = token
        if any(name in members for name in MESSAGE_MEMBERS):
            yield start, members

    def _object(self, number: int, members: dict[str, object]) -> Iterator[Object]:
        if isinstance(members.get("field"), str) and "value" in members:
            self._row[str(members["field"])] = members["value"]
        elif members:
            yield number, members
            if "events" in members:
                for inner in _events(members):
                    yield number, inner

    def _whole(self) -> dict[str, object] | None:
        """The object whose brace was just read, None when it can't be decoded whole."""
        while True:
            try:
                found, end = DECODE(self._buffer, self._at - 1)
            except (ValueError, RecursionError):
                if self._ended or len(self._buffer) - self._at > EVENT_LIMIT:
                    return None
                self._fill()
                continue
            self._pass(end)
            return found if isinstance(found, dict) else None

    def _is_next(self) -> bool:
        """Take the comma and the brace before the next object of a list, if they are there."""
        match = NEXT_OBJECT.match(self._buffer, self._at)
        if match is not None:
            self._pass(match.end())
        return match is not None

    def _fill(self) -> None:
        """Reads another block, and drops what was read."""
        block = self._text.read(BLOCK_SIZE)
        self._ended = not block
        keep = max(self._at - 1, 0)
        self._buffer = self._buffer[keep:] + block
        self._at -= keep

    def _pass(self, end: int) -> None:
        self._number += self._buffer.count("\n", self._at, end)
        self._at = end

    def _tokens(self) -> Iterator[str]:
        """The tokens of JSON; one that a block cuts waits for the next block."""
        while True:
            match = TOKEN.match(self._buffer, self._at)
            cut = match is None or (match.end() == len(self._buffer) and match["mark"] is None)
            if cut and not self._ended and len(self._buffer) - self._at < EVENT_LIMIT:
                self._fill()
                continue
            if match is None:
                return
            self._pass(match.end())
            yield match[0].lstrip()


def _events(members: dict[str, object]) -> Iterator[dict[str, object]]:
    """The events of an object that holds them, as those of DescribeServices do."""
    held = members.get("events")
    for inner in held if isinstance(held, list) else ():
        if isinstance(inner, dict):
            yield inner


def _plain(token: str) -> object:
    if token.startswith('"'):
        try:
            return json.loads(token, strict=False)
        except ValueError:
            return token.strip('"')
    return int(token) if token.isascii() and token.isdecimal() and len(token) < 20 else token
