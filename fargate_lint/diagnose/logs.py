"""Console logs as people send them, read line by line in bounded memory."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections import namedtuple

from fargate_lint.diagnose import events
from fargate_lint.diagnose.wrappings import Unwrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, BinaryIO, NamedTuple

    class Line(NamedTuple):
        """A line of a log: `number` counts from 1, `time` and `stream` are as they are written.

        `time` is what the wrapping says, "" when it says none; `text` is the bare line.
        """

        file: str
        number: int
        time: str
        stream: str
        text: str

    Progress = Callable[[int], None]
    IsQuiet = Callable[[str], bool]
else:
    Line = namedtuple("Line", "file number time stream text")


class Quiet:
    """Lines of which none matters: how many they are, and those at both ends."""

    __slots__ = ("count", "first", "last")

    def __init__(self, count: int, first: list[Line], last: list[Line]) -> None:
        self.count = count
        self.first = first
        self.last = last


BLOCK_SIZE = 1 << 20
#: Characters of plain text that are looked at together.
PIECE_SIZE = 1 << 15
#: Without these, a line that begins with the router's own time is as the router wrote it.
UNWRAPPED = ("\0", "\r", "\x1b", "&gt;")
#: Lines at either end of what is quiet that may stand beside one that matters.
QUIET_ENDS = 4
#: Characters of a line; a longer one is cut into several.
LINE_LIMIT = 1 << 13
HEAD_SIZE = 1 << 16
TIME_COLUMNS = frozenset({"timestamp", "@timestamp", "time", "date"})
STREAM_COLUMNS = frozenset({"@logstream", "logstreamname", "log_stream", "container", "stream"})
MESSAGE_COLUMNS = frozenset({"message", "@message", "log", "msg"})
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class _Counted(io.RawIOBase):
    """A binary stream that reports how much of it has been read."""

    def __init__(self, stream: BinaryIO, progress: Progress | None) -> None:
        super().__init__()
        self._stream = stream
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        if self._progress is not None:
            self._progress(len(data))
        return len(data)


class _Unpacked(io.RawIOBase):
    """The content of a gzip file, up to where it was cut off."""

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        super().__init__()
        self._file = gzip.GzipFile(fileobj=stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._file.read1(len(buffer))
        except (OSError, EOFError, zlib.error):
            return 0
        buffer[: len(data)] = data
        return len(data)


def read_lines(name: str, stream: BinaryIO, progress: Progress | None = None) -> Iterator[Line]:
    """All lines of a log file (see `skim`)."""
    return (one for one in skim(name, stream, progress) if isinstance(one, Line))


def skim(
    name: str,
    stream: BinaryIO,
    progress: Progress | None = None,
    is_quiet: IsQuiet = lambda _: False,
) -> Iterator[Line | Quiet]:
    """The lines of a log file, or of what a tool made of it.

    It may be plain text in any of the wrappings that `Unwrapper` knows, CSV of CloudWatch, JSON of
    `filter-log-events`, `get-log-events` and `get-query-results`, each also compressed with gzip.
    `progress` is called with the number of bytes of each block. Of plain text of which `is_quiet`
    says that no line in it matters, only the first and the last lines are looked at. Never raises
    for the content of a file: reading ends where it can't go on.
    """
    try:
        text, head, encoding = _opened(stream, progress)
        start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
        if _binary(start):
            return
        if events.holds_events(start):
            for found in events.read_lines(text):
                yield Line(name, *found[:3], found[3][:LINE_LIMIT])
        elif columns(start) is not None:
            yield from _table(name, text)
        else:
            yield from _plain(name, text, is_quiet)
    except (OSError, UnicodeError):
        return


def text_stream(stream: BinaryIO) -> io.TextIOWrapper:
    """The text of a log file in any encoding, compressed or not."""
    return _opened(stream, None)[0]


def _opened(stream: BinaryIO, progress: Progress | None) -> tuple[io.TextIOWrapper, bytes, str]:
    """The text of a file, its first bytes, and its encoding."""
    source: io.BufferedReader[Any] = io.BufferedReader(_Counted(stream, progress), BLOCK_SIZE)
    if source.peek(2)[:2] == b"\x1f\x8b":
        source = io.BufferedReader(_Unpacked(source), BLOCK_SIZE)
    head = source.peek(HEAD_SIZE)[:HEAD_SIZE]
    encoding = next((codec for bom, codec in BOMS if head.startswith(bom)), _unmarked(head))
    return io.TextIOWrapper(source, encoding, errors="replace", newline="\n"), head, encoding


def _unmarked(head: bytes) -> str:
    """The encoding of a text without a mark: UTF-16 has a zero in every other byte."""
    sample = head[:512]
    zeros = sample[::2].count(0), sample[1::2].count(0)
    if max(zeros) > len(sample) // 4 > 0 and min(zeros) == 0:
        return "utf-16-be" if zeros[0] else "utf-16-le"
    return "utf-8"


def _binary(start: str) -> bool:
    """Whether most of a text is no characters, or control characters."""
    sample = start.replace("\0", "")[:4096]
    odd = sum(not char.isprintable() and char not in "\r\n\t\x1b\ufeff" for char in sample)
    return 10 * (odd + sample.count("\ufffd")) > 3 * len(sample)


def _plain(name: str, text: io.TextIOWrapper, is_quiet: IsQuiet) -> Iterator[Line | Quiet]:
    unwrap = Unwrapper()
    number = 1
    while block := text.read(PIECE_SIZE):
        start = block.rfind("\n") + 1
        if start < len(block):
            # On to the end of the line, or to where a long one is cut.
            block += text.readline(LINE_LIMIT - (len(block) - start) % LINE_LIMIT)
        lines = block.split("\n")
        if not unwrap.table and is_quiet(block) and max(map(len, lines)) < LINE_LIMIT:
            yield _quiet(name, number, block, lines, unwrap)
        else:
            bare = not any(mark in block for mark in UNWRAPPED)
            yield from _lines(name, number, lines, unwrap, bare=bare)
        number += len(lines) - 1


def _lines(
    name: str, number: int, lines: list[str], unwrap: Unwrapper, *, bare: bool
) -> Iterator[Line]:
    """The lines of a text; `bare` says that those which begin as the router's have no wrapping."""
    for line in lines:
        if bare and line[:3] == "[20" and len(line) <= LINE_LIMIT and not unwrap.table:
            yield Line(name, number, "", "", line)
            number += 1
            continue
        for start in range(0, len(line), LINE_LIMIT) if len(line) > LINE_LIMIT else (0,):
            piece = line[start : start + LINE_LIMIT].rstrip("\r")
            if "\0" in piece:
                piece = piece.replace("\0", "")
            if piece:
                yield Line(name, number, *unwrap(piece))
        number += 1


