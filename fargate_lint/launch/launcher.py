"""The vendor's launcher, `fluent-launch`: what its arguments mean, and which of them are wrong.

The launcher stands between FireLens and Fluent Bit. It reads the generated configuration, adds
keys to its sections, and starts Fluent Bit with the result and the words after `--`. Seven options
and `--` are all that is documented; anything else stops it.
https://github.com/alertlogic/al-agent-container
"""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NamedTuple

    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path

    class Setting(NamedTuple):
        """A path that the launcher uses, and the index of the word that set it (None: default)."""

        value: str | Unknown
        at: int | None = None

    class Pair(NamedTuple):
        """A key and a value for each section of a kind, and the indices of their words."""

        key: str | Unknown
        value: str | Unknown
        key_index: int
        value_index: int
else:
    from collections import namedtuple

    Setting = namedtuple("Setting", "value at", defaults=(None,))
    Pair = namedtuple("Pair", "key value key_index value_index")

LAUNCHER = "/var/alertlogic/lib/fluent-bit/fluent-launch"
RUN_PATH = "/fluent-bit/bin/fluent-bit"
IN_CONFIG = "/fluent-bit/etc/fluent-bit.conf"
OUT_CONFIG = "/var/alertlogic/lib/fluent-bit/fluent-bit.conf"

# More commands than this are not remembered at a time.
COMMANDS_KEPT = 64
SHELLS = frozenset({"sh", "bash", "ash", "dash", "busybox", "env"})


class Misuse:
    """One mistake in the launcher's command line.

    `kind` is one of `dashes-missing`, `fluent-bit-before-dashes`, `launcher-after-dashes`,
    `second-dashes`, `flag-confusion`, `arity`, `unknown-argument`, `joined`, `stray`. The words
    from `index` to `end` (exclusive) are wrong; `words` are what to write there instead, where that
    is clear (an empty range means: insert before `index`).
    """

    __slots__ = ("end", "help", "index", "kind", "message", "words")

    def __init__(
        self,
        kind: str,
        index: int,
        end: int,
        message: str,
        help: str,  # noqa: A002  (the word for it everywhere in this program)
        words: tuple[str, ...] | None = None,
    ) -> None:
        self.kind = kind
        self.index = index
        self.end = end
        self.message = message
        self.help = help
        self.words = words

    def __repr__(self) -> str:
        return f"Misuse({self.kind!r}, {self.index}, {self.end}, {self.message!r})"


class Arguments:
    """The launcher's command line, read as it was meant, with what is wrong about it in `faults`.

    Indices count the words that were read. `dashes` is the index of `--`, `fluent_bit` the words
    meant for Fluent Bit with their indices. After a word that can't be known (`certain` is False)
    no fault is claimed any more. `places` leads from the container to each word.
    """

    __slots__ = (
        "_separated",
        "certain",
        "dashes",
        "faults",
        "filters",
        "fluent_bit",
        "in_config",
        "inputs",
        "out_config",
        "outputs",
        "places",
        "run_path",
        "services",
        "words",
    )

    def __init__(
        self, words: Sequence[str | Unknown], places: Sequence[Path] | None = None
    ) -> None:
        self.words = tuple(words)
        self.places = places
        self.run_path = Setting(RUN_PATH)
        self.in_config = Setting(IN_CONFIG)
        self.out_config = Setting(OUT_CONFIG)
        self.inputs: list[Pair] = []
        self.filters: list[Pair] = []
        self.outputs: list[Pair] = []
        self.services: list[Pair] = []
        self.dashes: int | None = None
        self.fluent_bit: list[tuple[int, str | Unknown]] = []
        self.faults: list[Misuse] = []
        self.certain = True
        self._separated: list[tuple[int, str | Unknown]] | None = None

    @property
    def separated(self) -> list[tuple[int, str | Unknown]]:
        """The words for Fluent Bit with their indices, a flag and its value always being two."""
        if self._separated is None:
            from fargate_lint.launch.flags import separated  # noqa: PLC0415  (the launcher's only)

            self._separated = separated(self.fluent_bit)
        return self._separated

    @property
    def stops(self) -> bool:
        """Whether the launcher itself refuses: Fluent Bit is never started."""
        last = len(self.words) if self.dashes is None else self.dashes
        return any(fault.index <= last for fault in self.faults)

    def path(self, index: int) -> Path:
        """The path from the container to a word; just after the last word: the list itself."""
        if index >= len(self.words):
            return ("command",)
        return ("command", index) if self.places is None else self.places[index]

    def blames(self, index: int) -> Misuse | None:
        """The fault that covers this word, if there is one."""
        for fault in self.faults:
            if fault.index <= index < max(fault.end, fault.index + 1):
                return fault
        return None


def read(words: Sequence[str | Unknown], places: Sequence[Path] | None = None) -> Arguments:
    """The launcher's arguments: the words after its own path. Never raises."""
    from fargate_lint.launch.arguments import Reader  # noqa: PLC0415  (it needs the types above)

    return Reader(words, places).arguments


def is_launcher(entry_point: Sequence[str | Unknown]) -> bool | Unknown:
    """Whether an `entryPoint` starts the launcher; Unknown when a shell or a template decides."""
    if not entry_point:
        return False
    program = entry_point[0]
    if isinstance(program, Unknown):
        return program
    if program == LAUNCHER:
        return True
    if program.rsplit("/", 1)[-1] in SHELLS:
        return Unknown(program)
    return False


def arguments_of(container: Container) -> Arguments | None:
    """The arguments with which a container starts the launcher, or None when it does not.

    Usually `entryPoint` is the launcher and `command` holds its arguments. A launcher at the head
    of `command` counts too when there is no `entryPoint`: AWS's image has none of its own.
    """
    known: dict[int, Arguments | None] = container.task.facts.setdefault("launcher", {})
    if container.index not in known:
        words: list[str | Unknown] = []
        places: list[Path] = []
        whole = True
        for key in ("entryPoint", "command"):
            found = container.words(key)
            listed = isinstance(container.get(key), list)
            words.extend(found)
            places.extend((key, index) if listed else (key,) for index in range(len(found)))
            whole = whole and (*container.path, key) not in container.lens.partial
        starts = is_launcher(words) is True
        arguments: Arguments | None = None
        if starts and whole:
            arguments = _read_once(words[1:], places[1:])
        elif starts:
            # What was left out may be any number of words, anywhere among the others.
            arguments = read(words[1:], places[1:])
            arguments.certain = False
            arguments.faults.clear()
        known[container.index] = arguments
    return known[container.index]


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
    if lowered.startswith("/var/alertlogic") or "fluent-launch" in lowered:
        return True
    name = lowered.rsplit("/", 1)[-1]
    return SequenceMatcher(None, name, "fluent-launch").ratio() > 0.8


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
