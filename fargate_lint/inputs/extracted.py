"""What a file decides of a task definition, put together from its cases."""

from __future__ import annotations

from itertools import groupby

from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.source.document import Path

#: What stands for a value that is there in some cases only.
ABSENT = object()


def whole(definitions: Iterable[Definition]) -> Iterator[tuple[Definition, Any]]:
    """Each definition once, with the value that its cases have in common, by default if possible.

    Where they differ, the value is Unknown.
    """
    for _, same in groupby(definitions, lambda each: each.address if each.case else id(each)):
        cases = list(same)
        usual = [each for each in cases if each.by_default] or cases
        yield cases[0], common([each.value for each in usual])


def common(values: Sequence[Any]) -> Any:
    """What some values have in common, Unknown in the place of what they don't."""
    first = values[0]
    if len(values) == 1:
        return first
    if all(isinstance(each, dict) for each in values):
        names = dict.fromkeys(name for each in values for name in each)
        return {name: common([each.get(name, ABSENT) for each in values]) for name in names}
    if all(isinstance(each, list) and len(each) == len(first) for each in values):
        return [common(items) for items in zip(*values, strict=True)]
    if all(isinstance(each, Unknown) and each.text == text(first) for each in values):
        return first
    alike = all(type(each) is type(first) and each == first for each in values)
    return first if alike else Unknown("${If}")


def text(value: Any) -> str | None:
    """The text of a value that isn't known, None of any other."""
    return value.text if isinstance(value, Unknown) else None


def unknown(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of what isn't known in a value."""
    if isinstance(value, Unknown):
        yield path
    elif isinstance(value, dict | list):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from unknown(each, (*path, step))
