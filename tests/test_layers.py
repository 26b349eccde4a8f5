from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: The floors of the house, from the ground. A module may import from its own floor and below.
FLOORS = [
    {"source"},
    {"ecs", "data"},
    {"inputs", "launch"},
    {"lint"},
    {"diagnose"},
    {"report"},
    {"commands", "testing"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
MODULES = sorted((ROOT / "fargate_lint").rglob("*.py"))


def imported(path: Path, *, types: bool = False) -> set[str]:
    """All modules of ours that a file imports, wherever in it; for type checkers with `types`."""
    tree = ast.parse(path.read_text())
    skipped = (
        set()
        if types
        else {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If)
            and isinstance(node.test, ast.Name)
            and node.test.id == "TYPE_CHECKING"
            for statement in node.body
            for inner in ast.walk(statement)
        }
    )
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0].startswith("fargate_lint")}


def floor(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_nothing_above_its_floor(path: Path) -> None:
    own = path.relative_to(ROOT).with_suffix("").parts[1]
    if own == "__init__":
        assert imported(path) == set()
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


#: Rooms that still have circles.
ROUND = ("fargate_lint.lint.", "fargate_lint.diagnose.")


def graph() -> dict[str, set[str]]:
    """The modules that each module names, also late ones and those for type checkers only."""
    paths = {}
    for path in MODULES:
        parts = path.relative_to(ROOT).with_suffix("").parts
        paths[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    found = {}
    for name, path in paths.items():
        later = re.findall(r'later\("([\w.]+)"\)', path.read_text())
        # `from package import module` needs the module.
        named = {*later, *imported(path, types=True)} & paths.keys()
        found[name] = {
            each
            for each in named - {name}
            if not any(other.startswith(f"{each}.") for other in named)
        }
    return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = graph()
    while True:
        # What imports nothing that is left is in no circle.
        ground = {name for name, imports in left.items() if not imports & left.keys()}
        if not ground:
            break
        left = {name: imports for name, imports in left.items() if name not in ground}
    roofs = {name for name in left if name.startswith(ROUND)}
    while True:
        needed = {each for name in left for each in left[name]}
        top = {name for name in left if name not in needed}
        if not top:
            break
        left = {name: imports for name, imports in left.items() if name not in top}
    assert left.keys() <= roofs