def _quiet(name: str, number: int, block: str, lines: list[str], unwrap: Unwrapper) -> Quiet:
    said: Sequence[int] = range(len(lines) - (not lines[-1]))
    # Asked of all lines at once, since nearly always none is empty.
    if lines.count("") > (not lines[-1]) or "\r" in lines or "\r\r" in block:
        said = [at for at, line in enumerate(lines) if line.strip("\r")]
    ends = said[:QUIET_ENDS], said[-QUIET_ENDS:]
    first, last = (
        [Line(name, number + at, *unwrap(lines[at].rstrip("\r"))) for at in end] for end in ends
    )
    return Quiet(len(said), first, last)


def columns(start: str) -> dict[str, int] | None:
    """The columns of time, stream and message in a table with this head; None for other texts."""
    head = start.partition("\n")[0].strip()
    if "," not in head or len(head) > 1000:
        return None
    names = [re.sub(r"[\s\"]", "", name).lower() for name in head.split(",")]
    found: dict[str, int] = {}
    for kind, known in (
        ("message", MESSAGE_COLUMNS), ("time", TIME_COLUMNS), ("stream", STREAM_COLUMNS),
    ):  # fmt: skip
        for index, column in enumerate(names):
            if column in known:
                found.setdefault(kind, index)
    return found if "message" in found and len(found) > 1 else None


def _table(name: str, text: io.TextIOWrapper) -> Iterator[Line]:
    """The rows of a CSV file; an event of several lines becomes as many."""
    rows = csv.reader(iter(lambda: text.readline(LINE_LIMIT).replace("\0", ""), ""))
    where: dict[str, int] | None = None
    unwrap = Unwrapper()
    while True:
        number = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue
        if where is None:
            where = columns(",".join(row)) if row else None
            continue
        cells = {kind: row[index] for kind, index in where.items() if index < len(row)}
        for offset, piece in enumerate(cells.get("message", "").splitlines()):
            time, stream, bare = unwrap(piece[:LINE_LIMIT])
            yield Line(
                name,
                number + offset,
                time or cells.get("time", ""),
                stream or cells.get("stream", ""),
                bare,
            )
