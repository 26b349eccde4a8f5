from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def docs() -> Any:
    return script("docs")


@pytest.fixture
def new_rule() -> Any:
    return script("new_rule")


def test_docs_has_a_page_for_each_rule_and_an_index(docs: Any, tmp_path: Path) -> None:
    from fargate_lint_rules.plugin import fargate_lint_rules

    assert docs.main([], tmp_path) == 0
    names = {rule.name for rule in fargate_lint_rules()}
    assert {path.stem for path in (tmp_path / "docs/rules").iterdir()} == {*names, "index"}
    page = (tmp_path / "docs/rules/launcher-missing-double-dash.md").read_text()
    assert page.startswith(
        "# launcher-missing-double-dash\n\n`LCH101` · **error** · since 0.1.0 · `--fix`\n"
    )
    assert page.endswith(
        "\n---\n\n[All rules](index.md) · "
        "[Source](../../rules/fargate_lint_rules/launcher/launcher_missing_double_dash.py)\n"
    )
    index = (tmp_path / "docs/rules/index.md").read_text()
    assert "\n## The launcher, `fluent-launch` (LCH)\n\n| Code | Rule |" in index
    name = "launcher-missing-double-dash"
    assert f"\n| LCH101 | [{name}]({name}.md) | error | safe | " in index
    assert all(f"({name}.md)" in index for name in names)


