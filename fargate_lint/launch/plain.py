"""Configurations that need not be written and read to know what Fluent Bit makes of them.

A generated configuration without odd keys and values means what its items say. The rest of this
package works on lines, as the programs do; this is the way around them for nearly all files.
"""

from __future__ import annotations

from fargate_lint.launch.sections import Entry, Origin, Section
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.arguments import Arguments, Pair
    from fargate_lint.launch.sections import Item

BLANKS = frozenset(" \t\n\v\f\r")
KEY = lazily(r"[A-Za-z0-9_$%*.+-]+", 0)
# 1.9 reads lines of 4 KiB.
LONGEST = 1024


def sections_of(items: Iterable[Item]) -> list[Section] | None:
    """The sections that a file of these items has, None when that takes reading it."""
    found: list[Section] = []
    for item in items:
        if item.__class__ is not Section:
            return None
        for entry in item.entries:
            value = entry.value
            if not is_plain(entry.key, value if value.__class__ is str else value.text):  # type: ignore[union-attr]
                return None
        found.append(item)
    return found


def is_plain(key: str, value: str) -> bool:
    """Whether the line `key value` is read as just that."""
    return (
        (key.isidentifier() or KEY.fullmatch(key) is not None)
        and value != ""
        and value[0] not in BLANKS
        and value[-1] not in BLANKS
        and "\n" not in value
        and "\0" not in value
        and len(value) < LONGEST
    )


def rewritten(
    items: Iterable[Item], arguments: Arguments, router: Container
) -> list[Section] | None:
    """The sections with the launcher's keys set in them, None when that takes writing the lines."""
    sections = sections_of(items)
    wanted = {
        "INPUT": arguments.inputs,
        "FILTER": arguments.filters,
        "OUTPUT": arguments.outputs,
        "SERVICE": arguments.services,
    }
    for pairs in wanted.values():
        for pair in pairs:
            key, value = pair.key, pair.value
            if not (isinstance(key, str) and isinstance(value, str) and is_plain(key, value)):
                return None
    if sections is None:
        return None
    if arguments.services and not any(section.name == "SERVICE" for section in sections):
        origin = _origin(arguments, router, arguments.services[0].key_index)
        sections.append(Section("SERVICE", [], origin))
    for at, section in enumerate(sections):
        pairs = wanted.get(section.name, ())
        if pairs:
            entries = list(section.entries)
            for pair in pairs:
                _set(entries, pair, _origin(arguments, router, pair.value_index))
            sections[at] = Section(section.name, entries, section.origin)
    return sections


def _set(entries: list[Entry], pair: Pair, origin: Origin) -> None:
    """Set a key: in each entry that has it, or in a new one."""
    key, value = str(pair.key), str(pair.value)
    lower = key.lower()
    found = False
    for at, entry in enumerate(entries):
        if entry.key.lower() == lower:
            entries[at] = Entry(entry.key, value, origin, entry.gap)
            found = True
    if not found:
        entries.append(Entry(key, value, origin))


def _origin(arguments: Arguments, router: Container, index: int) -> Origin:
    return Origin(router.lens.document.name, (*router.path, *arguments.path(index)))
