"""The syslog output: the bytes that are received."""

from __future__ import annotations

import base64
import json

from fargate_lint.launch import syslog
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.launch.record import Float32, Record, Refused, read
from fargate_lint.launch.sections import Entry, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def run(data: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Records whose bytes differ."""
    cases = json.loads((data / "fluent-bit" / "syslog.json").read_text("utf-8"))["cases"]
    result: dict[str, tuple[int, dict[str, str]]] = {}
    for version in VERSIONS:
        wrong = {}
        for case in cases:
            ours = sent(case, version)
            received = case[version]["received"]
            real = received and b"".join(base64.b64decode(part["b64"]) for part in received)
            if ours != real:
                wrong[f"{case['index']} {case['group']}"] = f"{real!r}, we say {ours!r}"
        result[version] = len(cases), wrong
    return result


def record_of(value: Any) -> Any:
    """A record of the measured cases: pairs that repeat and 32-bit floats are marked there."""
    if isinstance(value, dict) and "__pairs__" in value:
        return Record((key, record_of(item)) for key, item in value["__pairs__"])
    if isinstance(value, dict) and "__float32__" in value:
        return Float32(value["__float32__"])
    if isinstance(value, dict):
        return Record((key, record_of(item)) for key, item in value.items())
    return read(value)


def sent(case: dict[str, Any], version: str) -> bytes | None:
    """What we say is received, None when the output does not start."""
    time = case["time"]
    at = (time["sec"], time["nsec"]) if isinstance(time, dict) else (time, 0)
    options = (option.partition(" ") for option in case["options"])
    section = Section("OUTPUT", [Entry(key, value.strip()) for key, _, value in options])
    try:
        return syslog.format(record_of(case["record"]), section, at, version).data
    except (Refused, Undecided):
        return None