def test_docs_that_are_stale_are_named(
    docs: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs.main([], tmp_path)
    capsys.readouterr()
    assert docs.main(["--check"], tmp_path) == 0
    assert capsys.readouterr().out == ""
    pages = tmp_path / "docs/rules"
    (pages / "index.md").write_text("old")
    (pages / "launcher-missing-double-dash.md").unlink()
    (pages / "former-rule.md").write_text("old")
    assert docs.main(["--check"], tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [
        "docs/rules/launcher-missing-double-dash.md: missing",
        "docs/rules/index.md: changed",
        "docs/rules/former-rule.md: no rule has this page",
    ]
    assert (pages / "index.md").read_text() == "old"
    docs.main([], tmp_path)
    assert not (pages / "former-rule.md").exists()
    assert docs.main(["--check"], tmp_path) == 0


@pytest.mark.slow
def test_blocks_of_the_readme_are_what_the_program_says(docs: Any, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        "Before\n<!-- docs: fargate-lint rules --help -->\nold\n<!-- /docs -->\nAfter\n"
    )
    docs.main([], tmp_path)
    assert (tmp_path / "README.md").read_text() == (
        """\
Before
<!-- docs: fargate-lint rules --help -->
```console
$ fargate-lint rules --help
usage: fargate-lint rules [-h] [--format {text,json}] [--config FILE]
                          [--no-plugins] [--test FILE]

list the rules

options:
  -h, --help            show this help message and exit
  --format {text,json}
  --config FILE         the configuration that names plugins
  --no-plugins          load no plugins, not even installed ones
  --test FILE           run the examples of its `[[rule]]`s
```
<!-- /docs -->
After
"""
    )


def test_a_crash_is_never_written_down(
    docs: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("<!-- docs: fargate-lint rules -->\nold\n<!-- /docs -->\n")
    monkeypatch.setattr(
        docs.subprocess,
        "run",
        lambda *_, **__: SimpleNamespace(stdout=f"{docs.CRASH}:\n  …\nKeyError: 1\n"),
    )
    assert docs.main([], tmp_path) == 2
    assert "`fargate-lint rules` crashed: KeyError: 1" in capsys.readouterr().err
    assert "old" in readme.read_text()


def test_short_and_long_options_are_written_as_newer_pythons_do(docs: Any) -> None:
    assert docs.shorter("  -j N, --jobs N   x\n") == "  -j, --jobs N     x\n"
    assert docs.shorter("  -j N, --jobs N\n") == "  -j, --jobs N\n"


def test_failure_modes_are_a_table_by_section(docs: Any, tmp_path: Path) -> None:
    rule = "launcher-missing-double-dash"
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures/modes.json").write_text(
        json.dumps(
            [
                {"section": "B", "mode": "No `--`", "rule": rule, "broken": "err/a.json"},
                {"section": "A", "mode": "a|b", "rule": rule, "broken": "err/b.json"},
                {"section": "B", "mode": "Other", "rule": "LCH101", "broken": "err/c.json"},
            ]
        )
    )
    (tmp_path / "docs").mkdir()
    block = "<!-- docs: failure modes -->\n<!-- /docs -->"
    (tmp_path / "README.md").write_text(block)
    (tmp_path / "docs/more.md").write_text(block)
    docs.main([], tmp_path)
    page = f"[{rule}](docs/rules/{rule}.md)"
    assert (tmp_path / "README.md").read_text() == (
        f"""\
<!-- docs: failure modes -->
| | What goes wrong | Found by | Try it |
|---|---|---|---|
| **B** | No `--` | {page} | [a.json](fixtures/err/a.json) |
|  | Other | {page} | [c.json](fixtures/err/c.json) |
| **A** | a\\|b | {page} | [b.json](fixtures/err/b.json) |
<!-- /docs -->"""
    )
    assert (
        f"| [{rule}](rules/{rule}.md) | [a.json](../fixtures/err/a.json) |"
        in (tmp_path / "docs/more.md").read_text()
    )


def test_a_block_that_nobody_can_make_is_an_error(
    docs: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("<!-- docs: poems -->\n<!-- /docs -->")
    assert docs.main([], tmp_path) == 2
    assert capsys.readouterr().err.startswith("error: there is no way to make `poems`\n")


def test_a_new_rule_is_in_its_family_and_fails_until_it_is_filled_in(
    new_rule: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from fargate_lint.lint.registry import Registry
    from fargate_lint.testing import failures

    assert new_rule.main(["LCH999", "launcher-of-v2"], tmp_path) == 0
    path = tmp_path / "rules/fargate_lint_rules/launcher/launcher_of_v2.py"
    assert capsys.readouterr().out.startswith(
        "rules/fargate_lint_rules/launcher/launcher_of_v2.py\n"
    )
    spec = importlib.util.spec_from_file_location("launcher_of_v2", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rule = module.LauncherOfV2
    assert (rule.code, rule.name, rule.severity) == ("LCH999", "launcher-of-v2", "warning")
    from fargate_lint_rules.plugin import fargate_lint_rules

    registry = Registry()
    registry.add("fargate_lint", [*fargate_lint_rules(), rule])
    assert [words.partition("\n")[0] for words in failures(rule, registry)] == [
        "launcher-of-v2: nothing is reported about the bad example"
    ]


@pytest.mark.slow
def test_a_new_rule_is_in_house_style(new_rule: Any, tmp_path: Path) -> None:
    import subprocess
    import sys

    new_rule.main(["LCH999", "launcher-of-v2"], tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = str(tmp_path / "rules/fargate_lint_rules/launcher/launcher_of_v2.py")
    for words in (["check", "--ignore", "INP001"], ["format", "--check"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *words, "--no-cache", path],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["LCH101"], "usage: new_rule.py CODE NAME (1 words given)"),
        (["LCH1", "x"], "error: `LCH1` is no code: three capital letters and three digits"),
        (["XYZ101", "x"], "error: `XYZ` is no family: one of DOC, ECS"),
        (["LCH999", "Not_A_Name"], "error: `Not_A_Name` is no name: small letters"),
        (["LCH101", "x"], "error: `LCH101` is taken by rule launcher-missing-double-dash"),
        (["LCH999", "entrypoint-not-array"], "error: `entrypoint-not-array` is taken by rule"),
    ],
)
def test_a_new_rule_needs_a_free_code_and_name(
    words: list[str],
    answer: str,
    new_rule: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert new_rule.main(words, tmp_path) == 2
    assert capsys.readouterr().err.startswith(answer)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept(
    new_rule: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_rule.main(["LCH999", "launcher-of-v2"], tmp_path) == 0
    assert new_rule.main(["LCH998", "launcher-of-v2"], tmp_path) == 2
    assert capsys.readouterr().err.endswith("launcher_of_v2.py is already there\n")
