"""Strings that aren't quite JSON's: other quotes, missing quotes, raw line ends, bad escapes."""

from __future__ import annotations

import re
from json import dumps

from fargate_lint.source.document import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.templates import Templates
    from fargate_lint.source.unknown import Unknown

DOUBLE = "\u201c\u201d\u201e\u201f«»"
SINGLE = "'\u2018\u2019\u201a\u201b`"
QUOTES = DOUBLE + SINGLE
# The end of the part that is searched, a line, counts as the end of the text.
_ENDS = {
    quotes: re.compile(rf"[{quotes}](?=\s*(?:[,:}}\]]|\Z))")
    for quotes in ('"', DOUBLE + '"', SINGLE)
}
_ONE_LINE = re.compile(r'"[^"\\\n\r]*(?:\\[^\n\r][^"\\\n\r]*)*"')
_MANY_LINES = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BEHIND = re.compile(r"\s*(?:[,:}\]]|\Z)")
_COLON_IN = re.compile(r":\s")
_NOTHING_MORE = re.compile(r"\s*\Z")
_UNQUOTED_END = re.compile(r'[A-Za-z_][\w.-]*(?=\s*:[\s"{\[])')
_HALF = re.compile(r'[^"\n,{}\[\]]*"(?=\s*(?:[,:}\]]|\Z)|[ \t]*\n)')
_KEY_AND_COLON = re.compile(r'"[A-Za-z_][\w.-]*\s*:\s*"')
_LINE = re.compile(r"[^\r\n]*")
_ESCAPE = re.compile(
    r'\\(?:(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|["\\/bfnrt])'
    r"|(\r\n|.)?)",
    re.DOTALL,
)
_PLAIN_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CONTROL = re.compile(r"[\x00-\x1f]")
_INNER = re.compile(r'\\.|"|\$\{|%\{|\{\{|\{%|<%|\n', re.DOTALL)
# How far a quote is looked for on a line that may be the whole file.
REACH = 2000


class Repair:
    """A string as it was meant: its span, its value, its faults; `cut` when the text ends in it."""

    __slots__ = ("cut", "end", "faults", "start", "value")

    def __init__(self, start: int, end: int, value: str | Unknown, faults: list[Fault]) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.faults = faults
        self.cut = False


def templated(text: str, start: int, end: int, templates: Templates) -> int:
    """The end of a string whose template expressions hold quotes of their own, 0 when there's none.

    Templates are rendered before the JSON is read: `"${lookup(tags, "team")}"` is right.
    """
    position = start + 1
    while found := _INNER.search(text, position, end + REACH):
        mark = found.group()
        position = found.end()
        if mark == "\n":
            return 0
        if mark == '"':
            return position if position > end and _BEHIND.match(text, position) else 0
        if mark[0] != "\\":
            position = max(position, templates.end(found.start()))
    return 0


def quoted_inside(text: str, start: int, end: int) -> Repair | None:
    """A string with unescaped quotes inside, or one whose closing quote is missing.

    `end` is behind the quote that JSON takes for the closing one, which more text touches.
    """
    curly = _ended_by_curly(text, start, end)
    if curly is not None:
        return curly
    if _KEY_AND_COLON.fullmatch(text, start, end):
        return _unclosed(text, start, end)
    if text[end] == '"':
        return None
    found = _ENDS['"'].search(text, end, _line_end(text, end))
    if found is None:
        return None
    # Inner quotes come in pairs. Else the one that seemed to close this string opens the next.
    if text.count('"', end, found.end()) % 2:
        return _unclosed(text, start, end - 1)
    inside = text[start + 1 : found.start()]
    fixed = re.sub(r'(\\.)|"', lambda quote: quote.group(1) or '\\"', inside)
    fault = Fault(
        "quote-unescaped",
        "quotes inside a string end it early",
        start,
        found.end(),
        help='write each inner quote as \\"',
        fix=f'"{fixed}"',
    )
    return _decoded(start, found.end(), inside, [fault])


def half_quoted(text: str, start: int) -> Repair | None:
    """A string without its opening quote, None when there's no closing one either."""
    if text.find('"', start, start + REACH) < 0:
        return None
    found = _HALF.match(text, start, start + REACH)
    if found is None:
        return None
    inside = found.group()[:-1]
    if _COLON_IN.search(inside):
        return None
    fault = Fault(
        "quote-missing",
        "the opening quote of this string is missing",
        start,
        found.end(),
        help='write " before it',
        fix='"' + found.group(),
    )
    return _decoded(start, found.end(), inside, [fault])


def broken(text: str, start: int) -> Repair:
    """A string that JSON refuses: raw control characters, bad escapes, or no closing quote."""
    found = _ONE_LINE.match(text, start)
    if found is None:
        found = _MANY_LINES.match(text, start)
        if found is None and _NOTHING_MORE.match(text, _line_end(text, start)):
            repair = _decoded(start, len(text), text[start + 1 :].rstrip(), [])
            repair.cut = True
            repair.faults = []
            return repair
        if found is None or not _BEHIND.match(text, found.end()):
            line_end = _line_end(text, start)
            return _ended_by_curly(text, start, line_end) or _unclosed(text, start, line_end)
    repair = _decoded(start, found.end(), text[start + 1 : found.end() - 1], [])
    repair.faults += _controls(text, start + 1, found.end() - 1)
    return repair


