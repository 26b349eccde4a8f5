"""A diagnosis as JSON."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from fargate_lint.diagnose.verdict import Diagnosis


def write(found: Diagnosis, stream: TextIO) -> None:
    """Write one object: headline, verdicts, what is harmless, what is missing, findings."""
    stream.write(json.dumps(found.as_json(), indent=2) + "\n")
