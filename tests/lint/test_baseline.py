from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from fargate_lint.cli import main
from fargate_lint.lint.ignore import baseline
from fargate_lint.lint.ignore.baseline import Baseline
from fargate_lint.lint.located import Located
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.stop import Stop

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


KNOWN = {"fingerprint": "0" * 16, "file": "a.json", "name": "volume-missing", "severity": "error"}


def test_an_entry_says_all_that_a_reader_needs_in_the_order_of_files_and_codes(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "deploy").mkdir()
    (here / "deploy" / "b.json").write_text(task("faulty", "faulty"))
    (here / "a.json").write_text(task("faulty", family="a b"))
    (here / "accepted").mkdir()
    assert main(["baseline", "-o", "accepted/known.json"]) == 0
    assert capsys.readouterr().err == "accepted/known.json: 4 findings in 2 files\n"
    text = (here / "accepted" / "known.json").read_text()
    entries = json.loads(text)["findings"]
    assert text.splitlines()[3:5] == [f"    {json.dumps(each)}," for each in entries[:2]]
    assert [(each["file"], each["code"], each["path"]) for each in entries] == [
        ("../a.json", "ECS101", "/containerDefinitions/0/volumesFrom/0/sourceContainer"),
        ("../a.json", "ECS403", "/family"),
        ("../deploy/b.json", "ECS101", "/containerDefinitions/0/volumesFrom/0/sourceContainer"),
        ("../deploy/b.json", "ECS101", "/containerDefinitions/1/volumesFrom/0/sourceContainer"),
    ]
    assert list(entries[1]) == [
        "fingerprint", "file", "code", "name", "severity", "task", "path", "message",
    ]  # fmt: skip
    assert entries[2]["task"] == "shop"
    assert entries[2]["message"] == "`volumesFrom` names `nobody`, but no container has this name"
    assert main(["check", "--baseline", "accepted/known.json"]) == 0
    assert main(["check", "--baseline", "accepted/known.json", "deploy"]) == 0


@pytest.mark.parametrize("missing", list(KNOWN))
def test_an_entry_needs_what_it_is_known_by(here: Path, missing: str) -> None:
    for odd in (None, 7, ["a"]):
        entries = [KNOWN, {**KNOWN, missing: odd}]
        (here / BASE).write_text(json.dumps({"version": 1, "findings": entries}))
        with pytest.raises(Stop) as caught:
            Baseline(BASE)
        assert caught.value.message == f"`{BASE}` is no baseline: its finding 2 is none"


def test_what_is_a_template_elsewhere_is_text_in_a_baseline(here: Path) -> None:
    (here / BASE).write_text(
        json.dumps({"version": 1, "findings": [KNOWN, {**KNOWN, "file": "${x}.json", "line": 7}]})
    )
    known = Baseline(BASE)
    assert [(each.index, each.file, each.found) for each in known.entries] == [
        (0, "a.json", False), (1, "${x}.json", False),
    ]  # fmt: skip
    assert known.entries[1].value["line"] == 7


def test_a_file_that_is_no_text_or_can_not_be_written_stops(here: Path) -> None:
    (here / BASE).write_bytes(b"\xff\xfe")
    with pytest.raises(Stop, match=f"`{BASE}` is no baseline: not UTF-8"):
        Baseline(BASE)
    with pytest.raises(Stop) as caught:
        Baseline("none.json")
    assert caught.value.help == "make it with `fargate-lint baseline -o none.json`"
    (here / BASE).write_text("[]")
    with pytest.raises(Stop) as caught:
        Baseline(BASE)
    assert caught.value.help == f"make it with `fargate-lint baseline -o {BASE}`"
    with pytest.raises(Stop) as caught:
        baseline.write("no/folder.json", [])
    assert caught.value.message == "`no/folder.json` can't be written: no such file or directory"


def found(fingerprint: str, file: str = "a.json", name: str = "volume-missing") -> Located:
    made = Located()
    made.fingerprint, made.file, made.name = fingerprint, file, name
    return made


def known(here: Path, *entries: dict[str, Any]) -> Baseline:
    (here / BASE).write_text(json.dumps({"version": 1, "findings": entries}))
    return Baseline(BASE)


def test_of_equal_entries_each_is_good_for_one_finding_and_the_first_is_found_first(
    here: Path,
) -> None:
    base = known(here, KNOWN, KNOWN, KNOWN)
    findings = [found("0" * 16), found("1" * 16), found("0" * 16)]
    assert base.match(findings) == {id(findings[0]), id(findings[2])}
    assert [each.found for each in base.entries] == [True, True, False]


def test_a_moved_file_takes_the_entries_that_are_left_of_files_that_are_gone(here: Path) -> None:
    (here / "there.json").touch()
    gone, there = {**KNOWN, "file": "gone.json"}, {**KNOWN, "file": "there.json"}
    base = known(here, there, gone, gone)
    findings = [found("0" * 16, "new.json") for _ in range(3)]
    assert base.match(findings) == {id(each) for each in findings[:2]}
    assert [each.found for each in base.entries] == [False, True, True]


def test_a_finding_about_a_broken_rule_is_never_known(here: Path) -> None:
    broken = found("0" * 16, name="broken-rule")
    assert known(here, KNOWN).match([broken]) == set()
    assert baseline.of([broken], BASE) == []


def test_an_entry_is_fixed_when_a_run_had_every_chance_to_find_it(here: Path) -> None:
    (here / "a.json").touch()
    base = known(here, KNOWN, {**KNOWN, "severity": "info"}, {**KNOWN, "file": "gone.json"})
    settings, everything = Settings(), Settings()
    everything.min_severity = "info"
    names = ["volume-missing"]

    def fixed(*checked: tuple[str, Settings], names: list[str] = names) -> list[int]:
        return [each.index for each in base.fixed(checked, names)]

    assert fixed() == [2]
    assert fixed(("a.json", settings)) == [0, 2]
    assert fixed((str(here / "a.json"), everything)) == [0, 1, 2]
    assert fixed(("b.json", everything)) == [2]
    assert fixed(("a.json", everything), names=["other"]) == []
    base.entries[0].found = True
    assert fixed(("a.json", settings)) == [2]


def test_an_entry_that_nothing_needs_is_judged_like_an_ignore(here: Path) -> None:
    base = known(here, KNOWN, KNOWN)
    (ignore,) = base.ignores(base.entries[1:])
    assert (ignore.kind, ignore.rule, ignore.reason) == ("baseline", "volume-missing", "known")
    assert (ignore.place, ignore.unused) == (("findings", 1), True)
    assert ignore.document.name == BASE


def test_files_are_named_from_the_folder_of_the_baseline(here: Path) -> None:
    assert baseline.relative("a/b.json", str(here)) == "a/b.json"
    assert baseline.relative("a.json", str(here / "x" / "y")) == "../../a.json"
    assert baseline.relative("<stdin>", str(here / "x")) == "<stdin>"
