"""The launches that `render` and `trace` are asked for: the tasks in a file, and more on them."""

from __future__ import annotations

import os
import posixpath
import sys

from fargate_lint.inputs import detect, shapes
from fargate_lint.launch import simulate
from fargate_lint.launch.firelens import Settings
from fargate_lint.launch.images import table_of
from fargate_lint.launch.pipeline import SOME_TASK_ID
from fargate_lint.lint.files import STDIN
from fargate_lint.lint.settings.settings import is_version
from fargate_lint.report.terminal import escape
from fargate_lint.source.read import read
from fargate_lint.source.text import LIMIT, decode
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from fargate_lint.ecs.task import Task
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Document

SETTINGS = ("cluster", "task-arn", "task-definition")
# An included folder is for configurations: what is larger was not meant.
FILE_LIMIT = 1000


def launches(args: argparse.Namespace, *, made_up: bool = False) -> list[Launch]:
    """The launches of the tasks in the file that was named, in its order.

    Empty when there are none, which was said on stderr then. With `made_up`, what only a running
    task would tell is made up where it isn't given. Raises Stop for a wrong argument.
    """
    path = _path(args)
    settings = _settings(args.set)
    given = includes(args.include)
    _check_version(args.fluent_bit)
    tasks = _chosen(_tasks(path), args.task, path)
    return [
        simulate(
            task,
            fluent_bit=args.fluent_bit,
            includes=given,
            settings=_for_task(task, settings, made_up=made_up),
        )
        for task in tasks
    ]


def _for_task(task: Task, given: dict[str, str], *, made_up: bool) -> Settings:
    cluster, arn = given.get("cluster"), given.get("task-arn")
    definition = given.get("task-definition")
    if made_up:
        cluster = "<cluster>" if cluster is None else cluster
        if arn is None:
            arn = f"arn:aws:ecs:<region>:<account>:task/{cluster}/{SOME_TASK_ID}"
        if definition is None and not isinstance(task.number("revision"), int):
            definition = f"{task.family or '<family>'}:<revision>"
    return Settings(cluster=cluster, task_arn=arn, task_definition=definition)


def complain(text: str, *more: str) -> None:
    """Print an error, and lines that belong to it."""
    print(escape(f"error: {text}"), file=sys.stderr)  # noqa: T201
    for line in more:
        print(f"  {escape(line)}", file=sys.stderr)  # noqa: T201


def remark(text: str) -> None:
    """Print a note on stderr."""
    print(escape(f"note: {text}"), file=sys.stderr)  # noqa: T201


def _path(args: argparse.Namespace) -> str:
    """The file that was named, which may stand behind the last of an option's several values."""
    if args.path is not None:
        return str(args.path)
    for values in (args.set, args.include):
        if values and "=" not in values[-1]:
            return str(values.pop())
    raise Stop("no task definition is named", "name a file, or `-` for standard input")


def _settings(given: Iterable[str]) -> dict[str, str]:
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        name = name.strip().lower().replace("_", "-")
        if not equals or name not in SETTINGS:
            raise Stop(
                f"`--set {text}` sets nothing",
                f"set {', '.join(f'{known}=…' for known in SETTINGS)}",
            )
        found[name] = value
    return found


def includes(given: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The files that were given, by their paths in the router; folders end in a slash."""
    found: dict[str, tuple[str, str]] = {}
    for text in given:
        path, equals, local = text.partition("=")
        if not equals or not path.startswith("/") or not local:
            raise Stop(
                f"`--include {text}` is no pair of a path in the router and a file here",
                "write `--include /extra.conf=extra.conf`",
            )
        if os.path.isdir(local):
            found[path.rstrip("/") + "/"] = (local, "")
            found.update(_folder(path, local))
        else:
            found[path.rstrip("/")] = (local, _text(local))
    return found


def _folder(path: str, local: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for parent, folders, names in os.walk(local):
        folders.sort()
        for name in sorted(names):
            file = os.path.join(parent, name)
            inside = os.path.relpath(file, local).replace(os.sep, "/")
            if len(found) == FILE_LIMIT:
                raise Stop(f"`{local}` has more than {FILE_LIMIT} files", "name a smaller folder")
            if os.path.isfile(file):
                found[posixpath.join(path, inside)] = (file, _text(file))
    return found


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Stop(f"`{path}` can't be read: {reason}") from error
    if len(data) > LIMIT:
        raise Stop(f"`{path}` has more than the {LIMIT} bytes that are read")
    return decode(data)[0]


def _check_version(version: str | None) -> None:
    if version is None:
        return
    if not is_version(version):
        raise Stop(f"`{version}` is no version", "write `--fluent-bit 1.9.10`")
    if not table_of(version):
        remark(f"there are no tables for Fluent Bit {version}: those of the newest are used")


def _tasks(path: str) -> list[Task]:
    """The tasks in a file. When there are none, why not is said on stderr."""
    name = "<stdin>" if path == STDIN else path
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(LIMIT + 1)
    except OSError as error:
        complain(f"`{name}` can't be read: {(error.strerror or str(error)).lower()}")
        return []
    documents = read(name, data)
    tasks = [task for document in documents for task in shapes.tasks(document)]
    if not tasks:
        _say_why(name, documents)
    elif any(document.faults for document in documents):
        remark(f"`{name}` has faults, which were read over: `fargate-lint check` shows them")
    return tasks


def _say_why(name: str, documents: list[Document]) -> None:
    for document in documents:
        for fault in document.faults:
            if fault.fatal:
                line = document.place(fault.start)[0]
                complain(f"{name}:{line}: {fault.message}", *([fault.help] if fault.help else []))
                return
    complain(f"`{name}` holds no task definition: it seems to be {detect.other(documents[0])}")


def _chosen(tasks: list[Task], family: str | None, path: str) -> list[Task]:
    if family is None or not tasks:
        return tasks
    found = [task for task in tasks if task.family == family]
    if not found:
        families = ", ".join(f"`{task.family}`" for task in tasks if task.family)
        raise Stop(
            f"`{path}` has no task definition `{family}`",
            f"it has {families}" if families else "its task definitions have no family",
        )
    return found
