"""Logs as a busy router, the AWS command line and an application make them."""

from __future__ import annotations

import json
import random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = ("GET", "POST", "user", "session", "cart", "order", "http", "status", "uuid", "in", "ms")


def router(index: int) -> str:
    """A line of a router whose outputs fail now and then."""
    seconds = index // 40
    clock = f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    stamp = f"[2026/11/{seconds // 86400 % 28 + 1:02} {clock}]"
    chunk = f"1-17951574{random.randrange(99):02}.{random.randrange(10**9)}.flb"
    task = f"task_id={random.randrange(2048)}, input=forward.0 > output=cloudwatch_logs.2"
    kind = index % 10
    if kind < 4:
        wait = random.randrange(1, 2000)
        text = f"[ warn] [engine] failed to flush chunk '{chunk}', retry in {wait} seconds: {task}"
        return f"{stamp} {text} (out_id=2)"
    if kind < 6:
        output = "[output:cloudwatch_logs:cloudwatch_logs.2]"
        error = "error='ThrottlingException', message='Rate exceeded'"
        return f"{stamp} [error] {output} PutLogEvents API responded with {error}"
    if kind < 8:
        return f"{stamp} [error] [output:syslog:syslog.0] no upstream connections available"
    if kind < 9:
        return f"{stamp} [ info] [output:http:http.2] ingest.example.com:8088, HTTP status=200"
    return f"{stamp} [ info] [engine] flush chunk '{chunk}' succeeded at retry 1: {task} (out_id=2)"


def tail(index: int) -> str:
    """The same as `aws logs tail` prints it."""
    stream = "fluent-bit-output/log_router/e73bb8eca012fac9082c0ea85caefa53"
    return f"2026-11-07T21:20:13.{index % 10**6:06}+00:00 {stream} {router(index)}"


def application(index: int) -> str:
    """A line of an application, no two alike."""
    words = " ".join(random.choice(WORDS) for _ in range(12))
    return f"2026-11-07T21:20:13.{index % 10**6:06}Z INFO {words} id={random.getrandbits(128):032x}"


def events(index: int) -> str:
    """An event as `aws logs get-log-events` prints it."""
    event = {"timestamp": 1793894333469 + index, "message": router(index), "ingestionTime": index}
    return json.dumps(event, indent=4) + ","


#: How a line is made and what the log begins with, for each shape of log.
SHAPES: dict[str, tuple[Callable[[int], str], str]] = {
    "router": (router, ""),
    "aws logs tail": (tail, ""),
    "application": (application, ""),
    "get-log-events": (events, '{\n    "events": [\n'),
}


def write(path: Path, shape: str, size: int) -> None:
    """A log of so many bytes; its first 20,000 lines are repeated as often as needed."""
    random.seed(1)
    line, head = SHAPES[shape]
    block = "".join(f"{line(index)}\n" for index in range(20_000))
    path.write_text((head + block * (size // len(block) + 1))[:size])
