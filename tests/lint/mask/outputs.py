"""All that the program prints, of files with plants in them."""

from __future__ import annotations

import contextlib
import html
import io
import json
import re
import shlex
import zipfile
from typing import TYPE_CHECKING, Any

from fargate_lint.cli import main
from tests import build

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.lint.mask.plants import Plant

FORMATS = (
    "text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "html",
)  # fmt: skip
STAGES = ("order", "firelens", "launcher", "final", "argv", "pipeline")
LOGGED = ("log", "reason")


def definition(plants: Iterable[Plant]) -> dict[str, Any]:
    """A task definition with a container for each plant, and a finding in each."""
    containers: list[dict[str, Any]] = [build.router(essential=True)]
    for index, plant in enumerate(plants):
        members: dict[str, Any] = {"memory": 32}
        if plant.kind == "option":
            options = {"Name": "http", "Host": "x.example.com", plant.name: plant.text}
            members["logConfiguration"] = {"logDriver": "awsfirelens", "options": options}
        elif plant.kind == "command":
            members["command"] = words(plant.text)
            members["entryPoint"] = ["sh", "-c", plant.text]
        elif plant.kind == "health":
            members["healthCheck"] = {"command": ["CMD-SHELL", plant.text]}
        elif plant.kind == "label":
            members["dockerLabels"] = {plant.name: plant.text}
        else:
            members["environment"] = [{"name": plant.name, "value": plant.text}]
            # A message that quotes it.
            if plant.kind != "name":
                members["dependsOn"] = [{"containerName": plant.text, "condition": "START"}]
        containers.append({**build.container(f"c{index}"), **members})
    return build.task(*containers)


def words(text: str) -> list[str]:
    """The words of a command."""
    return shlex.split(text)


def lines(value: Any) -> str:
    """JSON with a line for each variable, option and the like, and an unknown member in each object."""
    text = json.dumps(value)
    return (
        text.replace('{"', '{"unknown": 1, "')
        .replace('{"unknown": 1, "family', '{"family')
        .replace("}, {", "},\n{")
    )


