"""The launches that `render` and `trace` are asked for: the tasks in a file, and more on them."""

from __future__ import annotations

from fargate_lint.commands.definitions import definitions, one_case
from fargate_lint.commands.includes import includes
from fargate_lint.commands.streams import complain, remark
from fargate_lint.inputs import detect
from fargate_lint.launch import simulate
from fargate_lint.launch.firelens import Settings
from fargate_lint.launch.images import table_of
from fargate_lint.launch.journey import completed
from fargate_lint.lint.files import called
from fargate_lint.lint.settings.settings import is_version
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from fargate_lint.ecs.task import Task
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Document

SETTINGS = ("cluster", "task-arn", "task-definition")


def launches(args: argparse.Namespace, *, made_up: bool = False) -> list[Launch]:
    """The launches of the tasks in the file that was named, in its order.

    Empty when there are none, which was said on stderr then. With `made_up`, what only a running
    task would tell is made up where it isn't given. Raises Stop for a wrong argument, and for a
    file that can't be read.
    """
    path = _path(args)
    settings = _settings(args.set)
    given = includes(args.include)
    _check_version(args.fluent_bit)
    tasks = _chosen(_tasks(path, args), args.task, path)
    return [
        simulate(
            task,
            fluent_bit=args.fluent_bit,
            includes=given,
            settings=completed(task, settings) if made_up else settings,
        )
        for task in tasks
    ]


def _path(args: argparse.Namespace) -> str:
    """The file that was named, which may stand behind the last of an option's several values."""
    if args.path is not None:
        return str(args.path)
    for values in (args.set, args.include):
        if values and "=" not in values[-1]:
            return str(values.pop())
    raise Stop("no task definition is named", "name a file, or `-` for standard input")


def _settings(given: Iterable[str]) -> Settings:
    found = Settings()
    for text in given:
        name, equals, value = text.partition("=")
        name = name.strip().lower().replace("_", "-")
        if not equals or name not in SETTINGS:
            raise Stop(
                f"`--set {text}` sets nothing",
                f"set {', '.join(f'{known}=…' for known in SETTINGS)}",
            )
        setattr(found, name.replace("-", "_"), value)
    return found


def _check_version(version: str | None) -> None:
    if version is None:
        return
    if not is_version(version):
        raise Stop(f"`{version}` is no version", "write `--fluent-bit 1.9.10`")
    if not table_of(version):
        remark(f"there are no tables for Fluent Bit {version}: those of the newest are used")


def _tasks(path: str, args: argparse.Namespace) -> list[Task]:
    """The tasks in a file. When there are none, why not is said on stderr."""
    name = called(path)
    found = definitions(path, args)
    if not found.tasks:
        _say_why(name, found.documents)
    elif any(document.faults for document in found.documents):
        remark(f"`{name}` has faults, which were read over: `fargate-lint check` shows them")
    return one_case(found.tasks)


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
