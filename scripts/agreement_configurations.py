"""Configurations: whether Fluent Bit starts, and what it says when it does not."""

from __future__ import annotations

import functools
import json

from fargate_lint.launch.configuration import load
from fargate_lint.launch.files import Files
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.launch.startup import Circumstances, judge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from fargate_lint.launch.problem import Problem

FOLDER = "$DIR"


def run(data: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Verdicts that differ: it started and we say it does not, or the reverse."""
    return _compare(data, _verdict)


def texts(data: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Reasons that differ, where both say that it does not start and the program gave one."""
    return _compare(data, _reason)


def problems(data: Path, name: str, case: dict[str, Any], version: str) -> list[Problem]:
    """What we say about one case."""
    folder = data / "fluent-bit" / "configs"
    files = Files(_texts(folder), folder=FOLDER, complete=True)
    configuration = load(
        (folder / name).read_bytes(), version=version, name=f"{FOLDER}/{name}", files=files
    )
    circumstances = Circumstances(version, environment=case.get("env", {}), files=files)
    return judge(configuration, circumstances)


def _compare(data: Path, check: Any) -> dict[str, tuple[int, dict[str, str]]]:
    cases = json.loads((data / "fluent-bit" / "configs.json").read_text("utf-8"))
    result: dict[str, tuple[int, dict[str, str]]] = {}
    for version in VERSIONS:
        total, wrong = 0, {}
        for name, case in cases.items():
            if version in case.get("undefined_behaviour", ()) or version not in case:
                continue
            reason = check(case[version], problems(data, name, case, version))
            if reason is None:
                continue
            total += 1
            if reason:
                wrong[name] = reason
        result[version] = total, wrong
    return result


def _verdict(case: dict[str, Any], found: list[Problem]) -> str | None:
    fatal = [problem for problem in found if problem.fatal]
    started = case["exit"] == "running"
    if started == bool(fatal):
        return f"{case['exit']}, we say {[problem.said or problem.message for problem in fatal]}"
    return ""


def _reason(case: dict[str, Any], found: list[Problem]) -> str | None:
    fatal = [problem for problem in found if problem.fatal]
    lines = [
        *case.get("errors", ()), *case.get("warnings", ()), *case.get("raw_stderr", ()),
    ]  # fmt: skip
    closing = ("[lib] backend failed", "configuration file contains errors", "[engine] ")
    lines = [line for line in lines if not line.startswith(closing)]
    if case["exit"] == "running" or not fatal or not lines:
        return None
    said = [line for line in fatal[0].said.split("\n") if line.strip()]
    if said and all(any(part.strip() in line for line in lines) for part in said):
        return ""
    return f"{lines[:2]}, we say {said}"


@functools.cache
def _texts(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by the paths under which the program knew them."""
    return {
        f"{FOLDER}/{path.relative_to(folder)}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
