"""Removes what consoles, tools and people put around the lines of a log."""

from __future__ import annotations

import html
import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    #: The time as it is written, the stream or container (each "" if there is none), the text.
    Bare = tuple[str, str, str]

ANSI = re.compile(r"(?:\x1b|\u241b|#033|\\u001b|\\x1b|\\033)\[[0-9;?]*[A-Za-z]|^\[(?:\d{1,2};?)+m")
MARKDOWN = re.compile(r"(?:\s*>)+ ?|\s*[-*] (?=`)")
ISO_TIME = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"
TIME_IN_WORDS = (
    r"[A-Z][a-z]{2,8} \d{1,2},? \d{4}(?: at|,)? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?"
    r"(?: \([^)\n]{0,20}\))?"
)
STAMP = re.compile(
    rf"(?:\|\s*)?(?P<time>{ISO_TIME}|{TIME_IN_WORDS}|\d{{13}})(?P<gap>\s*[|,]\s?|\t|\s+|$)"
)
# `aws logs tail` puts the stream behind the time: PREFIX/CONTAINER/TASK or CONTAINER-firelens-TASK.
STREAM = re.compile(
    r"(?P<stream>[^\s\[\]|\"'/]+(?:/[^\s\[\]|\"'/]+){2,}|[\w.-]+-firelens-[\w-]+)\s"
)
KUBECTL = re.compile(r"\[(?:pod|container)/(?P<stream>[^\]\s]+)\] ?")
COMPOSE = re.compile(r"(?P<stream>[A-Za-z0-9][\w.-]*) +\| ?|(?P<tight>[\w.-]+[-_]\d+)\| ?")
CRI = re.compile(r"(?:stdout|stderr) [FP] ")
TABLE_HEAD = re.compile(r"\|?\s*(?:@?[Tt]imestamp|Time)\b[^|\t]*[|\t]\s*@?[Mm]essage\b.*")
TABLE_RULER = re.compile(r"[\s|:+-]+")
TASK_ID = re.compile(r"[0-9a-f]{32}")
CONTAINER_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,79}")
MESSAGE_MEMBERS = ("log", "message", "@message", "msg")
TIME_MEMBERS = ("time", "timestamp", "@timestamp", "date", "ts")
STREAM_MEMBERS = ("container_name", "logStreamName", "@logStream", "container")
#: How many wrappings may be nested.
LAYER_LIMIT = 4


class Unwrapper:
    """Removes the wrappings of the lines of one file; remembers that the file is a table."""

    __slots__ = ("table",)

    def __init__(self) -> None:
        self.table = False

    def __call__(self, raw: str) -> Bare:
        """The bare text of a line, with the time and stream of its wrapping."""
        first = raw[:1]
        if self.table or _coloured(raw) or first in "[{|>`- \t" or "|" in raw:
            if first == "[" and raw.startswith("[20") and not self.table and "\x1b" not in raw:
                return "", "", html.unescape(raw) if "&gt;" in raw else raw
            return self._rarely(raw)
        stamp = STAMP.match(raw)
        if stamp is None:
            return "", "", raw
        text = raw[stamp.end() :]
        stream = ""
        if text[:1] != "[":
            match = STREAM.match(text)
            if match is not None:
                stream, text = match["stream"], text[match.end() :]
        plain = text.startswith("[20") or (text[:1].isalpha() and CRI.match(text) is None)
        if plain and "\t" not in text:
            return stamp["time"], stream, text
        return self._rarely(raw)

    def _rarely(self, raw: str) -> Bare:
        text = ANSI.sub("", raw) if raw[:1] == "[" or _coloured(raw) else raw
        if text.startswith(("{", "[{")):
            found = from_json(text)
            if found is not None:
                return found
        return self._layers(text)

    def _layers(self, text: str) -> Bare:
        time = stream = ""
        for _ in range(LAYER_LIMIT):
            first = text[:1]
            if first and first in "> \t-*`":
                text = self._quoting(text)
                first = text[:1]
            if first == "[":
                match = KUBECTL.match(text)
                if match is None:
                    if self.table:
                        text, stream = self._cells(text, stream)
                    break
                stream, text = match["stream"].rpartition("/")[2], text[match.end() :]
                continue
            stamp = STAMP.match(text)
            if stamp is not None and not (time and first.isalpha()):
                time, text = stamp["time"], text[stamp.end() :]
                self.table = self.table or "|" in stamp["gap"]
                match = STREAM.match(text)
                if match is not None:
                    stream, text = match["stream"], text[match.end() :]
                cri = CRI.match(text)
                text = text[cri.end() :] if cri else text
                if self.table or "\t" in text:
                    text, stream = self._cells(text, stream)
                continue
            if first == "|" or self.table or "|" in text:
                found = self._row(text, stream)
                if found is None:
                    return "", "", ""
                text, name, again = found
                stream = name
                if again:
                    continue
            break
        if text.startswith("{") and (time or stream):
            inner = from_json(text)
            if inner is not None:
                return inner[0] or time, inner[1] or stream, inner[2]
        return time, stream, html.unescape(text) if "&gt;" in text or "&quot;" in text else text

    def _row(self, text: str, stream: str) -> tuple[str, str, bool] | None:
        """The text and stream of a row without a time, and whether it may have another wrapping.

        None for the head of a table.
        """
        if TABLE_HEAD.fullmatch(text):
            self.table = True
            return None
        if self.table and TABLE_RULER.fullmatch(text):
            return None
        match = COMPOSE.match(text)
        if match is not None and not self.table:
            return text[match.end() :], match["stream"] or match["tight"], True
        return *self._cells(text, stream), False

    def _quoting(self, text: str) -> str:
        match = MARKDOWN.match(text)
        if match is not None:
            text = text[match.end() :]
        bare = text.strip()
        if bare.startswith("`"):
            return bare.strip("`")
        # Blanks before a date belong to the wrapping, others may belong to the text.
        return bare if STAMP.match(bare) or bare.startswith("[") else text

    def _cells(self, text: str, stream: str) -> tuple[str, str]:
        """`text` without the last cells of a row: the task's id and the container's name."""
        mark = " |" if self.table else "\t"
        for _ in range(3):
            bare = text.rstrip()
            if self.table and bare.endswith("|"):
                bare = bare[:-1].rstrip()
            front, found, cell = bare.rpartition(mark)
            cell = cell.strip()
            if not found:
                break
            if TASK_ID.fullmatch(cell) is None:
                if not CONTAINER_NAME.fullmatch(cell) or stream:
                    break
                stream = cell
            text = front
        return text, stream


def _coloured(text: str) -> bool:
    return "\x1b" in text or "33[" in text or "1b[" in text or "\u241b[" in text


def from_json(text: str) -> Bare | None:
    """The message of a line of JSON as Docker, Fluentd and applications write it, or None."""
    if not any(f'"{name}"' in text for name in MESSAGE_MEMBERS):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return from_members(value) if isinstance(value, dict) else None


def from_members(members: dict[str, object]) -> Bare | None:
    """The message of an object with its time and stream; None if it has none."""
    for name in MESSAGE_MEMBERS:
        message = members.get(name)
        if isinstance(message, str):
            text = message.rstrip("\r\n")
            if _coloured(text):
                text = ANSI.sub("", text)
            return _first(members, TIME_MEMBERS), _first(members, STREAM_MEMBERS), text
    return None


def _first(members: dict[str, object], names: tuple[str, ...]) -> str:
    if members.keys().isdisjoint(names):
        return ""
    for name in names:
        found = members.get(name)
        if isinstance(found, (str, int, float)):
            return str(found)
    return ""
