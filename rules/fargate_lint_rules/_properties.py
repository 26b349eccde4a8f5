"""Fixes of Fluent Bit's properties, in the log options or the words of a command they come from."""

from __future__ import annotations

from fargate_lint.launch.launch import Spot
from fargate_lint.lint.fix import Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.launch import Launch, Output
    from fargate_lint.launch.problem import Problem
    from fargate_lint.launch.sections import Entry
    from fargate_lint.source.document import Document, Path


def written(launch: Launch, entry: Entry, value: str, *, safe: bool) -> Fix | None:
    """The fix that gives a property another value; None where no value of the file is only its."""
    path = _path(launch, entry)
    if path is None:
        return None
    here = _value(launch.lens, path)
    fix = Fix(f"write {entry.key}={value}", safe=safe)
    if here == entry.value:
        return fix.set(launch.spot(entry), (), value)
    if here == f"{entry.key}={entry.text}":
        return fix.set(launch.spot(entry), (), f"{entry.key}={value}")
    return None


def added(
    launch: Launch, output: Output, properties: Mapping[str, str], *, safe: bool
) -> Fix | None:
    """The fix that adds properties to an output."""
    fix = Fix("add " + ", ".join(f"{key}={value}" for key, value in properties.items()), safe=safe)
    if output.from_options:
        for key, value in properties.items():
            fix.set(output.container, ("logConfiguration", "options", key), value)
        return fix
    name = output.section.first("name")
    path = _path(launch, name) if name is not None else None
    router = launch.router
    if path is None or router is None or name is None or _value(launch.lens, path) != name.value:
        return None
    at, index = path[len(router.path) : -1], path[-1]
    if not isinstance(index, int):
        return None
    words = [word for key, value in properties.items() for word in ("-p", f"{key}={value}")]
    return fix.insert(router, (*at, index + 1), *words)


def suggested(launch: Launch | None, problem: Problem) -> Fix | None:
    """The fix that writes the name that is nearest to one which Fluent Bit doesn't know."""
    origin, entry, name = problem.origin, problem.entry, problem.suggestion
    if launch is None or not name or entry is None or origin is None or origin.path is None:
        return None
    lens = launch.lens
    if origin.file != lens.document.name:
        return None
    path = origin.path
    spot = Spot(lens, ())
    fix = Fix(f"write `{name}`", safe=False)
    here = _value(lens, path)
    if entry.key.lower() == "name":
        return fix.set(spot, path, name) if here == entry.text else None
    if path[-2:-1] == ("options",) and path[-1] == entry.key:
        return fix.rename(spot, path, name) if name not in _value(lens, path[:-1]) else None
    if here == f"{entry.key}={entry.text}":
        return fix.set(spot, path, f"{name}={entry.text}")
    before = (*path[:-1], path[-1] - 1) if isinstance(path[-1], int) and path[-1] else path
    return fix.set(spot, before, name) if _value(lens, before) == entry.key else None


def _path(launch: Launch, entry: Entry) -> Path | None:
    """Where an entry stands in the task definition, None for one from elsewhere."""
    origin = entry.origin
    if origin is None or origin.path is None or origin.file != launch.lens.document.name:
        return None
    return origin.path


def _value(lens: Definition | Document, path: Path) -> Any:
    value: Any = lens.value
    for step in path:
        value = value[step]
    return value
