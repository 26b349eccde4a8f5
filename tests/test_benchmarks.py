from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

from benchmarks import definitions, growth, logs
from benchmarks.builds import Build, minima
from fargate_lint import Linter

ROOT = Path(__file__).parent.parent
NUMBERS = range(100)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def program(name: str) -> Any:
    loader = SourceFileLoader(f"benchmarks_{name}", str(ROOT / "benchmarks" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_a_definition_is_the_same_in_every_process() -> None:
    code = (
        "import json; from benchmarks import definitions as d; print(json.dumps(d.definition(7)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={"PYTHONHASHSEED": "3"}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert json.loads(run.stdout) == definitions.definition(7)


def test_definitions_differ_and_are_about_7_kb() -> None:
    texts = [json.dumps(definitions.definition(number), indent=2) for number in NUMBERS]
    assert len(set(texts)) == len(NUMBERS)
    assert all(6_000 < len(text) < 10_000 for text in texts)
    assert 6_800 < sum(map(len, texts)) / len(texts) < 7_600


def test_each_definition_is_a_task_with_one_finding_or_none(linter: Linter) -> None:
    rules = set()
    for number in NUMBERS:
        report = linter.check("task.json", json.dumps(definitions.definition(number)))
        assert [report.status, len(report.tasks), len(report.findings)] == ["checked", 1, 1]
        rules.add(report.findings[0].rule.name)
        sound = definitions.definition(number, faulty=False)
        assert linter.check("task.json", json.dumps(sound)).findings == []
    assert len(rules) > 20


def test_definitions_have_one_to_six_applications_and_all_kinds_of_destination() -> None:
    tasks = [definitions.definition(number)["containerDefinitions"] for number in NUMBERS]
    applications = [[each for each in task if "logConfiguration" in each] for task in tasks]
    assert {len(each) for each in applications} == {1, 2, 3, 4, 5, 6}
    options = [web["logConfiguration"]["options"] for each in applications for web in each]
    assert len({each["Name"] for each in options}) == len(definitions.DESTINATIONS) == 14


def test_yaml_has_the_same_finding(linter: Linter) -> None:
    for number in NUMBERS[::10]:
        task = definitions.definition(number)
        expected = linter.check("task.json", json.dumps(task)).findings
        found = linter.check("task.yaml", "\n".join(definitions.yaml_lines(task))).findings
        assert [each.message for each in found] == [each.message for each in expected]


def test_yaml_quotes_what_would_be_something_else() -> None:
    value = {"a": ["yes", "b c", "1", 1, {"x": {}, "y": [True]}], "d": "e.f"}
    assert (
        "\n".join(definitions.yaml_lines(value))
        == """\
a:
  - "yes"
  - "b c"
  - "1"
  - 1
  - x: {}
    y:
      - true
d: e.f"""
    )


def test_every_fifth_file_is_in_yaml(tmp_path: Path) -> None:
    definitions.write(tmp_path, range(10))
    assert len(list((tmp_path / "json").iterdir())) == 8
    assert [path.name for path in sorted((tmp_path / "yaml").iterdir())] == [
        "task-00004.yaml", "task-00009.yaml",
    ]  # fmt: skip


def test_kinds_of_a_quick_run_exist_and_grow() -> None:
    kinds = {name: text for name, _, _, text, _ in growth.KINDS}
    assert kinds.keys() >= growth.MAIN
    assert all(len(text(800)) > 3 * len(text(200)) for text in kinds.values())


@pytest.mark.parametrize("shape", logs.SHAPES)
def test_logs_have_the_size_asked_for(shape: str, tmp_path: Path) -> None:
    logs.write(tmp_path / "log", shape, 50_000)
    first = (tmp_path / "log").read_bytes()
    logs.write(tmp_path / "log", shape, 50_000)
    assert len(first) == 50_000
    assert (tmp_path / "log").read_bytes() == first


def test_measures_are_taken_in_turns() -> None:
    taken: list[str] = []

    def measure(name: str, figures: list[float]) -> float:
        taken.append(name)
        return figures.pop(0)

    ones, others = [3.0, 1.0], [5.0, 6.0]
    measures = {("a", ""): lambda: measure("a", ones), ("b", ""): lambda: measure("b", others)}
    assert minima(2, measures) == {("a", ""): 1.0, ("b", ""): 5.0}
    assert taken == ["a", "b", "a", "b"]


def test_only_the_first_build_has_to_keep_the_budget(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = program("run")
    builds = [Build(name, tmp_path, tmp_path) for name in ("now", "before")]
    table = run.Run(builds, tmp_path, argparse.Namespace(quick=True, only=["cold"]))
    table.row("cold", "check", [5.0, 3.0], ["5 s", "3 s"], most=4.5, aim=4)
    table.row("cold", "render", [3.0, 5.0], ["3 s", "5 s"], most=4.5)
    table.row("logs", "router", [3.0, 5.0], ["3", "5"], least=4)
    assert table.over == ["cold: check: 5 s, budget ≤ 4.5 (aim 4)"]
    assert [line.split() for line in capsys.readouterr().out.splitlines()[1:]] == [
        ["cold", "now", "before", "budget"],
        ["check", "5", "s", "3", "s", "≤", "4.5", "(aim", "4)", "over"],
        ["render", "3", "s", "5", "s", "≤", "4.5"],
    ]


def test_peers_get_the_definition_as_a_resource() -> None:
    task = {"family": "a", "containerDefinitions": [{"dockerLabels": {"team": "b"}}]}
    assert program("peers").resource(task) == {
        "Family": "a", "ContainerDefinitions": [{"DockerLabels": {"team": "b"}}],
    }  # fmt: skip
