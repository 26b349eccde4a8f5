from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from fargate_lint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ERR = Path(__file__).parent.parent.parent / "fixtures" / "err"
TREE = 200
BASE = "base.json"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str], str]]:
    """Exit status, findings as `file CODE`, and what stderr says."""

    def _run(*words: str) -> tuple[int, list[str], str]:
        capsys.readouterr()
        status = main(["check", "--output-format", "jsonl", "-j1", *words])
        out, err = capsys.readouterr()
        found = [json.loads(line) for line in out.splitlines()]
        return status, [f"{finding['file']} {finding['code']}" for finding in found], err

    return _run


def task(*images: str, family: str = "shop") -> str:
    containers = [
        {"name": f"web{number}", "image": image, "essential": True, "volumesFrom": volumes}
        for number, image in enumerate(images)
        for volumes in ([{"sourceContainer": "nobody"}] if image == "faulty" else [],)
    ]
    return json.dumps({"family": family, "containerDefinitions": containers})


def shuffled(value: Any, randomly: random.Random) -> Any:
    """The same task definition with everything in another order that may be."""
    if isinstance(value, dict):
        items = list(value.items())
        randomly.shuffle(items)
        return {key: shuffled(item, randomly) for key, item in items}
    if isinstance(value, list):
        items = [shuffled(item, randomly) for item in value]
        if all(isinstance(item, dict) and "name" in item for item in items):
            randomly.shuffle(items)
        return items
    return value


def definitions() -> list[tuple[str, Any]]:
    """Faulty task definitions."""
    found = []
    for path in sorted(ERR.glob("*.json")):
        try:
            value = json.loads(path.read_text())
        except ValueError:
            continue
        if isinstance(value, dict) and "family" in value:
            found.append((path.stem, value))
    return found


def test_reordered_and_reindented_files_have_nothing_new(
    here: Path, run: Callable[..., tuple[int, list[str], str]]
) -> None:
    randomly = random.Random(6)  # noqa: S311  (no secret)
    known = definitions()
    tree = {}
    for number in range(TREE):
        name, value = known[number % len(known)]
        tree[f"{name}-{number}.json"] = {**value, "family": f"{name}-{number}"}
    for name, value in tree.items():
        (here / name).write_text(json.dumps(value, indent=2))
    status, before, _ = run()
    assert status == 1
    assert len(before) > TREE / 2
    assert main(["baseline", "-o", BASE]) == 0
    for name, value in tree.items():
        indent = randomly.choice([None, 1, 4, "\t"])
        (here / name).write_text(json.dumps(shuffled(value, randomly), indent=indent))
    assert run("--baseline", BASE) == (0, [], "")
    name = next(iter(tree))
    planted = tree[name]
    mount = {"sourceVolume": "nowhere", "containerPath": "/x"}
    planted["containerDefinitions"][0].setdefault("mountPoints", []).append(mount)
    (here / name).write_text(json.dumps(shuffled(planted, randomly)))
    status, found, _ = run("--baseline", BASE)
    assert status == 1
    assert len(found) == 1
    assert found[0].startswith(f"{name} ECS")


def test_each_known_finding_is_good_for_one(
    here: Path, run: Callable[..., tuple[int, list[str], str]]
) -> None:
    (here / "a.json").write_text(task("faulty"))
    assert main(["baseline", "-o", BASE]) == 0
    (here / "b.json").write_text(task("faulty"))
    status, found, _ = run("--baseline", BASE)
    assert status == 1
    assert {line.split()[0] for line in found} == {"b.json"}


@pytest.mark.parametrize("kept", ["faulty", "mended"])
def test_a_finding_of_a_file_that_is_there_is_no_other_file_s(
    kept: str, here: Path, run: Callable[..., tuple[int, list[str], str]]
) -> None:
    (here / "b.json").write_text(task("faulty"))
    assert main(["baseline", "-o", BASE]) == 0
    (here / "b.json").write_text(task(kept))
    # It comes first.
    (here / "a.json").write_text(task("faulty"))
    status, found, _ = run("--baseline", BASE)
    assert status == 1
    assert {line.split()[0] for line in found} == {"a.json"}


