"""Log events in JSON, as the AWS command line prints them: read piece by piece, however long."""

from __future__ import annotations

import json
import re

from fargate_lint.diagnose.wrappings import MESSAGE, Unwrapper, from_members

TYPE_CHECKING = False
if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    #: The number of a line, and what `Unwrapper` tells of it.
    Numbered = tuple[int, str, str, str]

BLOCK = 1 << 18
#: A string longer than this is cut: no event of CloudWatch is.
LONGEST = 1 << 20
TOKEN = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(?P<open>"[^"\\]*+(?:\\.[^"\\]*+)*+\\?\Z)|[{}\[\],:]'
    r'|[^\s"{}\[\],:]+',
    re.DOTALL,
)
HOLDS_EVENTS = re.compile(r'"(?:message|@message|log|msg)"\s*:\s*"|"value"\s*:\s*"')
PIECES = 10_000


def begin(start: str) -> bool:
    """Whether a text that begins so holds events in JSON, rather than a line of JSON each."""
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


def read(text: io.TextIOWrapper) -> Iterator[Numbered]:
    """The lines of all events: of each object with a message, and of each row of a query."""
    unwrap = Unwrapper()
    for number, members in _objects(text):
        found = from_members(members)
        if found is None:
            continue
        time, stream, message = found
        for piece in message.split("\n")[:PIECES]:
            inner = unwrap(piece.rstrip("\r"))
            yield number, inner[0] or time, inner[1] or stream, inner[2]


def _objects(text: io.TextIOWrapper) -> Iterator[tuple[int, dict[str, object]]]:
    """Objects without what is nested in them, and rows of `{"field": …, "value": …}` as objects.

    Text that ends in the middle of an object, as people cut it, gives that object as well.
    """
    members: dict[str, object] = {}
    row: dict[str, object] = {}
    key = last = ""
    expecting = False
    number = start = 1
    for line, token in _tokens(text):
        number = line
        if token == "{":
            members, start = {}, number
            expecting = False
        elif token == "}":
            if isinstance(members.get("field"), str) and "value" in members:
                row[str(members["field"])] = members["value"]
            elif members:
                yield start, members
            members = {}
        elif token == "]":
            if row:
                yield start, row
            row = {}
        elif token == ":":
            key, expecting = last, True
        elif token not in {"[", ","}:
            value = _plain(token)
            if expecting:
                members[key] = value
                expecting = False
            else:
                last = value if isinstance(value, str) else token
    if any(name in members for name in MESSAGE):
        yield start, members


def _plain(token: str) -> object:
    if token.startswith('"'):
        try:
            return json.loads(token, strict=False)
        except ValueError:
            return token.strip('"')
    return int(token) if token.isascii() and token.isdecimal() and len(token) < 20 else token


def _tokens(text: io.TextIOWrapper) -> Iterator[tuple[int, str]]:
    """The tokens of JSON with their lines; a string that a block cuts waits for the next one."""
    rest = ""
    number = 1
    while True:
        block = text.read(BLOCK)
        buffer = rest + block
        done = 0
        rest = ""
        for match in TOKEN.finditer(buffer):
            number += buffer.count("\n", done, match.start())
            done = match.start()
            cut = match.end() == len(buffer) and block
            if cut and (match["open"] or match[0][0] not in '{}[],:"'):
                rest = buffer[done:] if len(buffer) - done < LONGEST else ""
                break
            yield number, match[0]
        else:
            number += buffer.count("\n", done)
        if not block:
            return
