"""JSON files: the fast way for clean ones, the careful way for all others."""

from __future__ import annotations

from json import JSONDecoder

from fargate_lint.source import unknown
from fargate_lint.source.document import DEEPEST, Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from fargate_lint.source.document import Path, Span


class Unclean(Exception):
    """Something that the standard reader accepts and JSON or its users don't."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Unclean
    return value


def _constant(_: str) -> Any:
    raise Unclean


_DECODER = JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def read(name: str, text: str, *, relaxed: bool = False) -> Document:
    """The document in a JSON text; `relaxed` allows what JSON with comments allows.

    It always has a value unless a fault is fatal: mistakes are got over, each being one fault.
    """
    try:
        return sound(name, text, strict(text))
    except ValueError:
        return _recover(name, text, relaxed=relaxed)


def strict(text: str) -> Any:
    """The value of a text that is JSON to the letter. Raises ValueError for any other."""
    try:
        value = _DECODER.decode(text)
    except (RecursionError, Unclean) as error:
        raise ValueError("no JSON") from error
    if text.count("[") + text.count("{") > DEEPEST and _is_deep(value):
        raise ValueError("too deep")
    return unknown.mark(value) if unknown.may_be_in(text) else value


def sound(name: str, text: str, value: Any) -> Document:
    """The document of a text that is JSON to the letter, with the value that `strict` gives."""
    return Document(name, "json", text, value, locate=_locate_sound)


def _locate_sound(text: str) -> Mapping[Path, Span]:
    from fargate_lint.source.spans import Spans  # noqa: PLC0415  (clean files need none)

    return Spans(text)


def _recover(name: str, text: str, *, relaxed: bool) -> Document:
    from fargate_lint.source.recovery import Recovery  # noqa: PLC0415  (clean files need none)

    # There is hardly one without a finding, whose place is asked for: this way it is read once.
    found = Recovery(text, relaxed=relaxed)
    spans, partial = found.spans, frozenset(found.partial)
    return Document(name, "json", text, found.value, found.faults, lambda _: spans, partial=partial)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True