def test_a_file_written_anew_in_yaml_is_known_again(
    here: Path, run: Callable[..., tuple[int, list[str], str]]
) -> None:
    (here / "a.json").write_text(task("faulty", "faulty"))
    assert main(["baseline", "-o", BASE]) == 0
    (here / "a.yaml").write_text(yaml.safe_dump(json.loads((here / "a.json").read_text())))
    (here / "a.json").unlink()
    assert run("--baseline", BASE) == (0, [], "")


def test_a_file_that_was_moved_is_known_again(
    here: Path, run: Callable[..., tuple[int, list[str], str]]
) -> None:
    (here / "a.json").write_text(task("faulty"))
    assert main(["baseline", "-o", BASE]) == 0
    (here / "deploy").mkdir()
    (here / "a.json").rename(here / "deploy" / "b.json")
    assert run("--baseline", BASE) == (0, [], "")


def test_what_is_fixed_is_told_and_can_be_taken_out(
    here: Path, run: Callable[..., tuple[int, list[str], str]], capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a.json").write_text(task("faulty"))
    (here / "b.json").write_text(task("faulty", family="other"))
    assert main(["baseline", "-o", BASE]) == 0
    assert capsys.readouterr().err == f"{BASE}: 2 findings in 2 files\n"
    (here / "a.json").write_text(task("mended"))
    note = (
        f"note: 1 of 2 findings of `{BASE}` are fixed: `fargate-lint baseline --prune -o {BASE}`\n"
    )
    assert run("--baseline", BASE) == (0, [], note)
    assert run("--baseline", BASE, "-q") == (0, [], "")
    assert run("--baseline", BASE, "b.json") == (0, [], "")
    assert run("--baseline", BASE, "--select", "LCH", "a.json") == (0, [], "")
    status, found, _ = run("--baseline", BASE, "--min-severity", "info", "--select", "ECS,CFG")
    assert (status, found) == (0, [f"{BASE} CFG101"])
    assert main(["baseline", "--prune", "-o", BASE]) == 0
    assert capsys.readouterr().err == f"{BASE}: 1 fixed and taken out, 1 finding left\n"
    assert run("--baseline", BASE) == (0, [], "")


def test_known_findings_can_be_shown(
    here: Path, run: Callable[..., tuple[int, list[str], str]], capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a.json").write_text(task("faulty"))
    assert main(["baseline", "-o", BASE]) == 0
    capsys.readouterr()
    assert (
        main(["check", "--baseline", BASE, "--show-suppressed", "--output-format", "concise"]) == 0
    )
    assert "by the baseline: base.json" in capsys.readouterr().out
    status, _, _ = run("--baseline", BASE)
    assert status == 0


def test_locked_rules_are_reported_all_the_same(
    here: Path, run: Callable[..., tuple[int, list[str], str]], capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a.json").write_text(task("faulty"))
    assert main(["baseline", "-o", BASE]) == 0
    (here / "fargate-lint.toml").write_text('locked = ["ECS", "LCH"]')
    status, found, said = run("--baseline", BASE)
    assert status == 1
    assert len(found) == 1
    assert said == ""
    assert main(["baseline", "-o", BASE]) == 0
    assert capsys.readouterr().err == (
        f"{BASE}: 0 findings in 0 files\nnote: 1 finding of locked rules can't be accepted\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "can't be read: no such file or directory"),
        ("", "is no baseline"),
        ("[]", "is no baseline"),
        ('{"findings": []}', "is a baseline of version None, not 1"),
        ('{"version": 2, "findings": []}', "is a baseline of version 2, not 1"),
        ('{"version": 1, "findings": [1]}', "is no baseline: its finding 1 is none"),
        ('{"version": 1, "findings": [{"file": "a"}]}', "is no baseline: its finding 1 is none"),
    ],
)
def test_what_is_no_baseline_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    if text is not None:
        (here / "x.json").write_text(text)
    assert main(["check", "--baseline", "x.json"]) == 2
    assert capsys.readouterr().err.startswith(f"error: `x.json` {said}\n")


def test_a_baseline_of_nothing_is_one(
    here: Path, run: Callable[..., tuple[int, list[str], str]]
) -> None:
    (here / "a.json").write_text(task("web:1.2.3"))
    assert main(["baseline", "-o", BASE]) == 0
    assert (here / BASE).read_text() == '{\n  "version": 1,\n  "findings": []\n}\n'
    assert run("--baseline", BASE) == (0, [], "")
