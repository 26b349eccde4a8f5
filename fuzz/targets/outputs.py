"""What commands print and write is well-formed, and shows no secret and no control character."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import Any
from xml.etree import ElementTree as ET
from zlib import crc32

from fargate_lint import cli
from fuzz import seeds
from fuzz.target import Broken, Target, folder, parts
from fuzz.targets import tickets

#: The middle of each secret, which is all that is looked for.
CORE = "Zq7Rk2Wm9Xt4Vb8"
KEY = f"ghp_{CORE}LnHd3Js6Pc1Yf5Ga0Ue2T"[:40]
FORMATS = (
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "markdown",
    "html",
)
#: Commands beside `check`, of which an input gets one.
OTHERS = (
    ["render", "task.json", "--stage", "firelens"],
    ["render", "task.json", "--stage", "argv"],
    ["render", "task.json", "--format", "json"],
    ["render", "task.json", "--format", "mermaid"],
    ["render", "task.json", "--origins"],
    ["explain", "--isolated", "task.json"],
    ["explain", "--isolated", "task.json", "--format", "markdown"],
    ["explain", "--isolated", "task.json", "--format", "html"],
    ["explain", "--isolated", "task.json", "--format", "json", "--anonymize"],
    ["bundle", "--isolated", "task.json", "-o", "ticket.zip"],
    ["check", "--isolated", "--diff", "--unsafe-fixes", "task.json"],
    ["permissions", "task.json"],
)
LINES = (
    f"Authorization: Bearer {KEY}", f"password={CORE}LnHd", f"login failed for https://app:{CORE}@db.example.com/x",
    f'{{"level": "info", "token": "{KEY}"}}', f"[error] [output:es:es.0] http_passwd={CORE}",
)  # fmt: skip

#: What changes a terminal, or the order in which a line is read.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def planted(value: Any) -> Any:
    """A definition with secrets in each of its containers, None where it has none."""
    containers = value.get("containerDefinitions") if isinstance(value, dict) else None
    if not isinstance(containers, list) or not containers or not isinstance(containers[0], dict):
        return None
    for container in containers:
        if isinstance(container, dict):
            _plant(container)
    return value


def _plant(container: dict[str, Any]) -> None:
    environment = _list(container.get("environment"))
    container["environment"] = [
        *environment,
        {"name": "DB_PASSWORD", "value": f"{CORE}x"},
        {"name": "GITHUB", "value": KEY},
        {"name": "DATABASE_URL", "value": f"postgres://app:{CORE}@db.example.com/shop"},
    ]
    container["command"] = [*_list(container.get("command")), "--password", CORE]
    labels = container.get("dockerLabels")
    container["dockerLabels"] = {**(labels if isinstance(labels, dict) else {}), "ci": KEY}
    logs = container.get("logConfiguration")
    options = logs.get("options") if isinstance(logs, dict) else None
    container["logConfiguration"] = {
        "logDriver": "awsfirelens",
        **(logs if isinstance(logs, dict) else {}),
        "options": {**(options if isinstance(options, dict) else {}), "http_Passwd": f"{CORE}y"},
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def definition(data: bytes) -> None:
    """A definition in which secrets are put, in all formats of `check` and one other output."""
    try:
        value = planted(json.loads(data))
    except (ValueError, RecursionError):
        return
    if value is None:
        return
    draw = crc32(data)
    text = json.dumps(value, indent=2 if draw & 64 else None, ensure_ascii=bool(draw & 128))
    (folder() / "task.json").write_bytes(text.encode("utf-8", "replace"))
    told = [f"--output-format={each}:{each}" for each in FORMATS]
    _run(["check", "--isolated", "--min-severity", "info", *told, "task.json"])
    for name in FORMATS:
        found = (folder() / name).read_bytes()
        _search(found, name)
        _parse(found, name)
    _run(OTHERS[draw % len(OTHERS)])


def log(data: bytes) -> None:
    """A log in which secrets are put, beside a definition and a description of tasks."""
    definition, log, tasks = parts(data, 3)
    lines = log.split(b"\n")
    for at, line in enumerate(LINES):
        lines.insert(crc32(data + bytes([at])) % (len(lines) + 1), line.encode())
    files = {"task.json": definition, "router.log": b"\n".join(lines), "tasks.json": tasks}
    for name, content in files.items():
        (folder() / name).write_bytes(content)
    told = ["--isolated", "task.json", "--logs", "router.log", "--tasks", "tasks.json"]
    _run(["explain", *told, "--format", ("text", "markdown", "json", "html")[crc32(data) % 4]])
    if crc32(data) % 5 == 0:
        _run(["bundle", *told, "-o", "ticket.zip"])


def _run(arguments: list[str]) -> None:
    """Run a command in the folder, and look through what it prints and writes."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
    archive = folder() / "ticket.zip"
    archive.unlink(missing_ok=True)
    with chdir(folder()), redirect_stdout(out), redirect_stderr(err):
        status = cli.main(arguments)
    if status == 4:
        raise Broken("status 4")
    for stream in (out, err):
        stream.seek(0)
        _search(stream.buffer.read(), " ".join(arguments))
    if archive.exists():
        with zipfile.ZipFile(archive) as file:
            for name in file.namelist():
                _search(file.read(name), f"bundle: {name}")


def _search(raw: bytes, where: str) -> None:
    found = raw.decode()
    if CORE in found:
        at = found.index(CORE)
        raise Broken(f"a secret shows in {where}", found[max(0, at - 80) : at + 40])
    control = CONTROL.search(found)
    # What was given is in a bundle as it was.
    if control is not None and "inputs/" not in where:
        at = control.start()
        raise Broken(f"a control character in {where}", found[max(0, at - 80) : at + 40])


def _parse(found: bytes, form: str) -> None:
    """Whether a format that programs read is what it says. Raises what its parser raises."""
    if form == "junit":
        ET.fromstring(found)  # noqa: S314  (our own output)
    elif form == "jsonl":
        for line in found.splitlines():
            json.loads(line)
    elif form in {"json", "sarif", "gitlab"}:
        json.loads(found)


TARGETS = {
    "secrets": Target(definition, seeds.definitions),
    "secrets-logs": Target(log, tickets.tickets, longest=12_000),
}
