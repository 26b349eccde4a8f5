"""Puts small bugs into one room with mutmut, one at a time, and says which of them no test notices.

    python scripts/mutants.py ecs [--sample 200 [--seed 2]] [--again] [--tests tests/ecs]

ROOM is a folder or a module of `fargate_lint` (`ecs`, `launch/reach`). Work and results stay in
`.mutants/ROOM`, where `mutmut browse` shows them. A mutant survives when it passes all tests of
its room's folder, and those of ALSO, that run its function. mutmut leaves alone what stands
outside functions and what is decorated (properties, for one).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = [
    "benchmarks", "docs", "examples", "fixtures", "fuzz", "rules", "scripts", "templates",
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "action.yml", "mkdocs.yml", ".ci",
    ".github", ".pre-commit-hooks.yaml",
]  # fmt: skip
#: Tests in other folders. Few: pytest takes seconds to find thousands of tests by their names.
ALSO = {
    "ecs": ["tests/inputs/test_direct.py", "tests/launch/test_images.py",
            "tests/rules/test_image_references.py", "tests/rules/test_shape_rules.py"],
    "launch": ["tests/inputs/test_fluent_bit.py", "tests/rules/test_fluentbit_problems.py"],
    "lint": ["tests/api/test_linter.py", "tests/commands/test_fix.py", "tests/test_hooks.py",
             "tests/commands/test_gate_options.py", "tests/report/test_json_report.py"],
    # Thousands of tests that run everything: whatever else kills a mutant is quicker.
    "inputs": ["--ignore=tests/inputs/test_shapes.py", "tests/ecs/test_task.py"],
}  # fmt: skip
KILLED = {"killed", "timeout", "segfault"}


def prepare(work: Path, files: list[str], tests: list[str]) -> None:
    """A folder that looks like the project, with mutmut's settings for these files and tests."""
    shutil.rmtree(work, ignore_errors=True)
    (work / "mutants").mkdir(parents=True)  # Python forgets a path that is not there
    for name in ("fargate_lint", "tests", *COPIED):
        (work / name).symlink_to(ROOT / name)
    settings = {
        "source_paths": ["fargate_lint"],
        "only_mutate": files,
        "also_copy": COPIED,
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": tests,
        "timeout_constant": 2.0,
        "use_git_change_detection": False,
    }
    lines = [f"{key} = {str(value).replace('False', 'false')}" for key, value in settings.items()]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (work / "pyproject.toml").write_text(
        "\n".join([project, "[tool.mutmut]", *lines, ""]), encoding="utf-8"
    )


def names_of(work: Path, files: list[str]) -> list[str]:
    """The names of all mutants of these files."""
    os.chdir(work)  # mutmut reads its settings from here
    from mutmut.mutation.file_mutation import mutate_file_contents  # noqa: PLC0415
    from mutmut.utils.format_utils import get_mutant_name  # noqa: PLC0415

    return [
        get_mutant_name(Path(file), name)
        for file in files
        for name in mutate_file_contents(file, Path(file).read_text(encoding="utf-8")).mutant_names
    ]


def show(work: Path, names: list[str]) -> None:
    """Print what these mutants change."""
    os.chdir(work)
    from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant  # noqa: PLC0415

    for name in names:
        print(f"# {name}")
        print(get_diff_for_mutant(name, path=find_mutant(name).path))


def main() -> int:
    """Run mutmut and print what survived, and the share of what was killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("room")
    parser.add_argument("--sample", type=int, metavar="N", help="this many mutants")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another sample for another number"
    )
    parser.add_argument("--again", action="store_true", help="those that survived the last time")
    parser.add_argument(
        "--tests", nargs="+", metavar="PATH", help="default: those of the room's folder"
    )
    args = parser.parse_args()

    room = args.room.removesuffix(".py").strip("/")
    place = ROOT / "fargate_lint" / room
    paths = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    files = [str(path.relative_to(ROOT)) for path in paths]
    floor = room.split("/")[0]
    tests = args.tests or [f"tests/{floor}", *ALSO.get(floor, [])]
    work = ROOT / ".mutants" / room.replace("/", ".")
    environment = os.environ | {"PYTHONPATH": str(work / "mutants")}
    mutmut = [shutil.which("mutmut", path=Path(sys.executable).parent) or "mutmut"]

    def results() -> dict[str, str]:
        # A flag would be simpler, but mutmut wants a value for it.
        done = subprocess.run(
            [*mutmut, "results", "--all", "true"],
            cwd=work, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found = dict(re.findall(r"^ +(\S+): (.+)$", done.stdout, re.MULTILINE))
        return {name: status for name, status in found.items() if status != "not checked"}

    def run(names: list[str]) -> None:
        done = subprocess.run(
            [*mutmut, "run", "--max-children", "1", *names],
            cwd=work, env=environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")

    if args.again:
        chosen = [name for name, status in results().items() if status not in KILLED]
    else:
        prepare(work, files, tests)
        chosen = names_of(work, files)
        if args.sample and args.sample < len(chosen):
            chosen = random.Random(args.seed).sample(chosen, args.sample)  # noqa: S311
    if chosen:  # without names, mutmut would run all
        run(chosen)

    found = results()
    alive = sorted(name for name, status in found.items() if status not in KILLED)
    show(work, alive)
    dead = len(found) - len(alive)
    print(f"{room}: {dead} of {len(found)} killed, {100 * dead / len(found):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
