from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parent.parent
FAULTY = '{"family": "a b", "containerDefinitions": [{"name": "web", "image": "a:1", "cpu": 1}]}'
CLEAN = FAULTY.replace("a b", "ab")
DOCS = sorted((ROOT / "docs").glob("*.md"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash"),
]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A checkout of somebody's, with one faulty task definition."""
    folder = tmp_path / "work"
    (folder / "deploy").mkdir(parents=True)
    (folder / "deploy" / "task.json").write_text(FAULTY)
    return folder


@pytest.fixture
def run(tmp_path: Path, work: Path) -> Run:
    """Runs a script as a CI server does. What would install something only says so."""
    tools = tmp_path / "bin"
    tools.mkdir()
    ours = f'exec "{sys.executable}" -m fargate_lint "$@"\n'
    said = 'echo "$(basename "$0") $*" >> "$TOOLS.log"\n'
    made = 'mkdir -p "$3/bin" && cp "$TOOLS/pip" "$TOOLS/fargate-lint" "$3/bin"\n'
    for name, body in (
        ("pip", said),
        ("fargate-lint", ours),
        ("python3", said + made),
        ("buildkite-agent", f'{said}cat >> "$TOOLS.log"\n'),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{body}")
        (tools / name).chmod(0o755)
    environment = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")]),
        "TOOLS": str(tools),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "HOME": str(tmp_path),
    }

    def _run(script: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=work,
            env={**environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    return _run


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text())


def as_github(run: Run, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the steps of the action one after the other, with its inputs."""
    described = action()
    values = {name: entry["default"] for name, entry in described["inputs"].items()} | inputs
    for step in described["runs"]["steps"]:
        given = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], value)
            for name, value in step.get("env", {}).items()
        }
        done = run(step["run"], **given)
        if done.returncode:
            break
    return done


def test_the_action_annotates_sums_up_and_writes_sarif(
    run: Run, work: Path, tmp_path: Path
) -> None:
    done = as_github(run, paths="deploy", sarif="out.sarif", args="--select\nECS")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=deploy/task.json,line=1,")
    assert (tmp_path / "output").read_text() == "status=1\n"
    assert "fargate-lint: 1 error in 1 file" in (tmp_path / "summary.md").read_text()
    log = json.loads((work / "out.sarif").read_text())
    assert len(log["runs"][0]["results"]) == 1
    assert (
        f"install --quiet --disable-pip-version-check {ROOT}" in (tmp_path / "bin.log").read_text()
    )


def test_the_action_takes_a_baseline_and_a_limit(run: Run, work: Path, tmp_path: Path) -> None:
    assert run("fargate-lint baseline -o base.json deploy").returncode == 0
    assert as_github(run, baseline="base.json").returncode == 0
    assert as_github(run, **{"fail-on": "never"}).returncode == 0
    (work / "deploy" / "task.json").write_text(CLEAN)
    assert as_github(run, paths="deploy").stdout == ""
    assert (tmp_path / "output").read_text() == "status=0\n" * 3


def test_what_an_input_of_the_action_holds_is_never_run(run: Run, work: Path) -> None:
    evil = "$(touch pwned); `touch pwned`\"; touch pwned #'\n--config=x\n; touch pwned"
    as_github(run, paths=evil, args="", baseline=evil, sarif=evil)
    assert not (work / "pwned").exists()
    for step in action()["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_gitlab_gets_its_two_reports(run: Run, work: Path) -> None:
    job = yaml.safe_load((ROOT / "templates" / "gitlab-ci.yml").read_text())["fargate-lint"]
    done = run("\n".join(job["script"]), **job["variables"])
    assert done.returncode == 1, done.stderr
    assert "error[ECS" in done.stdout
    reports = job["artifacts"]["reports"]
    violations = json.loads((work / reports["codequality"]).read_text())
    assert violations[0]["location"]["path"] == "deploy/task.json"
    assert "<failure" in (work / reports["junit"]).read_text()


def test_buildkite_gets_an_annotation_before_it_fails(run: Run, work: Path, tmp_path: Path) -> None:
    step = yaml.safe_load((ROOT / "templates" / "buildkite.yml").read_text())["steps"][0]
    done = run("\n".join(step["commands"]))
    assert done.returncode == 1, done.stderr
    assert "### fargate-lint: 1 error" in (tmp_path / "bin.log").read_text()
    assert (work / step["artifact_paths"]).exists()


def test_jenkins_gets_its_report(run: Run, work: Path) -> None:
    text = (ROOT / "templates" / "Jenkinsfile").read_text()
    lines = re.findall(r"sh '([^']*)'", text)
    assert len(lines) == 2
    assert [run(line).returncode for line in lines] == [0, 1]
    report = re.search(r"junit '([^']*)'", text)
    assert report
    assert "<failure" in (work / report[1]).read_text()


def test_the_container_runs_check(run: Run) -> None:
    text = (ROOT / "templates" / "Dockerfile").read_text()
    words = [json.loads(line.split(" ", 1)[1]) for line in text.splitlines() if line[-1:] == "]"]
    assert words == [["fargate-lint"], ["check"]]
    assert run(" ".join(word for part in words for word in part)).returncode == 1


@pytest.mark.parametrize("path", [*DOCS, ROOT / "README.md"], ids=lambda path: path.stem)
def test_the_shell_lines_of_a_page_run(run: Run, work: Path, path: Path) -> None:
    shutil.copy(ROOT / "fixtures" / "ok" / "mdr.json", work / "task.json")
    shutil.copy(ROOT / "fixtures" / "ok" / "extra.conf", work)
    shutil.copy(ROOT / "examples" / "ticket" / "log_router.log", work / "router.log")
    shutil.copy(ROOT / "examples" / "sam" / "template.yaml", work)
    shutil.copytree(ROOT / "examples" / "cdk" / "cdk.out", work / "cdk.out")
    (work / "parameters.json").write_text('{"Stage": "prod"}')
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["commit", "-qm", "all"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        subprocess.run([*git, *words], cwd=work, check=True, capture_output=True)
    for block in re.findall(r"```sh\n(.*?)```", path.read_text(), re.DOTALL):
        for line in block.splitlines():
            if path.stem == "README" and not line.startswith("fargate-lint "):
                # It installs, or asks AWS.
                continue
            done = run(line)
            assert done.returncode in {0, 1}, f"{line}: {done.stderr}"
            assert "error: " not in done.stderr


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.stem)
def test_configurations_of_a_page_are_accepted(run: Run, work: Path, path: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", path.read_text(), re.DOTALL):
        (work / "fargate-lint.toml").write_text(block)
        done = run("fargate-lint check --show-settings")
        assert done.returncode == 0, f"{block}: {done.stderr}"
