"""What applications say of their own services is no fault of the router."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fargate_lint.diagnose.diagnosis import diagnose

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.registry import Registry

DATA = Path(__file__).parent.parent / "data" / "diagnosis" / "applications.txt"
LINES = DATA.read_text("utf-8").splitlines()
ROUTER = [
    "Fluent Bit v1.9.10",
    "[2026/08/14 05:20:11] [ info] [fluent bit] version=1.9.10, commit=eba89f4660, pid=1",
    "[2026/08/14 05:20:11] [ info] [input:forward:forward.1] listening on 127.0.0.1:24224",
    "[2026/08/14 05:20:11] [ info] [sp] stream processor started",
    "[2026/08/14 05:26:02] [ info] [output:http:http.2] in.example.com:443, HTTP status=200",
]
TASK = "7c1d0a95e3b84f26a1d9c07be4438f15"
WHEN = "2026-08-14T05:26:01.001000+00:00"


def _streams(line: str) -> list[list[str]]:
    said = [f"{WHEN} fluent-bit-output/log_router/{TASK} {one}" for one in ROUTER]
    return [[*said, f"{WHEN} app/app/{TASK} {line}", f"{WHEN} app/app/{TASK} ok"]]


def _json(line: str) -> str:
    return json.dumps({"level": "error", "time": "2026-08-14T05:26:01Z", "msg": line})


PLACES: dict[str, Callable[[str], list[list[str]]]] = {
    "alone": lambda line: [["service starting", line, "retrying in 1s", "ok"]],
    "in another file": lambda line: [ROUTER, ["service starting", line, "ok"]],
    "between the router's": lambda line: [[*ROUTER[:4], "service starting", line, ROUTER[4], "ok"]],
    "in another stream": _streams,
    "as JSON": lambda line: [[_json(line), _json("ok")]],
    "as JSON between the router's": lambda line: [[*ROUTER[:4], _json(line), ROUTER[4]]],
}


@pytest.mark.parametrize("place", PLACES)
def test_no_error_of_an_application_is_blamed_on_the_router(place: str, known: Registry) -> None:
    blamed = {}
    for line in LINES:
        logs = [
            (f"{index}.log", io.BytesIO("\n".join(lines).encode()))
            for index, lines in enumerate(PLACES[place](line))
        ]
        for verdict in diagnose([], logs, [], registry=known).verdicts:
            if verdict.status in {"confirmed", "likely"}:
                blamed[line] = verdict.cause.id
    assert not blamed
