"""Edits of YAML in block style: scalars, members and items that have lines of their own."""

from __future__ import annotations

import re
from json import dumps

from fargate_lint.source.bracketed import Layout
from fargate_lint.source.yaml_values import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Document, Path
    from fargate_lint.source.edits import Edit

# Text that means itself without quotes, wherever it stands.
_PLAIN = re.compile(r"[A-Za-z0-9_/.][\w/.@+-]*(?:[: ][\w/.@+-]+)*", re.ASCII)
_DASHES = re.compile(r"[ ]*-[ ]+")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off"})


def edit(document: Document, verb: str, path: Path, new: Any) -> Edit | None:
    """The edit for a change, None when there is no place for it."""
    spans = document.spans()
    if verb == "rename":
        key = spans[path].key
        return (*key, _scalar(new, document.text[key[0]])) if key is not None else None
    if verb == "set" and path in spans:
        return _set(document, path, new)
    if verb == "remove":
        return _remove(document, path)
    if verb == "insert":
        return _insert(document, path, new)
    return _add(document, path, new)


def _set(document: Document, path: Path, new: Any) -> Edit | None:
    start, end = document.spans()[path].value
    old = document.text[start:end]
    if old[:1] in {"|", ">", "&", "!", "*", ""} or ("\n" in old and old[0] not in "\"'"):
        return None
    if isinstance(new, (dict, list)):
        # In brackets, as there was no block before.
        return start, end, dumps(new, ensure_ascii=False)
    return start, end, _scalar(new, old[0])


def _remove(document: Document, path: Path) -> Edit | None:
    text = document.text
    span = document.spans()[path]
    if _is_alone(document, path):
        # Without anything in it a block is nothing at all, which is something else.
        return (*document.spans()[path[:-1]].value, "{}" if span.key is not None else "[]")
    start = span.key[0] if span.key is not None else span.value[0]
    last = _line_end(text, span.value[1])
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if not (before.isspace() or not before or (span.key is None and _DASHES.fullmatch(before))):
        following = _following(document, path, start)
        # The first member of an item stands behind its dash, and the second one moves there.
        return (start, following, "") if _DASHES.fullmatch(before) and following else None
    return line, min(last + 1, len(text)), ""


def _is_alone(document: Document, path: Path) -> bool:
    """Whether nothing else stands in the mapping or the sequence around a value."""
    length = len(path)
    return not any(
        other != path and len(other) == length and other[:-1] == path[:-1]
        for other in document.spans()
    )


def _following(document: Document, path: Path, start: int) -> int | None:
    """Where the next member of the same mapping starts."""
    starts = [
        span.key[0]
        for other, span in document.spans().items()
        if span.key is not None and len(other) == len(path) and other[:-1] == path[:-1]
    ]
    return min((each for each in starts if each > start), default=None)


def _insert(document: Document, path: Path, new: Any) -> Edit | None:
    spans, text = document.spans(), document.text
    index = path[-1]
    if not isinstance(index, int):
        return None
    beside = (*path[:-1], index) if path in spans else (*path[:-1], index - 1)
    start, end = spans[beside].value
    line = text.rfind("\n", 0, start) + 1
    dash = _DASHES.fullmatch(text[line:start])
    if dash is None:
        return None
    layout = Layout(document, start)
    width = len(dash[0])
    written = layout.newline.join(f"{dash[0]}{_block(item, width, layout)}" for item in new)
    if beside == path:
        return line, line, written + layout.newline
    at = _line_end(text, end)
    return at, at, layout.newline + written


def _add(document: Document, path: Path, new: Any) -> Edit | None:
    """A new member behind the last line of its mapping."""
    spans, text = document.spans(), document.text
    places = [
        span
        for other, span in spans.items()
        if span.key is not None and len(other) == len(path) and other[:-1] == path[:-1]
    ]
    if not places:
        return None
    last = max(places, key=lambda span: span.value[1])
    assert last.key is not None  # noqa: S101  (only such were taken)
    start = last.key[0]
    column = start - text.rfind("\n", 0, start) - 1
    layout = Layout(document, start)
    at = _line_end(text, last.value[1])
    written = _member(str(path[-1]), new, column, layout)
    return at, at, f"{layout.newline}{' ' * column}{written}"


def _line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, before its line end."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" and end > offset else end


def _scalar(value: Any, quote: str) -> str:
    """A scalar, in the quotes that the one in its place has, as far as these can hold it."""
    if not isinstance(value, str):
        # Raises TypeError for what isn't known.
        return dumps(value)
    if quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if quote != '"' and _PLAIN.fullmatch(value) and plain(value) == value:
        return dumps(value) if value.lower() in _WORDS else value
    return dumps(value, ensure_ascii=False)


def _member(key: str, value: Any, column: int, layout: Layout) -> str:
    written = _scalar(key, "")
    if isinstance(value, (dict, list)) and value:
        inner = column + len(layout.step.expandtabs(2))
        return f"{written}:{layout.newline}{' ' * inner}{_block(value, inner, layout)}"
    return f"{written}: {_block(value, column, layout)}"


def _block(value: Any, column: int, layout: Layout) -> str:
    """A value that starts in `column`, its further lines indented as far as that."""
    between = layout.newline + " " * column
    if isinstance(value, dict) and value:
        return between.join(_member(key, item, column, layout) for key, item in value.items())
    if isinstance(value, list) and value:
        return between.join(f"- {_block(item, column + 2, layout)}" for item in value)
    return dumps(value) if isinstance(value, (dict, list)) else _scalar(value, "")
