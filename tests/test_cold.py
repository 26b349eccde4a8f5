from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CLEAN = ROOT / "fargate_lint" / "data" / "examples" / "cloudwatch.json"
#: Each of these would cost more of a cold start than all rules together.
TOO_DEAR = {
    "concurrent.futures",
    "dataclasses",
    "difflib",
    "importlib.metadata",
    "inspect",
    "jsonpath_ng",
    "logging",
    "multiprocessing",
    "pathlib",
    "pluggy",
    "rich",
    "tomllib",
    "typing",
    "yaml",
}


#: Only for what can be fixed, and where somebody wants to know how.
OF_FIXES = {
    "fargate_lint.lint.fixing",
    "fargate_lint.source.bracketed",
    "fargate_lint.source.edits",
    "fargate_lint.source.indented",
}


def _checked(path: Path, folder: Path) -> tuple[str, set[str]]:
    """The status of a check in a process of its own, and the modules that it has loaded."""
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from fargate_lint.cli import main\n"
        "status = main(['check', '--isolated', sys.argv[1]])\n"
        "print(status, *sorted(set(sys.modules) - before))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    status, *loaded = run.stdout.splitlines()[-1].split()
    return status, set(loaded)


def test_a_clean_file_is_checked_without_any_dear_import(tmp_path: Path) -> None:
    status, loaded = _checked(CLEAN, tmp_path)
    assert status == "0"
    assert (TOO_DEAR | OF_FIXES) & loaded == set()


def test_a_report_without_fixes_does_not_look_for_them(tmp_path: Path) -> None:
    path = tmp_path / "task.json"
    path.write_text(CLEAN.read_text().replace('"512"', "512"))
    status, loaded = _checked(path, tmp_path)
    assert status == "1"
    assert OF_FIXES & loaded == set()
