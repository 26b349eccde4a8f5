"""The targets of the fuzzer: sound inputs crash none of them, and a broken promise is a crash."""

from __future__ import annotations

import json
import sys
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint import Linter, cli
from fargate_lint.lint.linter import Report
from fargate_lint.lint.registry import load

if not sys.platform.startswith("linux"):
    pytest.skip("the limits of an input are those of Linux", allow_module_level=True)

from fuzz import __main__ as program
from fuzz import judge as judging
from fuzz.judge import judge, keep, place
from fuzz.mutation import Mutator
from fuzz.target import BETWEEN, Broken, joined
from fuzz.targets import TARGETS, findings, outputs, settings

if TYPE_CHECKING:
    from pathlib import Path

DEFINITION = findings.EXAMPLE


def fails(*_: object) -> Any:
    raise KeyError("x")


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_crash_nothing(name: str) -> None:
    target = TARGETS[name]
    seeds = list(islice(target.seeds(), 0, 30, 6))
    assert seeds
    for seed in seeds:
        assert judge(target.run, seed) is None


def test_a_rule_that_fails_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(rule for rule in load().rules if rule.name == "floating-image-tag")
    monkeypatch.setattr(rule, "check_task", fails)
    # The one that is kept has its rules ready.
    monkeypatch.setattr(findings, "linter", Linter)
    error = judge(TARGETS["check-json"].run, settings.SUBJECT)
    assert isinstance(error, Broken)
    assert "floating-image-tag" in str(error)


def test_a_secret_in_an_output_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "planted", lambda value: {**value, "family": outputs.CORE})
    error = judge(TARGETS["secrets"].run, DEFINITION)
    assert isinstance(error, Broken)
    assert "a secret shows in" in str(error)


def test_status_4_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "main", lambda _: 4)
    assert str(judge(TARGETS["secrets"].run, DEFINITION)) == "status 4"


def test_a_fix_that_goes_on_for_ever_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(rule=load().rules[0])
    monkeypatch.setattr(Report, "fixing", lambda self, **_: (self.document.text + " ", [made]))
    error = judge(TARGETS["fixes-json"].run, DEFINITION)
    assert "fixing again changes something" in str(error)


def test_an_endless_input_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "LONGEST", 0.05)

    def run(_: bytes) -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001  (a rule that fails is caught in the same way)
                return

    assert isinstance(judge(run, b""), judging.TooSlow)


def test_the_shortest_input_of_a_cause_is_kept(tmp_path: Path) -> None:
    error = judge(json.loads, b"{")
    assert error is not None
    for data in (b"{{{{", b"{", b"{{"):
        cause, path = keep(tmp_path, data, error)
    assert path.read_bytes() == b"{"
    assert path.with_suffix(".txt").read_text().startswith(f"{cause}\n\nTraceback")
    assert sorted(tmp_path.iterdir()) == [path, path.with_suffix(".txt")]


def test_crashes_of_one_cause_have_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "checked", fails)
    errors = [judge(TARGETS[name].run, DEFINITION) for name in ("check-json", "check-yaml")]
    places = {place(error) for error in errors if error}
    assert len(places) == 1
    assert places.pop().startswith("KeyError at fuzz/targets/findings.py:")


@given(st.integers(0, 2**32), st.sampled_from([20, 200, 8192]))
def test_inputs_are_made_of_inputs_and_not_too_long(seed: int, longest: int) -> None:
    log = b"one\ntwo\nthree"
    mutator = Mutator([DEFINITION, log], lambda data, most: (data + b"!")[:most], lines=True)
    made = mutator(joined(DEFINITION, log), longest, seed)
    assert made
    assert len(made) <= longest
    assert mutator(joined(DEFINITION, log), longest, seed) == made
    if longest > 4000:
        assert len(made.split(BETWEEN)) >= 2


def test_without_the_fuzzer_it_is_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "atheris", None)
    assert program.main(["--time", "1"]) == 0
    assert capsys.readouterr().out.startswith("fuzz: skipped, no atheris for Python 3")


def test_a_kept_input_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "limit_memory", lambda: None)
    kept = tmp_path / "kept"
    kept.write_bytes(DEFINITION)
    assert program.main(["--target", "check-json", str(kept)]) == 0
    assert capsys.readouterr().out == f"{kept}: no crash\n"
    with pytest.raises(SystemExit):
        program.main([str(kept)])
    assert "name the one --target" in capsys.readouterr().err
