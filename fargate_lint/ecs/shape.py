"""Where a task definition differs from what RegisterTaskDefinition takes: members, types, values.

The table of the API is compiled once into dicts, and a definition is walked once; nothing here is
a judgement about what follows from a deviation.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
"""

from __future__ import annotations

from fargate_lint.data import ecs_shape as table
from fargate_lint.source.once import once
from fargate_lint.source.unknown import PLACEHOLDER, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.ecs.meaning import Meaning
    from fargate_lint.ecs.task import Task
    from fargate_lint.source.document import Path

SCALARS: dict[str, type] = {"string": str, "integer": int, "boolean": bool}
#: What Python's type of a value is called in a sentence.
WORDS: dict[type, str] = {
    str: "a string",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}
CONTAINERS = "containerDefinitions"
# A file of Elastic Beanstalk has container definitions too, and its own idea of everything else.
FOREIGN = "AWSEBDockerrunVersion"
# The API's documentation and `--generate-cli-skeleton` fill these in for every string.
SKELETON = frozenset({"", "string"})


class Structure:
    """One structure of the API. `members` maps a name to its type and what is inside of it.

    Inside is None for any value of the type, a tuple of words for an enumeration, a Structure, or
    for lists and maps the type and the inside of each item.
    """

    __slots__ = ("members", "name", "ranges", "required")

    def __init__(self, name: str) -> None:
        self.name = name
        self.members: dict[str, tuple[Any, Any]] = {}
        self.required = table.REQUIRED.get(name, ())
        self.ranges: dict[str, tuple[int | None, int | None]] = {}


class Deviation:
    """One difference. `path` leads to it from the task definition as the API sees it.

    `kind` is `unknown` (no such member), `read-only` (ECS adds it, and doesn't take it), `type`,
    `value` (not one of the enumeration), `range`, or `missing` (then `path` ends in the absent
    member). `structure` is the API's name of what is around it, `expected` a type, an enumeration's
    words, or a range.
    """

    __slots__ = ("_meaning", "expected", "kind", "path", "structure", "value")

    def __init__(
        self, kind: str, path: Path, structure: str, value: Any = None, expected: Any = None
    ) -> None:
        self.kind = kind
        self.path = path
        self.structure = structure
        self.value = value
        self.expected = expected
        self._meaning: Meaning | None = None

    @property
    def name(self) -> str:
        """The member, as in `memory` or `command[2]`."""
        last = self.path[-1]
        if isinstance(last, int) and len(self.path) > 1:
            return f"{self.path[-2]}[{last}]"
        return str(last)

    @property
    def parameter(self) -> str:
        """The member in the notation of the AWS CLI: `containerDefinitions[0].memory`."""
        return parameter(self.path)

    @property
    def meaning(self) -> Meaning:
        """What an unknown member was probably meant to be."""
        if self._meaning is None:
            from fargate_lint.ecs.meaning import Meaning  # noqa: PLC0415  (only of faults)

            self._meaning = Meaning(str(self.path[-1]), self.structure)
        return self._meaning

    def __repr__(self) -> str:
        return f"Deviation({self.kind!r}, {self.parameter!r})"


class Shape:
    """The deviations of one task, in the order of the file."""

    __slots__ = ("deviations",)

    def __init__(self, task: Task) -> None:
        found: list[Deviation] = []
        if task.scope == "task":
            if FOREIGN not in task.value:
                _object(task.value, ROOT, (), found)
        else:
            for container in task.containers:
                path = (CONTAINERS, container.index)
                _object(container.value, CONTAINER, path, found, whole=not container.open)
        if len(found) > 1:
            _pair_up(found)
        self.deviations = found

    def of_kind(self, *kinds: str) -> list[Deviation]:
        """The deviations of some kinds."""
        return [each for each in self.deviations if each.kind in kinds]

    def means(self, *path: str | int) -> bool:
        """Whether an unknown member was meant to be the one at `path`."""
        return any(
            meant_path(each) == path or each.meaning.name == path[-1]
            for each in self.of_kind("unknown")
        )


@once
def shape_of(task: Task) -> Shape:
    """The shape of a task."""
    return Shape(task)


