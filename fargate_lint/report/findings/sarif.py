"""SARIF 2.1.0, which code scanning of GitHub, Azure DevOps, editors and dashboards read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from json import dumps
from urllib.parse import quote

from fargate_lint.data.families import FAMILIES
from fargate_lint.lint import pages
from fargate_lint.report.findings import repository
from fargate_lint.report.findings.json import write_list
from fargate_lint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.summary import Summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/fargate-lint/fargate-lint"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
#: GitHub's own scale, by which it sorts alerts.
PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
ROOT = "%SRCROOT%"


def write(
    summary: Summary,
    stream: TextIO,
    *,
    statistics: bool,  # noqa: ARG001  (readers of SARIF count for themselves)
) -> None:
    """Write a log of one run: the rules that found something, and one result a line."""
    findings = [*summary.findings, *summary.suppressed]
    codes = {finding.code: finding for finding in findings}
    index = {code: number for number, code in enumerate(sorted(codes))}
    driver = {
        "name": "fargate-lint",
        "fullName": f"fargate-lint {__version__}",
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [_rule(codes[code], summary.registry) for code in index],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the checkout."}}},
        "invocations": [{"executionSuccessful": not summary.broken}],
    }
    stream.write(
        f'{{\n  "$schema": {dumps(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    '
        f'{dumps(run)[:-1]}, "results": ['
    )
    results = (_result(finding, index[finding.code]) for finding in findings)
    write_list(stream, results, indent=6)
    stream.write("]}\n  ]\n}\n")


def _rule(finding: Located, registry: Registry | None) -> dict[str, Any]:
    """A rule with its page, as a reportingDescriptor."""
    found: dict[str, Any] = {"id": finding.code, "name": finding.name}
    rule = registry.named(finding.code) if registry is not None else None
    if rule is not None and registry is not None:
        summary = pages.summary(rule)
        found["shortDescription"] = {"text": summary}
        found["fullDescription"] = {"text": summary}
        found["defaultConfiguration"] = {"level": LEVELS[rule.severity]}
        found["help"] = {
            "text": pages.body(rule),
            "markdown": pages.markdown(rule, registry.plugin_of(rule)),
        }
        if rule.aliases:
            found["deprecatedNames"] = list(rule.aliases)
        found["properties"] = {
            "problem.severity": PROBLEMS[rule.severity],
            "tags": ["aws", *_family(finding.code)],
        }
    address = repository.page(finding)
    if address:
        found["helpUri"] = address
    return found


def _family(code: str) -> list[str]:
    family = FAMILIES.get(code.rstrip("0123456789"))
    return [family[0]] if family else []


def _result(finding: Located, rule: int) -> dict[str, Any]:
    text = finding.message
    if finding.help:
        text += f"\n{finding.help}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding)],
        "partialFingerprints": {"fargateLint/v1": finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": message or finding.message},
                "physicalLocation": _physical(file, start, end),
            }
            for number, (file, _, start, end, message, _) in enumerate(finding.related, 1)
        ]
    if finding.suppression is not None:
        kind, reason = finding.suppression
        where = "inSource" if kind in {"comment", "label", "metadata"} else "external"
        result["suppressions"] = [{"kind": where, "status": "accepted", "justification": reason}]
    fix = finding.as_json()["fix"]
    if fix is not None:
        result["fixes"] = [_fix(finding, fix)]
    return result


def _location(finding: Located) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": _physical(finding.file, finding.start, finding.end)
    }
    logical = []
    if finding.address:
        logical.append({"name": finding.address, "kind": "resource"})
    if finding.container:
        logical.append({"name": finding.container, "kind": "container"})
    if finding.path:
        name = finding.path.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        logical.append({"name": name, "fullyQualifiedName": finding.path, "kind": "member"})
    if logical:
        location["logicalLocations"] = logical
    return location


def _physical(file: str, start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    return {"artifactLocation": _artifact(file), "region": _region(start, end)}


def _region(start: tuple[int, int], end: tuple[int, int]) -> dict[str, int]:
    return {
        "startLine": start[0],
        "startColumn": start[1],
        "endLine": end[0],
        "endColumn": end[1],
    }


def _artifact(file: str) -> dict[str, str]:
    path = repository.path(file)
    uri = quote(_bytes(path))
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if path[1:3] == ":/":
        return {"uri": f"file:///{path[0]}:{quote(_bytes(path[2:]))}"}
    return {"uri": uri, "uriBaseId": ROOT}


def _bytes(path: str) -> bytes:
    """A path as the file system has it, also where that is no UTF-8."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")


def _fix(finding: Located, fix: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": {"text": fix["title"]},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(finding.file),
                "replacements": [
                    {
                        "deletedRegion": _region(_point(edit["start"]), _point(edit["end"])),
                        "insertedContent": {"text": edit["text"]},
                    }
                    for edit in fix["edits"]
                ],
            }
        ],
    }


def _point(place: dict[str, int]) -> tuple[int, int]:
    return place["line"], place["column"]
