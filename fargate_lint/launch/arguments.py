"""The launcher's arguments: what its command line says, and what is wrong about it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NamedTuple

    from fargate_lint.source.document import Path
    from fargate_lint.source.unknown import Unknown

    Word = tuple[int, str | Unknown]

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

RUN_PATH = "/fluent-bit/bin/fluent-bit"
IN_CONFIG = "/fluent-bit/etc/fluent-bit.conf"
OUT_CONFIG = "/var/alertlogic/lib/fluent-bit/fluent-bit.conf"


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
    meant for Fluent Bit with their indices, `separated` the same with a flag and its value always
    being two. After a word that can't be known (`certain` is False) no fault is claimed any more.
    `places` leads from the container to each word. `settings` and `pairs` are by the names of the
    attributes that they become. Never changed once it is made: many tasks share the arguments of
    one command.
    """

    __slots__ = (
        "certain", "dashes", "faults", "filters", "fluent_bit", "in_config", "inputs", "out_config",
        "outputs", "places", "run_path", "separated", "services", "words",
    )  # fmt: skip

    def __init__(
        self,
        words: Sequence[str | Unknown],
        places: Sequence[Path] | None = None,
        *,
        settings: Mapping[str, Setting] | None = None,
        pairs: Mapping[str, Sequence[Pair]] | None = None,
        dashes: int | None = None,
        fluent_bit: Sequence[Word] = (),
        separated: Sequence[Word] = (),
        faults: Sequence[Misuse] = (),
        certain: bool = True,
    ) -> None:
        self.words = tuple(words)
        self.places = None if places is None else tuple(places)
        settings, pairs = settings or {}, pairs or {}
        self.run_path = settings.get("run_path", Setting(RUN_PATH))
        self.in_config = settings.get("in_config", Setting(IN_CONFIG))
        self.out_config = settings.get("out_config", Setting(OUT_CONFIG))
        self.inputs = tuple(pairs.get("inputs", ()))
        self.filters = tuple(pairs.get("filters", ()))
        self.outputs = tuple(pairs.get("outputs", ()))
        self.services = tuple(pairs.get("services", ()))
        self.dashes = dashes
        self.fluent_bit = tuple(fluent_bit)
        self.separated = tuple(separated)
        self.faults = tuple(faults)
        self.certain = certain

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