def parameter(path: Path) -> str:
    """A path in the notation of the AWS CLI, `input` for the definition itself.

    https://docs.aws.amazon.com/cli/latest/reference/ecs/register-task-definition.html
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "input"


def meant_path(deviation: Deviation) -> Path:
    """Where the member stands that an unknown one was meant to be, () when there is none."""
    meaning = deviation.meaning
    if meaning.kind == "spelling":
        return (*deviation.path[:-1], meaning.name)
    return ()


def _pair_up(found: list[Deviation]) -> None:
    """Take the only stranger of its type for the only required member that its object lacks."""
    lacking: dict[Path, list[Deviation]] = {}
    for each in found:
        if each.kind == "missing" and each.structure not in {table.ROOT, CONTAINER.name}:
            lacking.setdefault(each.path[:-1], []).append(each)
    strangers: dict[Path, list[Deviation]] = {}
    for each in found if lacking else ():
        missing = lacking.get(each.path[:-1], ())
        if each.kind == "unknown" and len(missing) == 1 and each.meaning.kind in {"", "place"}:
            name = str(missing[0].path[-1])
            if type(each.value) is STRUCTURES[each.structure].members[name][0]:
                strangers.setdefault(missing[0].path, []).append(each)
    for path, (each, *others) in strangers.items():
        if not others:
            each.meaning.kind, each.meaning.name, each.meaning.owner = "spelling", str(path[-1]), ""


def _object(
    value: dict[str, Any],
    structure: Structure,
    path: Path,
    found: list[Deviation],
    *,
    whole: bool = True,
) -> None:
    members = structure.members
    for key, item in value.items():
        expected = members.get(key)
        if expected is None:
            _unknown(key, item, structure, path, found)
            continue
        kind, inner = expected
        if type(item) is not kind:
            if item is not None and not isinstance(item, Unknown):
                found.append(Deviation("type", (*path, key), structure.name, item, kind))
        elif inner is not None:
            if kind is dict and type(inner) is Structure:
                _object(item, inner, (*path, key), found)
            elif kind is str:
                if item not in inner and item not in SKELETON:
                    found.append(Deviation("value", (*path, key), structure.name, item, inner))
            else:
                _items(item, inner, (*path, key), structure, found)
    if whole and structure.required:
        found += [
            Deviation("missing", (*path, key), structure.name)
            for key in structure.required
            if value.get(key) is None
        ]
    if structure.ranges:
        _ranges(value, structure, path, found)


def _items(
    value: dict[str, Any] | list[Any],
    item: tuple[Any, Any],
    path: Path,
    structure: Structure,
    found: list[Deviation],
) -> None:
    kind, inner = item
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in pairs:
        if type(each) is not kind:
            if each is not None and not isinstance(each, Unknown):
                found.append(Deviation("type", (*path, key), structure.name, each, kind))
        elif type(inner) is Structure:
            _object(each, inner, (*path, key), found)
        elif inner is not None and each not in inner and each not in SKELETON:
            found.append(Deviation("value", (*path, key), structure.name, each, inner))


def _unknown(key: str, item: Any, structure: Structure, path: Path, found: list[Deviation]) -> None:
    if not isinstance(key, str) or PLACEHOLDER.search(key):
        return
    kind = "read-only" if not path and key in table.READ_ONLY else "unknown"
    found.append(Deviation(kind, (*path, key), structure.name, item))


def _ranges(
    value: dict[str, Any], structure: Structure, path: Path, found: list[Deviation]
) -> None:
    for key, limits in structure.ranges.items():
        item: Any = value.get(key)
        if type(item) is not structure.members[key][0]:
            continue
        size = item if isinstance(item, int) else len(item)
        low, high = limits
        if (low is not None and size < low) or (high is not None and size > high):
            found.append(Deviation("range", (*path, key), structure.name, item, limits))


def _compile(name: str, made: dict[str, Structure]) -> Structure:
    if name not in made:
        structure = made[name] = Structure(name)
        for key, kind in table.STRUCTURES[name].items():
            structure.members[key] = _type(kind, made)
            if f"{name}.{key}" in table.RANGES:
                structure.ranges[key] = table.RANGES[f"{name}.{key}"]
    return made[name]


def _type(kind: str, made: dict[str, Structure]) -> tuple[Any, Any]:
    if kind in SCALARS:
        return SCALARS[kind], None
    if kind[0] in "[{":
        return list if kind[0] == "[" else dict, _type(kind[1:-1], made)
    if kind in table.ENUMS:
        return str, table.ENUMS[kind]
    return dict, _compile(kind, made)


STRUCTURES: dict[str, Structure] = {}
ROOT = _compile(table.ROOT, STRUCTURES)
CONTAINER = STRUCTURES["ContainerDefinition"]
