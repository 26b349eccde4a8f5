"""The vendor's launcher, `fluent-launch`: what its arguments mean, and which of them are wrong.

The launcher stands between FireLens and Fluent Bit. It reads the generated configuration, adds
keys to its sections, and starts Fluent Bit with the result and the words after `--`. Seven options
and `--` are all that is documented; anything else stops it.
https://github.com/alertlogic/al-agent-container
"""

from __future__ import annotations

from fargate_lint.source.once import once
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch.arguments import Arguments
    from fargate_lint.source.document import Path

NAME = "fluent-launch"
LAUNCHER = f"/var/alertlogic/lib/fluent-bit/{NAME}"
# The vendor's recommended command.
RECOMMENDED: list[str | Unknown] = [
    "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
    "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
    "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
    "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
    "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
    "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log",
]  # fmt: skip
# More commands than this are not remembered at a time.
COMMANDS_KEPT = 64


def read(
    words: Sequence[str | Unknown], places: Sequence[Path] | None = None, *, whole: bool = True
) -> Arguments:
    """The launcher's arguments: the words after its own path. Never raises.

    `whole` is False when any number of words may be missing among them.
    """
    from fargate_lint.launch.argument_reader import Reader  # noqa: PLC0415  (only for launchers)

    return Reader(words, places).arguments(whole=whole)


def starts_launcher(container: Container) -> bool:
    """Whether a container starts the launcher, its path being right or nearly so.

    Usually `entryPoint` is the launcher. At the head of `command` it counts too when there is no
    `entryPoint`: AWS's image has none of its own.
    """
    program = container.words("entryPoint")
    if program:
        return NAME in text_of(program[0])
    return container.words("command")[:1] == [LAUNCHER]


def arguments_of(container: Container) -> Arguments | None:
    """The arguments with which a container starts the launcher, or None when it does not."""
    return _arguments(container.task)[container.index]


@once
def _arguments(task: Task) -> dict[int, Arguments | None]:
    return {
        container.index: _read(container) if starts_launcher(container) else None
        for container in task.containers
    }


def _read(container: Container) -> Arguments:
    words: list[str | Unknown] = []
    places: list[Path] = []
    whole = True
    for key in ("entryPoint", "command"):
        found = container.words(key)
        listed = isinstance(container.get(key), list)
        words.extend(found)
        places.extend((key, index) if listed else (key,) for index in range(len(found)))
        whole = whole and (*container.path, key) not in container.lens.partial
    return _read_once(words[1:], places[1:]) if whole else read(words[1:], places[1:], whole=False)


_commands: dict[tuple[object, ...], Arguments] = {}


def _read_once(words: list[str | Unknown], places: list[Path]) -> Arguments:
    """The same as `read`: most tasks of a team have one and the same command."""
    if any(isinstance(word, Unknown) for word in words):
        return read(words, places)
    key = (*words, *places)
    found = _commands.get(key)
    if found is None:
        if len(_commands) >= COMMANDS_KEPT:
            _commands.clear()
        found = _commands[key] = read(words, places)
    return found


def near_miss(path: object) -> bool:
    """Whether a program's path resembles the launcher's without being it."""
    if not isinstance(path, str) or path == LAUNCHER or len(path) > 2 * len(LAUNCHER):
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415  (5 ms, for odd entry points only)

    lowered = path.lower()
    if lowered.startswith("/var/alertlogic") or NAME in lowered:
        return True
    name = lowered.rsplit("/", 1)[-1]
    return SequenceMatcher(None, name, NAME).ratio() > 0.8


def argv(arguments: Arguments) -> list[tuple[str | Unknown, int | None]]:
    """The words with which Fluent Bit is started, each with its index in the launcher's words.

    `-c` and defaults have none. After a `--` that stands in a word by itself the words are passed
    on as they are; otherwise the launcher has stopped and these are the words that were meant.
    """
    run, out = arguments.run_path, arguments.out_config
    start: list[tuple[str | Unknown, int | None]] = [
        (run.value, run.at),
        ("-c", None),
        (out.value, out.at),
    ]
    dashes = arguments.dashes
    if dashes is not None and arguments.words[dashes] == "--":
        rest = enumerate(arguments.words[dashes + 1 :], dashes + 1)
        return [*start, *((word, index) for index, word in rest)]
    return [*start, *((word, index) for index, word in arguments.fluent_bit)]
