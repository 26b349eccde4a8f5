"""Match and Match_Regex: which tags they take, and which outputs get what."""

from __future__ import annotations

import json

from fargate_lint.launch import routing
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.launch.sections import Entry, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def run(data: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Pairs of pattern and tag, and the special cases, that differ."""
    golden = json.loads((data / "fluent-bit" / "match.json").read_text("utf-8"))
    result: dict[str, tuple[int, dict[str, str]]] = {}
    for version in VERSIONS:
        wrong = {}
        for pair in golden["pairs"]:
            pattern, tag = pair["pattern"], pair["tag"]
            if pair["kind"] == "wildcard":
                ours = routing.match(pattern, tag)
            else:
                ours = routing.match_regex(pattern, tag, version)
            if ours is not pair[version]:
                wrong[f"{pattern} on {tag}"] = f"{pair[version]}, we say {ours}"
        for case in golden["special"]:
            received = outputs(case, version)
            if received != case[version]["received"]:
                wrong[case["case"]] = f"{case[version]['received']}, we say {received}"
        result[version] = len(golden["pairs"]) + len(golden["special"]), wrong
    return result


def outputs(case: dict[str, Any], version: str) -> list[list[str]]:
    """The tags that each output receives from one input."""
    inputs = [Section("INPUT", [Entry("Name", "dummy")])]
    sections = [
        Section("OUTPUT", [Entry("Name", "file"), *([Entry(key, value)] if key else [])])
        for key, value in case["outputs"]
    ]
    received: list[list[str]] = [[] for _ in sections]
    selectors = routing.output_selectors(inputs, [], sections, version)
    for tag in case["tags"]:
        for index in routing.route(tag, [], selectors).outputs:
            received[index].append(tag)
    return received
