"""Filters: the events that leave them. Lua scripts are not simulated, and not counted."""

from __future__ import annotations

import json

from fargate_lint.launch import parsers, trace
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.launch.record import Record, plain
from fargate_lint.launch.sections import Entry, Section
from fargate_lint.launch.variables import Variables
from fargate_lint.source import classic
from scripts.agreement_syslog import record_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def run(data: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Cases that start and should not, or the reverse, or whose events differ."""
    golden = json.loads((data / "fluent-bit" / "filters.json").read_text("utf-8"))
    cases = [case for case in golden["cases"] if "Name lua" not in case["filters"]]
    result: dict[str, tuple[int, dict[str, str]]] = {}
    for version in VERSIONS:
        known, _ = parsers.registry(sections(golden["parsers.conf"], version), version)
        wrong = {}
        for case in cases:
            ours = events(case, version, known if "parsers.conf" in case["service"] else {})
            real = measured(case[version])
            if ours != real:
                wrong[case["name"]] = f"{real}, we say {ours}"
        result[version] = len(cases), wrong
    return result


def sections(text: str, version: str) -> list[Section]:
    """The sections of a configuration, with variables replaced."""
    variables = Variables(version=version)
    found = []
    for header, pairs in classic.parse(text, version=version).sections():
        section = Section(header.name)
        for pair in pairs:
            value = variables.expand(pair.value)
            section.entries.append(
                Entry(pair.key, value.strip() if isinstance(value, str) else value)
            )
        found.append(section)
    return found


def measured(case: dict[str, Any]) -> list[Any] | None:
    """The events that left the filters: tag, time, pairs. None when it did not start."""
    if not case["started"]:
        return None
    return [
        (
            out["tag"],
            (out["time"]["sec"], out["time"]["nsec"]),
            out.get("pairs") or [[key, out["record"][key]] for key in out["keys"]],
        )
        for out in case["out"]
    ]


def events(case: dict[str, Any], version: str, known: dict[str, parsers.Parser]) -> Any:
    """The events that we say leave the filters."""
    record = record_of(case["record"])
    time = (case["time"]["sec"], case["time"]["nsec"])
    found = trace.trace(
        case["tag"],
        record if isinstance(record, Record) else Record(),
        time,
        [],
        sections(case["filters"], version),
        [],
        parsers=known,
        version=version,
    )
    if found.refused:
        return None
    return [
        (event.tag, event.time, [[key, plain(value)] for key, value in event.record])
        for event in found.events
    ]
