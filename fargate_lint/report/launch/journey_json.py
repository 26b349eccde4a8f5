"""The way of a record as JSON, for programs: version 1 of the contract."""

from __future__ import annotations

import base64
from json import dumps
from math import isfinite

from fargate_lint.launch.record import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from fargate_lint.launch.journey import Journey
    from fargate_lint.launch.trace import Delivery
    from fargate_lint.report.launch.masking import OpenMask

VERSION = 1


def write(journey: Journey, mask: OpenMask, stream: TextIO) -> None:
    """Write `{"version", "tag", "record", "steps", "deliveries", "notes", "error"}`."""
    trace = journey.trace
    whole = {
        "version": VERSION,
        "tag": trace.tag,
        "record": masked(plain(journey.record), mask),
        "steps": [masked(step.plain(), mask) for step in trace.steps],
        "deliveries": [delivered(delivery, mask) for delivery in trace.deliveries],
        "notes": masked([*journey.notes, *trace.notes], mask),
        "error": mask.text(journey.error) if journey.error else None,
    }
    # Escapes beyond ASCII, so that no encoding of a pipe can spoil it.
    stream.write(dumps(whole, indent=2) + "\n")


def delivered(delivery: Delivery, mask: OpenMask) -> dict[str, Any]:
    """A delivery without secrets, its bytes and its text in agreement."""
    shown: dict[str, Any] = masked(delivery.plain(), mask)
    if delivery.data is not None:
        data = mask.data(delivery.data)
        shown["bytes"] = base64.b64encode(data).decode("ascii")
        shown["text"] = data.decode("utf-8", "backslashreplace")
    return shown


def masked(value: Any, mask: OpenMask) -> Any:
    """A plain value without secrets, and without numbers that JSON doesn't have."""
    if isinstance(value, str):
        return mask.text(value)
    if isinstance(value, dict):
        return {
            mask.text(key): mask.value(key, item) if isinstance(item, str) else masked(item, mask)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [masked(item, mask) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value
