"""Signatures of log lines, found quickly in very long logs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from fargate_lint.diagnose.causes import causes
from fargate_lint.diagnose.tables import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.lint.registry import Registry

#: Makes all digits alike: lines that differ in digits only are looked up once.
DIGITS_ALIKE = bytes.maketrans(b"123456789", b"0" * 9)
#: Roles that signatures of plugins may have.
PLUGIN_ROLES = frozenset({
    "closing", "crash", "network", "noise", "pressure", "running", "start", "transient", "warning",
})  # fmt: skip
#: The most shapes of lines that are remembered.
SHAPE_LIMIT = 20_000
#: Makes everything but letters a blank.
WORDS_APART = bytes(
    code if chr(code).isascii() and (chr(code).isalpha() or chr(code) == "_") else 32
    for code in range(256)
)
#: Letters of a word to look for: shorter ones are too frequent.
SHORTEST_WORD = 3
#: Words that are frequent in lines without any signature.
COMMON_WORDS = frozenset(
    b"and are at be but by can cannot chunk client code config connection could create data delete"
    b" error event exception fail failed failure file for found from get group has host http id"
    b" in info input invalid is item key length level limit line list log logs message missing"
    b" msg name no not null of on one open or output parameter path plugin post process put read"
    b" records request required response retry section send server service session set size start"
    b" started state status stream such system task that the time timeout to token type update"
    b" user value was with write".split()
)


class Signature:
    """One kind of line. `role` says how it is weighed (see `scripts/diagnosis.toml`), `cause` is
    the id of the cause that it names ("" when that depends), `means` a sentence about it.
    """

    __slots__ = (
        "_compiled",
        "anyone",
        "cause",
        "digits",
        "id",
        "means",
        "needles",
        "pattern",
        "role",
        "texts",
        "vague",
    )

    def __init__(self, entry: dict[str, Any]) -> None:
        self.id: str = entry["id"]
        self.pattern: str = entry["pattern"]
        self.texts: list[str] = entry["needles"]
        self.needles = [text.encode().translate(DIGITS_ALIKE).decode() for text in self.texts]
        self.role: str = entry["role"]
        self.cause: str = entry["cause"]
        self.means: str = entry["means"]
        #: Whether the pattern tells one digit from another, so lines of one shape may differ.
        self.digits: bool = entry.get("digits", False)
        #: Whether any program may print such a line, not only the router.
        self.anyone: bool = entry.get("anyone", False)
        #: Whether it is a reason of ECS that only says which step has failed.
        self.vague: bool = entry.get("vague", False)
        self._compiled: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """The match of the pattern in `text`."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled.search(text)


