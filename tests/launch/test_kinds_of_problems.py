"""What the simulator calls a problem, and the table that says what each kind means."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from fargate_lint.data.problems import KINDS
from fargate_lint.diagnose.causes import causes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
KIND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Functions that note a problem, and methods that do so for a file or a command line.
NOTING = {"fatal", "warning", "Problem", "problem", "_problem", "_fatal", "refuse", "_refuse"}
SEVERITIES = {"fatal", "loss", "note", "warning"}


def constants(node: ast.AST | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def first_of_tuples(node: ast.AST | None) -> Iterator[str]:
    if isinstance(node, ast.Tuple) and len(node.elts) == 3:
        yield from constants(node.elts[0])
    elif isinstance(node, ast.IfExp):
        yield from first_of_tuples(node.body)
        yield from first_of_tuples(node.orelse)


def kinds() -> set[str]:
    """All kinds of problems that the source can note."""
    found: set[str] = set()
    files = [
        *(ROOT / "fargate_lint" / "launch").rglob("*.py"),
        ROOT / "fargate_lint" / "source" / "classic.py",
        ROOT / "fargate_lint" / "inputs" / "fluent_bit.py",
    ]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                for argument in node.args if name in NOTING else ():
                    found.update(filter(KIND.fullmatch, constants(argument)))
            elif isinstance(node, ast.Return) and path.name in {"classic.py", "creation.py"}:
                found.update(filter(KIND.fullmatch, first_of_tuples(node.value)))
    return found - SEVERITIES


def test_every_kind_that_is_noted_is_declared_and_every_declared_one_is_noted() -> None:
    assert kinds() == set(KINDS)


def test_what_a_kind_points_to_is_a_cause() -> None:
    assert {kind.cause for kind in KINDS.values()} <= {"", *causes()}
