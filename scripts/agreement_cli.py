"""Command lines: how Fluent Bit ends or what it has set up."""

from __future__ import annotations

import json

from fargate_lint.launch import command_line, routing, values
from fargate_lint.launch.files import Files
from fargate_lint.launch.invocation import ELF, RUNNING, Invocation
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.launch.startup import Circumstances, section_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from fargate_lint.launch.problem import Problem

CWD = "/cli"
GO_PLUGINS = ("cloudwatch", "firehose", "kinesis")


def run(data: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Cases whose exit status, or inputs, filters, outputs or flush time differ."""
    cases = json.loads((data / "fluent-bit" / "cli.json").read_text("utf-8"))["cases"]
    files = container(data)
    result: dict[str, tuple[int, dict[str, str]]] = {}
    for version in VERSIONS:
        total, wrong = 0, {}
        for case in cases:
            if case.get("undefined_behaviour"):
                continue
            total += 1
            reason = compare(case, version, files)
            if reason:
                wrong[" ".join(case["argv"])] = reason
        result[version] = total, wrong
    return result


def container(data: Path) -> Files:
    """The folder of the cases, with stand-ins for the Go plugins."""
    folder = data / "fluent-bit" / "cli"
    texts: dict[str, str | bytes] = {
        f"{CWD}/{path.name}": path.read_bytes() for path in folder.iterdir() if path.is_file()
    }
    texts |= {f"{CWD}/plugins/{name}.so": ELF for name in GO_PLUGINS}
    return Files(texts, folder=CWD, complete=True)


def compare(case: dict[str, Any], version: str, files: Files) -> str:
    """What differs in one case, "" when nothing does."""
    circumstances = Circumstances(version, files=files)
    found = Invocation(command_line.read(case["argv"], version), circumstances, cwd=CWD)
    found.problems = [one for one in found.problems if not _is_about_stand_in(one)]
    real = case[version]["exit"]
    ours = found.exit
    crashed = isinstance(real, int) and isinstance(ours, int) and real < 0 and ours < 0
    if ours != real and not crashed:
        fatal = [one.said or one.message for one in found.problems if one.fatal]
        return f"{real}, we say {ours} {fatal[:2]}"
    setup = case[version].get("setup")
    if ours == RUNNING and setup is not None and setup_of(found) != setup:
        return f"{setup}, we say {setup_of(found)}"
    return ""


def _is_about_stand_in(problem: Problem) -> bool:
    """The stand-ins for Go plugins ask for nothing but a region."""
    section = problem.section
    return (
        section is not None
        and routing.name_of(section) in GO_PLUGINS
        and problem.exit == 255
        and "region" not in problem.options
    )


def setup_of(found: Invocation) -> dict[str, Any]:
    """The set-up as the program prints it."""
    version = found.line.version
    kinds: dict[str, list[Any]] = {"input": [], "filter": [], "output": [], "service": []}
    for section in found.sections:
        kinds.get(section_kind(section.name, version), []).append(section)
    flush = [entry.text for section in kinds["service"] for entry in section.all("flush")]
    return {
        "flush": values.number(flush[-1]) if flush else 1.0,
        "inputs": [routing.name_of(section) for section in kinds["input"]],
        "filters": routing.instance_names(kinds["filter"]),
        "outputs": routing.instance_names(kinds["output"]),
    }
