from __future__ import annotations

import ast
from pathlib import Path

import pytest

from fargate_lint.diagnose import weights
from fargate_lint.diagnose.tables import entries

FOLDER = Path(weights.__file__).parent
TABLE = Path(weights.__file__).read_text("utf-8")
MODULES = {
    path.stem: ast.parse(path.read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.py"))
    if path.stem != "weights"
}
NAMES = [name for name in vars(weights) if name.isupper() and name != "TYPE_CHECKING"]
#: What makes or changes a clue, a verdict or a wish: their numbers are weights.
WEIGHING = {"Clue", "Verdict", "_clue", "_end", "_of_task", "_own_end", "_uncertain"}
#: Numbers of modules that weigh which count something else.
COUNTS = {"EVIDENCE_LIMIT", "MANY_FAILURES", "REASON_LIMIT", "STARTING_SECONDS", "VERDICT_LIMIT"}


def number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in {int, float}


def used(tree: ast.AST) -> set[str]:
    """The entries of the table that a module names."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "weights"
    }


def counted(tree: ast.Module) -> set[ast.AST]:
    """All below slices and below constants that count something else than weight."""
    tops = [node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    tops += [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in COUNTS
    ]
    return {inner for top in tops for inner in ast.walk(top)}


@pytest.mark.parametrize("name", MODULES)
def test_no_other_module_writes_a_weight(name: str) -> None:
    tree = MODULES[name]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    weighing = [
        node
        for node in calls
        if (node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""))
        in WEIGHING
    ]
    if not used(tree):
        assert not weighing
        return
    assert not [node.lineno for node in weighing if any(map(number, node.args))]
    skipped = counted(tree)
    found = [node for node in ast.walk(tree) if number(node) and node not in skipped]
    assert {node.value for node in found if isinstance(node, ast.Constant)} <= {0, 1}


def test_every_entry_is_used() -> None:
    assert set(NAMES) == set().union(*map(used, MODULES.values()))


def test_every_entry_has_a_reason() -> None:
    lines = TABLE.splitlines()
    unexplained = []
    for node in ast.parse(TABLE).body:
        if not isinstance(node, ast.Assign):
            continue
        first = node.lineno - 2
        # One reason may be of several entries.
        while lines[first].partition(" ")[0].isupper():
            first -= 1
        if not lines[first].startswith("#"):
            unexplained.append(node.lineno)
        if isinstance(node.value, ast.Dict):
            keys = [key.lineno for key in node.value.keys if key is not None]
            unexplained += [line for line in keys if "  # " not in lines[line - 1]]
    assert unexplained == []


def test_entries_by_cause_are_of_causes_that_such_lines_have() -> None:
    causes: dict[str, set[str]] = {}
    for entry in entries("signatures"):
        causes.setdefault(entry["role"], set()).add(entry["cause"])
    assert weights.START_WARNINGS.keys() <= causes["warning"]
    decided = {
        node.value
        for node in ast.walk(MODULES["destinations"])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert weights.RUN_NETWORK.keys() <= causes["network"] | decided


def test_what_may_be_another_s_is_never_likely() -> None:
    hints = [name for name in NAMES if name.startswith("HINT_")]
    for name in ("UNSIGNED", "END_UNKNOWN_SIDECAR", "ECS_NOT_STARTED", *hints):
        assert weights.FAINT <= vars(weights)[name] < weights.LIKELY, name
    assert weights.FOREIGN < weights.FAINT
