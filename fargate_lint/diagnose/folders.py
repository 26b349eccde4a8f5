"""Which files of a folder are evidence: logs with a known line, or an error of the router."""

from __future__ import annotations

import io

from fargate_lint.diagnose import logs, speakers
from fargate_lint.diagnose.signatures import for_logs
from fargate_lint.lint.registry import Registry

#: Bytes of a file that are looked at.
SAMPLE_SIZE = 1 << 20


def is_evidence(name: str, data: bytes) -> bool:
    """Whether a log that begins with `data` has a known line, or an error of the router."""
    find = for_logs(Registry()).find
    lines = logs.read_lines(name, io.BytesIO(data[:SAMPLE_SIZE]))
    return any(find(line.text) or speakers.is_error(line.text) for line in lines)
