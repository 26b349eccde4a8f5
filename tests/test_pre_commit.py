from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="pre-commit installs from a checkout"),
]


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hook's repository: a copy of what git knows, so that nothing else gets in."""
    copy = tmp_path_factory.mktemp("hook")
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in files:
        if name.startswith(("fargate_lint/", "rules/", "scripts/")) or "/" not in name:
            target = copy / name
            if name and (ROOT / name).is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target)
    git(copy, "init", "-q")
    git(copy, "add", "-A")
    git(copy, "commit", "-q", "-m", "hook")
    return copy


def try_hook(
    hook: Path, work: Path, home: Path, name: str = "fargate-lint", *more: str
) -> tuple[int, str]:
    git(work, "init", "-q")
    git(work, "add", "-A")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(hook), name, "--all-files",
         "--color=never", *more],
        cwd=work, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_the_hook_reports_a_faulty_task_definition(hook: Path, home: Path, tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "err" / "launcher-missing-double-dash.json", tmp_path / "task.json")
    status, said = try_hook(hook, tmp_path, home)
    assert status == 1
    assert "launcher-missing-double-dash" in said
    assert "task.json" in said


def test_the_hook_passes_over_everything_that_is_something_else(
    hook: Path, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "package.json").write_text(json.dumps({"name": "shop", "version": "1.0.0"}))
    (tmp_path / "compose.yaml").write_text("services:\n  web:\n    image: web:1\n")
    (tmp_path / "broken.json").write_text('{"name": ')
    status, said = try_hook(hook, tmp_path, home)
    assert status == 0, said
    assert said.rstrip().endswith("Passed"), said


def test_the_hook_is_content_with_a_right_task_definition(
    hook: Path, home: Path, tmp_path: Path
) -> None:
    shutil.copy(FIXTURES / "ok" / "cloudwatch.json", tmp_path / "task.json")
    status, said = try_hook(hook, tmp_path, home)
    assert status == 0, said


def test_the_manual_hook_explains_what_would_go_wrong(
    hook: Path, home: Path, tmp_path: Path
) -> None:
    shutil.copy(FIXTURES / "err" / "launcher-missing-double-dash.json", tmp_path / "task.json")
    manual = ("fargate-lint-explain", "--hook-stage", "manual")
    status, said = try_hook(hook, tmp_path, home, *manual)
    assert status == 0, said
    assert "Most likely: Launcher command lacks the separating --" in said
    assert "insert `--` before `-F`" in said


def test_a_commit_does_not_run_the_manual_hook(hook: Path, home: Path, tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "err" / "launcher-missing-double-dash.json", tmp_path / "task.json")
    _, said = try_hook(hook, tmp_path, home, "fargate-lint-explain")
    assert "Launcher command lacks" not in said
