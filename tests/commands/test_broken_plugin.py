"""A plugin's definition that raises ends a command with one line that names the plugin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fargate_lint import ending
from fargate_lint.cli import main
from fargate_lint.lint.example import base

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = """\
from fargate_lint.ecs.definition import Definition
from fargate_lint.inputs.shapes import Shape

class Broken(Definition):
    def {method}(self, *given, **more):
        raise KeyError("boom")

def definitions(document):
    value = document.value
    if not isinstance(value, dict) or "Stack" not in value:
        return []
    return [Broken(document, value["Stack"], anchors={{(): (document, ("Stack",))}})]

def fargate_lint_inputs():
    return [Shape("stack", definitions, marks=["Stack"])]
"""


def stack(folder: Path, plugin: str) -> str:
    """The path of a file in the shape of a plugin, beside a configuration that names the plugin."""
    (folder / "stacks.py").write_text(plugin)
    (folder / "fargate-lint.toml").write_text("plugins.paths = ['stacks.py']\n")
    file = folder / "stack.json"
    file.write_text(json.dumps({"Stack": {**base("agent"), "networkMode": "x"}}))
    return str(file)


@pytest.mark.parametrize("method", ["step", "locate", "written"])
@pytest.mark.parametrize(
    "command", ["render --format json", "render --origins", "permissions", "explain"]
)
def test_the_plugin_is_named(
    command: str, method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = stack(tmp_path, PLUGIN.format(method=method))
    with pytest.raises(KeyError) as caught:
        main([*command.split(), "--plugins", file])
    capsys.readouterr()
    assert ending.status(caught.value) == 4
    assert capsys.readouterr().err == (
        f"error: plugin `{tmp_path / 'stacks.py'}` failed: KeyError at stacks.py:6: 'boom'; "
        "please report this to its authors, with what FARGATE_LINT_TRACEBACK=1 shows\n"
    )


def test_a_shape_that_fails_is_said_where_a_ticket_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plugin = PLUGIN.format(method="step").replace("    value = document.value\n", "    1 / 0\n")
    file = stack(tmp_path, plugin)
    assert main(["explain", "--plugins", file]) == 3
    assert capsys.readouterr().err == (
        f"warning: shape `stack` of plugin `{tmp_path / 'stacks.py'}` failed: "
        "ZeroDivisionError at stacks.py:9\n"
        f"nothing to explain: no task definition, log or stopped task in `{file}`\n"
    )
