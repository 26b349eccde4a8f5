"""Any file: its encoding, and whether it is JSON, YAML or other text."""

from __future__ import annotations

import re

from fargate_lint.source import json
from fargate_lint.source.document import Document, Fault
from fargate_lint.source.patterns import lazily
from fargate_lint.source.text import LIMIT, decode, encoded
from fargate_lint.stop import Stop

JSON = frozenset({"json", "jsonc", "json5"})
YAML = frozenset({"yml", "yaml"})
#: What never is JSON or YAML, whatever it looks like.
OTHER = frozenset({"conf", "hcl", "ini", "log", "md", "py", "sh", "tf", "toml", "txt"})
#: What never is Fluent Bit's classic format, although it may quote it.
QUOTING = frozenset({"hcl", "log", "md", "py", "sh", "tf", "toml"})
# What people and generators put behind the extension proper.
TEMPLATES = frozenset({
    "dist", "ejs", "erb", "example", "gotmpl", "in", "j2", "jinja", "jinja2", "mustache",
    "sample", "template", "tftpl", "tmpl", "tpl",
})  # fmt: skip
# Each comment is taken whole, or a run of slashes could be as many comments as one likes.
_JSON_BEGINS = lazily(
    r"\s*+(?:(?>//[^\n]*|/\*.*?\*/|```[^\n]*|\.{3},?|…,?"
    r"|\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|\{#[^\n]*?#\})\s*+)*+"
    r"(?:\{(?![{%#])|[\[\u201c]|\"(?:[^\"\\\n]|\\.)*\"\s*:)",
    re.DOTALL,
)
# A line that only Fluent Bit's classic format or an INI file has.
_SECTION = lazily(r"\s*(?:[#;][^\n]*\n\s*)*\[\s*[A-Za-z_][A-Za-z_ ]*\][ \t]*(?:\n|\Z)")
# What Fluent Bit prints begins like a list.
_LOG = lazily(r"\s*\[\d{4}/\d\d/\d\d \d\d:\d\d:\d\d")
_YAML_LINE = lazily(r"^[ \t]*(?:- |-$|[\w\"'.{<$/-][^\n:]*:(?:\s|$))", re.MULTILINE)


def content(path: str, name: str = "") -> bytes:
    """The bytes of a file, but no more of one above LIMIT than `read` needs to tell that.

    Stops when it can't be read; `name` is what the message calls it, if not `path`.
    """
    try:
        with open(path, "rb") as file:
            return file.read(LIMIT + 1)
    except OSError as error:
        raise unreadable(name or path, error) from error


def unreadable(name: str, error: OSError) -> Stop:
    """What to stop with when a file can't be read."""
    return Stop(f"`{name}` can't be read: {(error.strerror or str(error)).lower()}")


def read(name: str, data: bytes | str) -> list[Document]:
    """The documents in a file, at least one: several only in YAML.

    `name` tells the syntax, without it (as on stdin) the text does. A file whose text is clearly of
    the other syntax is read as that. Fluent Bit's classic format is told by its look. What is
    nothing of these is `Document(name, "text", text)`. Never raises: what can't be read has a fatal
    fault.
    """
    data = encoded(data)
    if len(data) > LIMIT:
        message = f"the file has {len(data)} bytes, more than the {LIMIT} that are read"
        help_ = "name a task definition or a configuration"
        fault = Fault("too-large", message, 0, 0, help=help_, fatal=True)
        return [Document(name, "text", "", faults=[fault])]
    text, faults = decode(data)
    if faults and faults[-1].fatal:
        return [Document(name, "text", text, faults=faults)]
    found = documents(name, text)
    found[0].faults[:0] = faults
    return found


def extension(name: str) -> str:
    """The extension that tells a file's syntax, in lower case: `json` of `web.JSON.tpl`."""
    parts = name.replace("\\", "/").rsplit("/", 1)[-1].lower().split(".")[1:]
    while len(parts) > 1 and parts[-1] in TEMPLATES:
        parts.pop()
    return parts[-1] if parts else ""


def documents(name: str, text: str) -> list[Document]:
    """The documents in a text, as `read` finds them."""
    kind = extension(name)
    if kind in JSON:
        return _json_first(name, text, relaxed=kind != "json")
    if kind in YAML:
        return _yaml_first(name, text)
    if kind in OTHER or _SECTION.match(text):
        return [_other(name, text, kind)]
    if _LOG.match(text):
        return [Document(name, "text", text)]
    if _JSON_BEGINS.match(text):
        return _json_first(name, text)
    if _YAML_LINE.search(text):
        found = _yaml(name, text)
        if _is_clean(found) or kind in TEMPLATES:
            return found
    return [_other(name, text, kind)]


def _other(name: str, text: str, kind: str) -> Document:
    """A text that is neither JSON nor YAML, unless its name says that it should not be."""
    if kind not in QUOTING:
        from fargate_lint.source import classic_document  # noqa: PLC0415  (only for such files)

        if classic_document.is_classic(text) or (kind == "conf" and classic_document.is_yaml(text)):
            return classic_document.read(name, text)
    return Document(name, "text", text)


def _json_first(name: str, text: str, *, relaxed: bool = False) -> list[Document]:
    document = json.read(name, text, relaxed=relaxed)
    kinds = {fault.kind for fault in document.faults}
    if not kinds or ("not-json" not in kinds and text.lstrip()[:1] in {"{", "["}):
        return [document]
    # What stands in no brackets may be YAML, unless only the brackets are missing.
    if kinds <= {"wrapper-missing", "ellipsis", "truncated"} or not _YAML_LINE.search(text):
        return [document]
    found = _yaml(name, text)
    return found if _is_clean(found) else [document]


def _yaml_first(name: str, text: str) -> list[Document]:
    if text.lstrip()[:1] in {"{", "["}:
        document = json.read(name, text)
        if not document.faults:
            return [document]
    return _yaml(name, text)


def _yaml(name: str, text: str) -> list[Document]:
    from fargate_lint.source import yaml  # noqa: PLC0415  (PyYAML is for YAML only)

    return yaml.documents(name, text)


def _is_clean(documents: list[Document]) -> bool:
    return isinstance(documents[0].value, (dict, list)) and not any(
        document.faults for document in documents
    )