class Signatures:
    """A table of signatures, the most specific first.

    Most lines of a long log have none, and most others differ in numbers only. So a line is first
    looked up by its shape, its text with all digits alike; signatures that tell digits apart are
    then tried on the line itself. A new shape is split into words: a signature can only match a
    line that has its rarest word.
    """

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self.all = [Signature(entry) for entry in entries]
        self._order = {one: index for index, one in enumerate(self.all)}
        self._words: dict[bytes, list[Signature]] = {}
        self._shapes: dict[bytes, tuple[tuple[Signature, ...], bool]] = {}
        #: Signatures without a needle are tried on each new shape.
        self._always = [one for one in self.all if not one.needles]
        for one in self.all:
            for needle in one.needles:
                self._words.setdefault(_word(needle), []).append(one)
        self._bare = [
            (needle, one)
            for one in dict.fromkeys(self._words.pop(b"", ()))
            for needle in one.texts
            if not _word(needle)
        ]

    def find(self, text: str, shape: bytes | None = None) -> tuple[Signature, ...]:
        """The signatures that a line has, of which the `shape` may be known already."""
        if shape is None:
            shape = self.shape(text)
        known = self._shapes.get(shape)
        if known is None:
            words = shape.translate(WORDS_APART).split()
            bare = [one for needle, one in self._bare if needle in text] + self._always
            if not bare and self._words.keys().isdisjoint(words):
                return ()
            known = self._search(words, bare, shape.decode(), text)
            if len(self._shapes) >= SHAPE_LIMIT:
                self._shapes.clear()
            self._shapes[shape] = known
        found, varies = known
        if varies:
            return tuple(one for one in found if not one.digits or one.search(text))
        return found

    @staticmethod
    def shape(text: str) -> bytes:
        """A text with all digits alike."""
        return text.encode("utf-8", "replace").translate(DIGITS_ALIKE)

    def may_be_in(self, text: str) -> bool:
        """A quick look at many lines: False only when none of them can have a signature."""
        if self._always or any(needle in text for needle, _ in self._bare):
            return True
        words = text.encode("utf-8", "replace").translate(WORDS_APART).split()
        return not self._words.keys().isdisjoint(words)

    def _search(
        self, words: list[bytes], bare: list[Signature], shape: str, text: str
    ) -> tuple[tuple[Signature, ...], bool]:
        """The signatures that a shape may have, and whether digits decide about any of them."""
        likely = dict.fromkeys(bare)
        for word in words:
            if word in self._words:
                likely.update(dict.fromkeys(self._words[word]))
        found = [
            one
            for one in sorted(likely, key=self._order.__getitem__)
            if (not one.needles or any(needle in shape for needle in one.needles))
            and (one.digits or one.search(text))
        ]
        return tuple(found), any(one.digits for one in found)


def _word(needle: str) -> bytes:
    """The word of `needle` to look for: the longest rare one, b"" when it has none.

    A needle may begin or end inside a word, so these are only taken when there is no other.
    """
    words = needle.encode().translate(WORDS_APART).split()
    inner = words[needle[:1].islower() : len(words) - (needle[-1:].isalpha() or needle[-1:] == "_")]
    whole = inner if any(word.lower() not in COMMON_WORDS for word in inner) else words
    rare = [
        word for word in whole if word.lower() not in COMMON_WORDS and len(word) >= SHORTEST_WORD
    ]
    best = max(rare or whole, key=len, default=b"")
    return best if len(best) >= SHORTEST_WORD else b""


def for_logs(registry: Registry) -> Signatures:
    """All signatures that a line of a log may have: ours, those of plugins, and reasons of ECS."""
    if not registry.signatures:
        return _own()
    ours = entries("stop_reasons"), entries("signatures")
    return Signatures([*ours[0], *of_plugins(registry), *ours[1]])


@lru_cache(maxsize=1)
def _own() -> Signatures:
    return Signatures([*entries("stop_reasons"), *entries("signatures")])


def of_plugins(registry: Registry) -> list[dict[str, Any]]:
    """Entries of plugins; an invalid one is added to the registry's problems instead."""
    known = causes()
    found = []
    for plugin, given in registry.signatures:
        entry = {"role": "running", "means": "", "needles": [], "digits": True, **_members(given)}
        wrong = ""
        if not all(isinstance(entry.get(key), str) and entry[key] for key in ("id", "pattern")):
            wrong = f"a signature has no id or no pattern: {given!r}"
        elif entry.get("cause") not in known:
            wrong = f"signature `{entry['id']}`: there is no cause `{entry.get('cause')}`"
        elif entry["role"] not in PLUGIN_ROLES:
            wrong = f"signature `{entry['id']}`: there is no role `{entry['role']}`"
        else:
            try:
                re.compile(entry["pattern"])
            except re.error as error:
                wrong = f"signature `{entry['id']}`: {error}"
        if wrong:
            registry.problems.append(f"plugin `{plugin}`: {wrong}")
        else:
            found.append(entry)
    return found


def _members(given: Any) -> dict[str, Any]:
    return dict(given) if isinstance(given, Mapping) else {}


@lru_cache(maxsize=1)
def built_in() -> Signatures:
    """Our own signatures of lines that Fluent Bit and its plug-ins print."""
    return Signatures(entries("signatures"))
