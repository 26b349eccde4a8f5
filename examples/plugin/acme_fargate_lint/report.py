"""A line for each task definition with findings: its name and how many there are."""

from __future__ import annotations

from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from fargate_lint.lint.summary import Summary


def write(summary: Summary, stream: TextIO, *, statistics: bool) -> None:
    """Write the lines; `--statistics` changes nothing."""
    del statistics
    counts = Counter(finding.address or finding.task for finding in summary.findings)
    stream.writelines(f"{name}: {count}\n" for name, count in sorted(counts.items()))
