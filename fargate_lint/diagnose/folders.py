"""Which files of a folder are evidence: those that say something that is known, or complain."""

from __future__ import annotations

import io

from fargate_lint.diagnose import logs, speakers
from fargate_lint.diagnose.signatures import for_logs
from fargate_lint.lint.registry import Registry

#: Bytes of a file that are looked at.
LOOKED_AT = 1 << 20


def telling(name: str, data: bytes) -> bool:
    """Whether a log that begins with `data` has any line that means something, or any error of the
    router.
    """
    find = for_logs(Registry()).find
    lines = logs.read_lines(name, io.BytesIO(data[:LOOKED_AT]))
    return any(find(line.text) or speakers.is_error(line.text) for line in lines)
