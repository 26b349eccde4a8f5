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


def test_a_clean_file_is_checked_without_any_dear_import(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from fargate_lint.cli import main\n"
        "status = main(['check', '--isolated', sys.argv[1]])\n"
        "print(status, *sorted(set(sys.modules) - before))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(CLEAN)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    status, *loaded = run.stdout.split()
    assert status == "0"
    assert TOO_DEAR & set(loaded) == set()
