"""A plugin's definition that raises costs its own file's findings, never the run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from fargate_lint.ecs.definition import Definition
from fargate_lint.inputs.shapes import Shape
from fargate_lint.lint.example import base
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from fargate_lint.lint.registry import Registry
    from fargate_lint.source.document import Document

METHODS = ("step", "locate", "shows", "written", "canonical", "change", "spelled")
PROPERTIES = ("names", "partial")
FIXABLE = {"requiresCompatibilities": ["fargate"]}


def broken(name: str) -> type[Definition]:
    """A class of definitions of which one member raises."""

    def raises(*_: object, **__: object) -> None:
        raise KeyError(name)

    return type("Broken", (Definition,), {name: property(raises) if name in PROPERTIES else raises})


def registry(made: type[Definition]) -> Registry:
    def definitions(document: Document) -> list[Definition]:
        value = document.value.get("Stack") if isinstance(document.value, dict) else None
        return [made(document, value, anchors={(): (document, ("Stack",))})] if value else []

    found = load()
    found.add_shapes("stacks", [Shape("stack", definitions, marks=["Stack"])])
    return found


def stack(**members: Any) -> str:
    value = {**base("agent"), **FIXABLE, **members}
    return json.dumps({"Stack": value}, indent=1)


@pytest.mark.parametrize("name", METHODS + PROPERTIES)
@pytest.mark.parametrize("fixes", [True, False])
def test_it_is_one_finding_that_names_the_plugin(name: str, fixes: bool) -> None:
    text = stack(unknownMember=1, networkMode="x")
    linter = Linter(Settings(), registry=registry(broken(name)), fixes=fixes)
    report = linter.check("stack.json", text)
    found = [each.message for each in report.findings if each.name == "broken-rule"]
    if name == "canonical":
        # Nothing asks it here.
        assert found == []
    else:
        (message,) = found
        assert " of plugin `stacks` failed: KeyError at " in message
        assert report.broken
    assert report.fixed(unsafe=True)


@pytest.mark.parametrize("name", METHODS + PROPERTIES)
def test_what_asks_all_of_a_definition_goes_on(name: str) -> None:
    text = stack()[:-2] + ",\n ...\n}}"
    label = {"dockerLabels": {"fargate-lint.ignore": "ALL"}}
    containers = [{**each, **label} for each in base("agent")["containerDefinitions"]]
    linter = Linter(Settings(), registry=registry(broken(name)))
    for given in (text, stack(containerDefinitions=containers)):
        report = linter.check("stack.json", given)
        assert sum(each.name == "broken-rule" for each in report.findings) <= 1
        assert report.fixed(unsafe=True)
    sound = linter.check("task.json", json.dumps({**base("agent"), **FIXABLE}))
    assert not sound.broken
    assert sound.findings


def test_the_run_goes_on_and_exits_with_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plugin.py").write_text(
        "from fargate_lint.ecs.definition import Definition\n"
        "from fargate_lint.inputs.shapes import Shape\n"
        "class Broken(Definition):\n"
        "    def change(self, verb, path, value):\n"
        "        raise KeyError(path)\n"
        "def definitions(document):\n"
        "    value = document.value\n"
        "    if not isinstance(value, dict) or 'Stack' not in value:\n"
        "        return []\n"
        "    return [Broken(document, value['Stack'], anchors={(): (document, ('Stack',))})]\n"
        "def fargate_lint_inputs():\n"
        "    return [Shape('stack', definitions, marks=['Stack'])]\n"
    )
    (tmp_path / "fargate-lint.toml").write_text("plugins.paths = ['plugin.py']\n")
    (tmp_path / "a.json").write_text(stack())
    (tmp_path / "b.json").write_text(json.dumps({**base("agent"), **FIXABLE}))
    config = str(tmp_path / "fargate-lint.toml")
    for options in ([], ["--output-format", "json"], ["--fix"]):
        assert main(["check", *options, "--config", config, str(tmp_path)]) == 4
        out = capsys.readouterr().out
        assert "failed: KeyError at plugin.py:5" in out
        assert "b.json" in out or "--fix" in options
    assert json.loads((tmp_path / "b.json").read_text())["requiresCompatibilities"] == ["FARGATE"]
