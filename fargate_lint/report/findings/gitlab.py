"""GitLab's Code Quality report, which it shows in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from hashlib import sha256

from fargate_lint.report.findings import repository
from fargate_lint.report.findings.json import write_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from fargate_lint.lint.located import Located
    from fargate_lint.lint.summary import Summary

SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


def write(
    summary: Summary,
    stream: TextIO,
    *,
    statistics: bool,  # noqa: ARG001  (GitLab counts for itself)
) -> None:
    """Write a list of violations, one on a line."""
    seen: dict[str, int] = {}
    stream.write("[")
    write_list(stream, (_violation(finding, seen) for finding in summary.findings), indent=2)
    stream.write("]\n")


def _violation(finding: Located, seen: dict[str, int]) -> dict[str, Any]:
    file = repository.path(finding.file)
    container = f"{finding.about}: " if finding.about else ""
    remedy = f"; {finding.help}" if finding.help else ""
    violation: dict[str, Any] = {
        "description": f"{container}{finding.message}{remedy}",
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": _unique(finding.fingerprint, file, seen),
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": file,
            "lines": {"begin": finding.start[0], "end": finding.end[0]},
        },
    }
    address = repository.page(finding)
    if address:
        violation["content"] = {"body": f"[{finding.name}]({address})"}
    return violation


def _unique(fingerprint: str, file: str, seen: dict[str, int]) -> str:
    """A fingerprint that no other violation of the report has: GitLab drops equal ones."""
    key = f"{fingerprint}\0{file}"
    number = seen[key] = seen.get(key, 0) + 1
    return sha256(f"{key}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()
