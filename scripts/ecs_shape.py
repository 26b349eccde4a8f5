"""Write what RegisterTaskDefinition takes in `fargate_lint/data/ecs_shape.py`.

    python scripts/ecs_shape.py [--check]

The table comes from botocore's model of the service, in the version that pyproject.toml pins. With
`--check` nothing is written, and the exit status is 1 when the table is out of date.
https://github.com/boto/botocore/tree/develop/botocore/data/ecs
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import botocore
import botocore.session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from botocore.model import ServiceModel, Shape

DATA = Path(__file__).parent.parent / "fargate_lint" / "data" / "ecs_shape.py"
OPERATION = "RegisterTaskDefinition"
#: Whose members people take for members of a task definition.
NEIGHBOURS = ("CreateService", "RunTask", "StartTask", "UpdateService")
WIDTH = 100
HEADER = '''\
"""What RegisterTaskDefinition takes: its structures, their members, and the types of these.

From botocore {version}, model `ecs` {api}, by scripts/ecs_shape.py; not to be edited.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html

A type is `string`, `integer`, `boolean`, the name of a structure or of an enumeration, `[TYPE]` for
a list, or `{{TYPE}}` for an object with any names.
"""

from __future__ import annotations

BOTOCORE = "{version}"
ROOT = "{root}"
'''


class Table:
    """Everything that can be reached from the operation's input, by the names of the model."""

    def __init__(self, model: ServiceModel) -> None:
        root = model.operation_model(OPERATION).input_shape
        self.model = model
        self.root = root.name
        self.structures: dict[str, dict[str, str]] = {}
        self.required: dict[str, tuple[str, ...]] = {}
        self.enums: dict[str, tuple[str, ...]] = {}
        self.ranges: dict[str, tuple[int | None, int | None]] = {}
        self._structure(root)

    def _structure(self, shape: Shape) -> str:
        if shape.name not in self.structures:
            members = self.structures[shape.name] = {}
            if shape.required_members:
                self.required[shape.name] = tuple(shape.required_members)
            for name, member in shape.members.items():
                members[name] = self._type(member)
                low, high = member.metadata.get("min"), member.metadata.get("max")
                if low is not None or high is not None:
                    self.ranges[f"{shape.name}.{name}"] = (low, high)
        return str(shape.name)

    def _type(self, shape: Shape) -> str:
        kind = shape.type_name
        if kind == "structure":
            return self._structure(shape)
        if kind == "list":
            return f"[{self._type(shape.member)}]"
        if kind == "map":
            return f"{{{self._type(shape.value)}}}"
        values = shape.metadata.get("enum")
        if values:
            self.enums[shape.name] = tuple(values)
            return str(shape.name)
        return "integer" if kind == "long" else str(kind)

    @property
    def read_only(self) -> tuple[str, ...]:
        """What a described task definition has, and a definition to register has not."""
        described = self.model.shape_for("TaskDefinition").members
        return tuple(sorted(set(described) - set(self.structures[self.root])))

    @property
    def neighbours(self) -> tuple[str, ...]:
        """What a service or a run of a task has, and no structure here."""
        own = {name for members in self.structures.values() for name in members}
        theirs = {
            name
            for operation in NEIGHBOURS
            for name in self.model.operation_model(operation).input_shape.members
        }
        return tuple(sorted(theirs - own))


def text() -> str:
    """The source text of the table."""
    model = botocore.session.get_session().get_service_model("ecs")
    table = Table(model)
    header = HEADER.format(
        version=botocore.__version__, api=model.metadata["apiVersion"], root=table.root
    )
    parts = [
        ("Structure → member → type, in the order of the model.", "STRUCTURES", table.structures),
        ("Structure → the members that it can't be without.", "REQUIRED", table.required),
        ("Enumeration → its values.", "ENUMS", table.enums),
        ("`structure.member` → least and greatest value or length.", "RANGES", table.ranges),
        (
            "What ECS adds to a registered task definition and doesn't take back.",
            "READ_ONLY",
            table.read_only,
        ),
        (
            "What belongs to a service or to a run of a task, and to nothing in a task definition.",
            "OF_SERVICES",
            table.neighbours,
        ),
    ]
    return header + "".join(
        f"#: {comment}\n{_literal(f'{name} = ', value)}\n" for comment, name, value in parts
    )


def _literal(head: str, value: object, indent: str = "") -> str:
    """`value` as Python source after `head`, laid out as ruff does."""
    inner = indent + "    "
    if isinstance(value, dict):
        members = (
            _literal(f'{inner}"{name}": ', item, inner) + ",\n" for name, item in value.items()
        )
        return f"{head}{{\n{''.join(members)}{indent}}}"
    if isinstance(value, tuple):
        words = [_literal("", item) for item in value]
        line = f"{head}({', '.join(words)}{',' if len(words) == 1 else ''})"
        if len(line) < WIDTH:
            return line
        return f"{head}(\n" + "".join(f"{inner}{word},\n" for word in words) + f"{indent})"
    return head + (f'"{value}"' if isinstance(value, str) else str(value))


def main(arguments: Sequence[str]) -> int:
    """Write the table, or compare it."""
    fresh = text()
    if "--check" not in arguments:
        DATA.write_text(fresh, encoding="utf-8")
        return 0
    if DATA.read_text(encoding="utf-8") == fresh:
        return 0
    print(f"{DATA.name} is out of date: run `python scripts/ecs_shape.py`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
