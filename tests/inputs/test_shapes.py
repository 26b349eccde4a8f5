from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint import testing
from fargate_lint.cli import main
from fargate_lint.data import ecs_shape
from fargate_lint.inputs import direct
from fargate_lint.lint import pages
from fargate_lint.lint.example import Example
from fargate_lint.lint.fixing import fixed
from fargate_lint.lint.ignore.jsonpath import plain
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.registry import load
from fargate_lint.source.read import documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.finding import Finding, Place
    from fargate_lint.source.document import Document

FILE = Path(__file__).parent / "stack_plugin.py"
REGISTRY = load(paths=[str(FILE)])
SPEC = importlib.util.spec_from_file_location("stack_plugin", FILE)
assert SPEC is not None
assert SPEC.loader is not None
PLUGIN = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(PLUGIN)
#: Rules about the text of the file that is shown, or about what is written around a definition.
OF_TEXT = {"cli-snake-or-wrong-root", "td-size"}


def stacked(value: Any, *, string: bool) -> str:
    body = PLUGIN.renamed(value, ecs_shape.ROOT, PLUGIN.upper)
    if string and "ContainerDefinitions" in body:
        body["ContainerDefinitions"] = json.dumps(body["ContainerDefinitions"])
    return json.dumps({"Stack": {"Web": {"Kind": "Task", "Body": body}}}, indent=1)


def unstacked(text: str) -> Any:
    (definition,) = PLUGIN.definitions(documents("stack.json", text)[0])
    return plain(definition.value)


def whole(example: Example) -> str | None:
    """The text of the task definition that an example is, None when it is something else."""
    name, text = testing.source(example)
    document = documents(name, text)[0]
    found = direct.definitions(document)
    if document.faults or document.syntax != "json" or len(found) != 1:
        return None
    return text if found[0].scope == "task" and found[0].value is document.value else None


def judge(example: Example) -> Callable[[Document], list[Finding]]:
    linter = Linter(testing.settings(example), registry=REGISTRY)

    def judged(document: Document) -> list[Finding]:
        return [found for found in linter.judge(document) if found.rule.name not in OF_TEXT]

    return judged


def shown(finding: Finding) -> tuple[Any, ...]:
    places = [finding.place, *finding.related]
    return (
        finding.rule.code, finding.severity, finding.message, finding.help, finding.container,
        [(place.member, place.message, text(place)) for place in places], finding.fix is not None,
    )  # fmt: skip


def text(place: Place) -> str:
    """What is marked in the user's text, as far as it is a value that all shapes write alike."""
    document, _, start, end = place.written
    found = document.text[start:end].replace("\\", "").strip('"')
    return found.lower() if found[:1] not in "{[" else ""


def test_files_of_a_plugins_shape_are_found_in_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fargate-lint.toml").write_text(f'[plugins]\npaths = ["{FILE}"]\n')
    (tmp_path / "stack.json").write_text(
        '{"Stack": {"Web": {"Body": {"ContainerDefinitions": []}}}}'
    )
    assert main(["check", "--output-format", "json", "--select", "container-count"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["path"], found["member"], found["address"]) == (
        "/Stack/Web/Body/ContainerDefinitions", "/containerDefinitions", "Web",
    )  # fmt: skip


ALL = [
    (f"{entry.name}-{index}", example)
    for entry in REGISTRY.entries
    for index, example in enumerate(pages.examples(entry.rule))
    if whole(example)
]
EXAMPLES = [pytest.param(example, id=name) for name, example in ALL]
BAD = [pytest.param(example, id=name) for name, example in ALL if example.kind == "bad"]


@pytest.mark.parametrize("string", [False, True], ids=["inline", "string"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_shape_of_a_plugin_has_the_same_findings_at_its_own_places(
    example: Example, string: bool
) -> None:
    own = whole(example)
    assert own is not None
    other = stacked(json.loads(own), string=string)
    judged = judge(example)
    (own_document,), (document,) = documents("task.json", own), documents("stack.json", other)
    findings = judged(document)
    assert [shown(each) for each in findings] == [shown(each) for each in judged(own_document)]
    for finding in findings:
        place = finding.place
        if place.lens is not document:
            assert (place.lens.address, place.written.document) == ("Web", document)
            assert place.pointer.startswith("/Stack/Web/Body")


@pytest.mark.parametrize("string", [False, True], ids=["inline", "string"])
@pytest.mark.parametrize("example", BAD)
def test_fixes_in_a_shape_of_a_plugin_are_edits_of_its_own_text(
    example: Example, string: bool
) -> None:
    own = whole(example)
    assert own is not None
    judged = judge(example)
    expected, made = fixed("task.json", own, judged, unsafe=True)
    other = stacked(json.loads(own), string=string)
    after, made_here = fixed("stack.json", other, judged, unsafe=True)
    assert len(made_here) == len(made)
    assert unstacked(after) == json.loads(expected)


def test_the_example_of_a_page_may_have_a_plugins_shape() -> None:
    text = stacked(testing.base("plain"), string=False)
    found = testing.findings(Example("json", "good base=none", text), REGISTRY)
    assert found == []
