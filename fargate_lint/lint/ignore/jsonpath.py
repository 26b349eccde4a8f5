"""JSONPath over values of documents: parsed once, its matches as paths of keys and indices."""

from __future__ import annotations

from functools import lru_cache

from fargate_lint.lint.expressions import expression
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from jsonpath_ng import DatumInContext, JSONPath

    from fargate_lint.source.document import Path


#: How often a path may lead to the same place: a search of a search finds it once for each level.
MOST_WAYS = 1000
LEVELS = 30


@lru_cache
def compiled(text: str) -> JSONPath:
    """A JSONPath, parsed once.

    Raises what the parser raises for text that is none, and ValueError for one that looks through
    everything again and again.
    """
    from jsonpath_ng.ext.filter import OPERATOR_MAP  # noqa: PLC0415  (takes longer than checking a file)
    from jsonpath_ng.ext.parser import parse  # noqa: PLC0415  (the same)
    from jsonpath_ng.ext.string import Split, Sub  # noqa: PLC0415  (the same)

    OPERATOR_MAP["=~"] = _matches
    path = parse(text)
    if _ways(path) > MOST_WAYS:
        raise ValueError("it takes too long: write `..` twice at most, and `$` at the beginning")
    if any(isinstance(part, (Split, Sub)) for part in _parts(path)):
        raise ValueError("`sub` and `split` change values, which leads nowhere")
    return path


def _matches(value: Any, pattern: str) -> bool:
    """The operator `=~` of a filter, which must come to an end in a stranger's file."""
    return isinstance(value, str) and expression(pattern).is_in(value) is True


def _parts(path: Any) -> Iterator[Any]:
    """A path and all that it is made of."""
    yield path
    for name in ("left", "right", "target"):
        inner = getattr(path, name, None)
        if inner is not None:
            yield from _parts(inner)
    for inner in getattr(path, "expressions", ()):
        yield from _parts(inner)


def _ways(path: Any) -> int:
    """An estimate of how many ways lead to one place."""
    from jsonpath_ng import Child, Descendants, Root  # noqa: PLC0415  (loaded by now)

    left, right = getattr(path, "left", None), getattr(path, "right", None)
    if left is None or right is None:
        inner = (getattr(each, "target", None) for each in getattr(path, "expressions", ()))
        return max(map(_ways, inner), default=1)
    if not isinstance(path, (Child, Descendants)):
        return _ways(left) + _ways(right)
    if isinstance(right, Root):
        return MOST_WAYS + 1
    return _ways(left) * _ways(right) * (LEVELS if isinstance(path, Descendants) else 1)


def matches(path: JSONPath, value: Any) -> list[Path]:
    """Where a JSONPath leads in a value (see `plain`); nowhere when it can't be evaluated on it."""
    try:
        found = [_steps(match, value) for match in path.find(value)]
    except Exception:  # noqa: BLE001  (a filter may meet anything in a stranger's file)
        return []
    return [path for path in found if path is not None]


def _steps(match: DatumInContext, value: Any) -> Path | None:
    """The path to a match in `value`, as keys and indices; None for something made up."""
    from jsonpath_ng import Child, Fields, Index, Root, This  # noqa: PLC0415  (loaded by now)

    steps: list[str | int] = []
    left = [match.full_path]
    while left:
        part = left.pop()
        if isinstance(part, Child):
            left += [part.right, part.left]
        elif isinstance(part, Fields) and len(part.fields) == 1:
            steps.append(part.fields[0])
            value = value[part.fields[0]]
        elif isinstance(part, Index) and len(part.indices) == 1:
            # A negative index counts from the end.
            steps.append(range(len(value))[part.indices[0]])
            value = value[part.indices[0]]
        elif not isinstance(part, (Root, This)):
            return None
    # What is sorted or counted has no place of its own.
    return tuple(steps) if value is match.value else None


def plain(value: Any) -> Any:
    """`value` with the text of what is unknown, so that a filter can compare it."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.text if isinstance(value, Unknown) else value
