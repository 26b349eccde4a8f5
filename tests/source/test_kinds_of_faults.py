"""What the readers call a fault, and the table that says which rule reports each kind."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from fargate_lint.data.faults import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent.parent / "fargate_lint"
NOTING = {"Fault", "_encoding", "_give_up", "fault"}
#: Modules that find out the kind in one function and note the fault in another.
RETURNING = {"literals.py"}


def constants(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def kinds(path: Path) -> Iterator[str]:
    """The kinds of faults that a module can note."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for argument in node.args[:1] if name in NOTING else ():
                yield from constants(argument)
        elif isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                target, value = target.elts[0], value.elts[0]
            if getattr(target, "id", "") == "kind":
                yield from constants(value)
        elif (
            path.name in RETURNING
            and isinstance(node, ast.Return)
            and isinstance(node.value, ast.Tuple)
        ):
            yield from filter(None, constants(node.value.elts[1]))


def test_every_kind_that_is_noted_is_declared_and_every_declared_one_is_noted() -> None:
    paths = [
        *(PACKAGE / "source").glob("*.py"), *(PACKAGE / "lint").rglob("*.py"),
        PACKAGE / "inputs" / "detect.py", PACKAGE / "inputs" / "shapes.py",
    ]  # fmt: skip
    assert {kind for path in paths for kind in kinds(path)} == set(KINDS)