class Outputs:
    """What each output shows of a set of plants, by the output's name; `folder` is for the files."""

    def __init__(self, folder: Path, plants: Iterable[Plant]) -> None:
        self._folder = folder
        found = list(plants)
        self.structured = [plant for plant in found if plant.kind not in LOGGED]
        self.prose = [plant for plant in found if plant.kind in LOGGED]

    def of_definitions(self) -> Iterator[tuple[str, str]]:
        """The outputs of everything that takes a task definition."""
        path = self._folder / "task.json"
        path.write_text(lines(definition(self.structured)), encoding="utf-8")
        broken = self._folder / "broken.json"
        broken.write_text(path.read_text(encoding="utf-8")[:-2], encoding="utf-8")
        conf = self._folder / "router.conf"
        conf.write_text(
            "".join(f"[OUTPUT]\n    {one_line(plant)}\n" for plant in self.structured),
            encoding="utf-8",
        )
        check = ("check", "--isolated", "--min-severity", "info")
        for name in FORMATS:
            yield f"check {name}", run(*check, "--output-format", name, str(path))
            yield f"check {name}, broken file", run(*check, "--output-format", name, str(broken))
            yield f"check {name}, .conf", run(*check, "--output-format", name, str(conf))
        yield "check -v", run(*check, "-v", str(path))
        yield "check --diff", run(*check, "--diff", "--unsafe-fixes", str(path))
        yield (
            "baseline",
            run("baseline", "--isolated", "-o", str(self._folder / "b.json"), str(path))
            + (self._folder / "b.json").read_text(encoding="utf-8"),
        )
        for stage in STAGES:
            for form in ("conf", "json", "mermaid", "dot"):
                yield (
                    f"render {stage} {form}",
                    run("render", "--stage", stage, "--format", form, str(path)),
                )
        for form in ("text", "json"):
            yield f"permissions {form}", run("permissions", "--format", form, str(path))
        for form in ("text", "markdown", "json", "html"):
            yield f"explain {form}", run("explain", "--isolated", "--format", form, str(path))
        yield "bundle", self._bundle(str(path))

    def of_logs(self) -> Iterator[tuple[str, str]]:
        """The outputs of everything that takes lines, and what ECS says."""
        path = self._folder / "plain.json"
        path.write_text(json.dumps(build.task(build.container(), build.router())), encoding="utf-8")
        log = self._folder / "console.log"
        log.write_text(
            "".join(f"[error] [output:http:http.0] {one.text}\n" for one in self.prose),
            encoding="utf-8",
        )
        tasks = self._folder / "tasks.json"
        task = {"taskArn": "arn:aws:ecs:eu-west-1:111122223333:task/a/b", "lastStatus": "STOPPED"}
        tasks.write_text(
            json.dumps({
                "tasks": [
                    {**task, "stoppedReason": one.text, "containers": [{"name": "web", "exitCode": 1, "reason": one.text}]}
                    for one in self.prose
                ]
            }, indent=1),
            encoding="utf-8",
        )  # fmt: skip
        given = ("--isolated", "--logs", str(log), "--tasks", str(tasks), str(path))
        for form in ("text", "markdown", "json", "html"):
            yield f"explain {form}, logs", run("explain", "--format", form, *given)
            yield (
                f"explain {form}, reasons",
                "".join(
                    run("explain", "--isolated", "--format", form, "--reason", one.text)
                    for one in self.prose
                ),
            )
        yield "bundle, logs", self._bundle(*given)

    def of_traces(self, plants: Iterable[Plant]) -> Iterator[tuple[str, str]]:
        """The outputs of records that are sent on their way."""
        path = self._folder / "logs.json"
        web = build.logs(
            build.container(),
            Name="syslog",
            Host="127.0.0.1",
            Port="1514",
            Mode="tcp",
            Syslog_Message_Key="log",
        )
        path.write_text(json.dumps(build.task(web, build.router())), encoding="utf-8")
        record = {
            f"{index}_{plant.name}" if plant.name != "-" else f"x{index}": plant.text
            for index, plant in enumerate(plants)
            # In a record the names of options are no such names.
            if plant.kind != "option"
        }
        for form in ("text", "json"):
            given = ("trace", "--time", "1", "--format", form, "--container", "web")
            yield f"trace {form}, record", run(*given, "--record", json.dumps(record), str(path))
            yield (
                f"trace {form}, log",
                "".join(run(*given, "--log", one.text, str(path)) for one in self.prose),
            )

    def _bundle(self, *given: str) -> str:
        target = self._folder / "ticket.zip"
        said = run("bundle", "--isolated", "-o", str(target), *given)
        with zipfile.ZipFile(target) as file:
            return said + "".join(f"{name}\n{file.read(name).decode()}" for name in file.namelist())


def one_line(plant: Plant) -> str:
    """A plant as a line of a Fluent Bit configuration."""
    text = plant.text.replace("\n", " ")
    return text if plant.kind in {"command", "health"} else f"{plant.name} {text}"


def run(*arguments: str) -> str:
    """What a command prints on both streams."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        main(arguments)
    return out.getvalue() + err.getvalue()


def seen(shown: str) -> str:
    """An output as a reader sees it, beside what it is: without the escapes of JSON and of HTML."""
    plain = html.unescape(shown)
    for text, letter in (
        ("\\\\", "\\"),
        ('\\"', '"'),
        ("\\/", "/"),
        ("\\n", "\n"),
        ("\\u0026", "&"),
        ("%25", "%"),
    ):
        plain = plain.replace(text, letter)
    return f"{shown}\n{plain}\n{html.unescape(plain)}"


def leaks(secret: str, shown: str) -> bool:
    """Whether two thirds of a secret are to be seen; of a short one, all of it."""
    if len(secret) < 8:
        return re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", shown) is not None
    most = -(-2 * len(secret) // 3)
    return any(secret[start : start + most] in shown for start in range(len(secret) - most + 1))
