from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from fargate_lint.lint.registry import load

ROOT = Path(__file__).parent.parent
PLUGIN = ROOT / "examples" / "plugin"


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text)
    return str(path)


RULE = """
from fargate_lint.lint.rule import Rule

class NoDots(Rule):
    code = "{code}"
    name = "{name}"
    def check_task(self, task):
        {body}

def fargate_lint_rules():
    return [NoDots]
"""


def test_a_plugin_by_path_gives_its_rules_beside_the_built_in_ones(tmp_path: Path) -> None:
    path = write(
        tmp_path, "dots.py", RULE.format(code="DOT101", name="dots", body="self.report(task, 'x')")
    )
    registry = load(paths=[path])
    assert registry.problems == []
    assert registry.plugin_of(registry.named("dots")) == path
    assert registry.plugin_of(registry.named("launcher-missing-double-dash")) == "fargate_lint"


def test_a_plugin_that_cannot_be_imported_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    broken = write(tmp_path, "broken.py", "import nothing_of_that_name")
    raising = write(tmp_path, "raising.py", "def fargate_lint_rules():\n    raise ValueError('no')")
    registry = load(paths=[broken, raising])
    reason = "ModuleNotFoundError: No module named 'nothing_of_that_name'"
    assert registry.problems == [
        f"plugin `{broken}` can't be loaded: {reason}",
        f"plugin `{raising}` failed: ValueError: no",
    ]
    assert registry.named("launcher-missing-double-dash")


def test_a_rule_with_the_name_of_another_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "same.py", RULE.format(code="LCH101", name="mine", body="pass"))
    registry = load(paths=[path])
    assert registry.problems == [
        f"plugin `{path}`: rule `LCH101` is already defined by plugin `fargate_lint`"
    ]


def test_something_that_is_no_rule_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "odd.py", "def fargate_lint_rules():\n    return ['odd']")
    assert load(paths=[path]).problems == [
        f"plugin `{path}`: 'odd' is not a subclass of fargate_lint.lint.rule.Rule"
    ]


def test_a_rule_that_raises_is_one_finding_and_the_exit_status_is_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from fargate_lint.cli import main

    write(tmp_path, "bad.py", RULE.format(code="BAD101", name="bad-rule", body="task.nothing"))
    config = write(tmp_path, "fargate-lint.toml", '[plugins]\npaths = ["bad.py"]\n')
    task = shutil.copy(ROOT / "fargate_lint/data/examples/agent.json", tmp_path / "task.json")
    status = main(["check", "--config", config, "--output-format", "concise", str(task)])
    out = capsys.readouterr().out
    assert status == 4
    assert out.count("\n") == 1
    assert "broken-rule" in out
    assert "rule `bad-rule` of plugin" in out
    assert "AttributeError at bad.py:8" in out


@pytest.mark.slow
def test_the_example_plugin_works_once_it_is_installed(tmp_path: Path) -> None:
    # The packages of this environment stay visible, so that nothing has to be downloaded.
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    paths = [path for path in sys.path if "site-packages" in path]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules"), *paths]),
    }
    target = tmp_path / "plugin"
    shutil.copytree(PLUGIN, target)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation",
         "--disable-pip-version-check", "--target", str(tmp_path / "site"), str(target)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    environment["PYTHONPATH"] += os.pathsep + str(tmp_path / "site")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), *words], capture_output=True, text=True, check=False,
            env=environment, cwd=target,
        )  # fmt: skip

    listed = run("-m", "fargate_lint", "rules", "--format", "json")
    assert '"plugin": "acme"' in listed.stdout
    page = run("-m", "fargate_lint", "explain", "acme-team-label-missing")
    assert "whom to call at night" in page.stdout
    base = str(ROOT / "fargate_lint/data/examples/plain.json")
    checked = run(
        "-m", "fargate_lint", "check", "--select", "ACM", "--output-format", "concise", base
    )
    assert checked.returncode == 1, checked.stderr
    assert "ACM101" in checked.stdout
    tests = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "tests")
    assert tests.returncode == 0, tests.stdout
