from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: The floors of the house, from the ground. A module may import from its own floor and below.
FLOORS = [
    {"bundle", "source", "stop", "version"},
    {"ecs", "data"},
    {"inputs", "launch"},
    {"lint"},
    {"diagnose"},
    {"report"},
    {"commands", "testing"},
    {"arguments", "ending"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
MODULES = sorted((ROOT / "fargate_lint").rglob("*.py"))


def imported(path: Path, *, types: bool = False) -> set[str]:
    """Modules of ours, and names in them, that a file imports anywhere.

    With `types`, also those that only type checkers import.
    """
    tree = ast.parse(path.read_text())
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
        and not types
        for statement in node.body
        for inner in ast.walk(statement)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0].startswith("fargate_lint")}


def floor(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_nothing_above_its_floor(path: Path) -> None:
    own = path.relative_to(ROOT).with_suffix("").parts[1]
    if own == "__init__":
        assert imported(path) == {"fargate_lint.bundle.use"}
        return
    for module in imported(path):
        assert not module.startswith("fargate_lint_rules"), f"{module}: a rule, known by name only"
        name = floor(module)
        if name in LEVEL:
            assert LEVEL[name] <= LEVEL[own], f"{own} imports {module}"


def test_every_module_has_a_floor() -> None:
    names = {path.relative_to(ROOT / "fargate_lint").with_suffix("").parts[0] for path in MODULES}
    assert names - {"__init__"} == set(LEVEL) & names


def test_rules_import_only_the_linter_and_each_other() -> None:
    for path in sorted((ROOT / "rules").rglob("*.py")):
        for module in imported(path):
            top = floor(module)
            assert top not in {"commands", "cli", "report", "testing"}, f"{path.name}: {module}"


def graph() -> dict[str, set[str]]:
    """The modules that each module imports, at any time and for any reason."""
    files = {
        ".".join(path.relative_to(top).with_suffix("").parts).removesuffix(".__init__"): path
        for top in (ROOT, ROOT / "rules")
        for path in top.glob("fargate_lint*/**/*.py")
    }

    def file_of(name: str) -> str:
        return name if name in files else file_of(name.rpartition(".")[0])

    return {
        name: {file_of(each) for each in imported(path, types=True)} - {name}
        for name, path in files.items()
    }


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        pytest.fail(" ← ".join(error.args[1]))