def oddly_quoted(text: str, start: int) -> Repair:
    """A string in quotes of another kind: curly ones, single ones, backquotes."""
    ends = _ENDS[DOUBLE + '"' if text[start] in DOUBLE else SINGLE]
    line_end = _line_end(text, start)
    found = ends.search(text, start + 1, line_end)
    stop = _content_end(text, start, line_end) if found is None else found.start()
    end = stop if found is None else found.end()
    repair = _decoded(start, end, text[start + 1 : stop], [])
    curly = text[start] not in "'`"
    if found is None and not curly:
        kind, message = "quote-missing", "the closing quote of this string is missing"
    else:
        kind = "quote-curly" if curly else "quote-single"
        message = f"{'a curly' if curly else 'a single'} quote begins a string"
    fix = dumps(repair.value, ensure_ascii=False)
    help_ = 'write straight double quotes: "'
    repair.faults = [Fault(kind, message, start, end, help=help_, fix=fix)]
    return repair


def _ended_by_curly(text: str, start: int, limit: int) -> Repair | None:
    """The string that begins at `start` and ends in a curly quote before `limit`, if one does."""
    found = _ENDS[DOUBLE + '"'].search(text, start + 1, limit)
    if found is None or found.group() == '"':
        return None
    fault = Fault(
        "quote-curly",
        f"a curly quote `{found.group()}` doesn't end a string",
        *found.span(),
        help='write straight double quotes: "',
        fix='"',
    )
    return _decoded(start, found.end(), text[start + 1 : found.start()], [fault])


def _unclosed(text: str, start: int, limit: int) -> Repair:
    """The string that begins at `start` and has no closing quote before `limit`."""
    end = _content_end(text, start, limit)
    fault = Fault(
        "quote-missing",
        "the closing quote of this string is missing",
        start,
        end,
        help='write " at its end',
        fix=text[start:end] + '"',
    )
    return _decoded(start, end, text[start + 1 : end], [fault])


def _content_end(text: str, start: int, limit: int) -> int:
    """Where a string without closing quote was meant to end: before its comma and brackets."""
    key = _UNQUOTED_END.match(text, start + 1, limit)
    if key:
        return key.end()
    content = text[start + 1 : limit].rstrip(" \t\r\n,")
    openers = {"}": "{", "]": "["}
    while (
        content
        and content[-1] in openers
        and content.count(content[-1]) > content.count(openers[content[-1]])
    ):
        content = content[:-1].rstrip(" \t\r\n,")
    return start + 1 + len(content)


def _line_end(text: str, start: int) -> int:
    found = _LINE.match(text, start, start + REACH)
    return found.end() if found else start


def _decoded(start: int, end: int, inside: str, faults: list[Fault]) -> Repair:
    """A string from what stands between its quotes, with one fault for all its bad escapes."""
    bad: list[re.Match[str]] = []

    def character(escape: re.Match[str]) -> str:
        known, other = escape.groups()
        if known is None:
            bad.append(escape)
            return other if other in {"'", "`"} else escape.group()
        if known[0] != "u":
            return _PLAIN_ESCAPES.get(known, known)
        units = [int(unit, 16) for unit in known[1:].split("\\u")]
        if len(units) == 1:
            return chr(units[0])
        return chr(0x10000 + (units[0] - 0xD800) * 0x400 + units[1] - 0xDC00)

    value = _ESCAPE.sub(character, inside)
    if bad and not faults:
        first, last = bad[0].start(), bad[-1].end()
        fixed = _ESCAPE.sub(_escaped_again, inside[first:last])
        at = start + 1 + first
        faults = [
            Fault(
                "escape",
                f"`{bad[0].group()}` is not an escape that JSON knows",
                at,
                at + last - first,
                help="write a backslash as \\\\",
                fix=fixed,
            )
        ]
    return Repair(start, end, value, faults)


def _escaped_again(escape: re.Match[str]) -> str:
    known, other = escape.groups()
    if known is not None:
        return escape.group()
    return other if other in {"'", "`"} else "\\" + escape.group()


def _controls(text: str, start: int, end: int) -> list[Fault]:
    found = list(_CONTROL.finditer(text, start, end))
    if not found:
        return []
    first, last = found[0].start(), found[-1].end()
    names = {"\n": "a line end", "\r": "a line end", "\t": "a tab"}
    what = names.get(found[0].group(), f"control character U+{ord(found[0].group()):04X}")
    fixed = _CONTROL.sub(lambda control: dumps(control.group())[1:-1], text[first:last])
    remedy = fixed if last - first == 1 else "it escaped, as in \\n or \\t"
    return [
        Fault(
            "control-character",
            f"{what} stands in a string as it is",
            first,
            last,
            help=f"write {remedy}",
            fix=fixed,
        )
    ]
