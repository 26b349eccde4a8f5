"""Bytes to text: encodings as files have them, whatever the tools of ECS make of them."""

from __future__ import annotations

from fargate_lint.source.document import Fault
from fargate_lint.source.patterns import lazily

#: More bytes than any task definition, template or configuration has: 64 MiB.
LIMIT = 64 * 1024 * 1024

# UTF-32 first: its little-endian mark begins like that of UTF-16.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_UTF_16_LE = lazily(rb"(?:[\t\n\r -~]\0){2}")
_UTF_16_BE = lazily(rb"(?:\0[\t\n\r -~]){2}")
_CONTROLS = lazily(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HELP = "save the file as UTF-8 without a byte order mark"


def encoded(data: bytes | str) -> bytes:
    """The bytes of a file, from these or from its text. Raises TypeError for anything else."""
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return data.encode("utf-8", "replace")
    try:
        return memoryview(data).tobytes()
    except TypeError:
        kind = type(data).__name__
        message = f"the contents of a file are bytes or a string, not `{kind}`"
        raise TypeError(message) from None


def decode(data: bytes) -> tuple[str, list[Fault]]:
    """The text of a file, without its byte order mark, and what is wrong with its encoding.

    A fault of kind `encoding` is got over; one of kind `binary` is fatal, and the text empty.
    `aws ecs register-task-definition --cli-input-json file://…` hands a file to a JSON reader that
    refuses a byte order mark and everything that is not UTF-8.

    https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
    """
    if data.startswith(b"\xef\xbb\xbf"):
        text, faults = _unmarked(data[3:])
        message = "the file begins with a byte order mark, which its readers refuse"
        return text, [_encoding("byte-order-mark", message, 0), *faults]
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _wide(data[len(mark) :], codec, name)
    return _unmarked(data)


def _unmarked(data: bytes) -> tuple[str, list[Fault]]:
    if b"\0" in data:
        if _UTF_16_LE.match(data):
            return _wide(data, "utf-16-le", "UTF-16")
        if _UTF_16_BE.match(data):
            return _wide(data, "utf-16-be", "UTF-16")
        return _binary()
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        return _single_bytes(data, error.start)


def _wide(data: bytes, codec: str, name: str) -> tuple[str, list[Fault]]:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return _binary()
    if "\0" in text:
        return _binary()
    return text, [_encoding("encoding", f"the file is {name}, but is read as UTF-8", 0)]


def _single_bytes(data: bytes, at: int) -> tuple[str, list[Fault]]:
    if _CONTROLS.search(data):
        return _binary()
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    message = f"byte 0x{data[at]:02X} is not UTF-8; it was read as `{text[at]}`"
    return text, [_encoding("encoding", message, at)]


def _binary() -> tuple[str, list[Fault]]:
    help_ = "name a text file: a task definition in JSON or YAML, or a configuration"
    return "", [Fault("binary", "this is not a text file", 0, 0, help=help_, fatal=True)]


def _encoding(kind: str, message: str, at: int) -> Fault:
    return Fault(kind, message, at, at, help=_HELP)
