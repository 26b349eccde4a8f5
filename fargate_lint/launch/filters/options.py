"""The options of one filter, checked against what the plugin declares."""

from __future__ import annotations

from fargate_lint.launch import plugins, values
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Refused
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.sections import Section

QUOTE = '"'


class Options:
    """The plugin's own options in order: keys in lower case, values as text.

    Raises Refused for an option that the plugin does not have, or that is given twice and may not
    be, and Undecided for a value that is not known.
    """

    __slots__ = ("items", "old", "plugin", "version")

    def __init__(self, section: Section, plugin: str, version: str) -> None:
        self.plugin = plugin
        self.version = version
        self.old = version.startswith("1.")
        self.items: list[tuple[str, str]] = []
        declared = plugins.lookup(version, "filter", plugin)
        core = plugins.core(version, "filter")
        seen: dict[str, int] = {}
        for entry in section.entries:
            key = entry.key.lower()
            option = declared.option(key) if declared is not None else None
            if option is None and (key in core or key == "name"):
                continue
            if option is None:
                said = f"[config] {plugin}: unknown configuration property '{entry.key}'"
                raise Refused(said)
            # 1.9.10 compares the spelling, so that another one passes.
            spelling = entry.key if self.old else key
            seen[spelling] = seen.get(spelling, 0) + 1
            if seen[spelling] > 1 and not option.multiple:
                raise Refused(f"[config] {plugin}: configuration property '{key}' is set 2 times")
            if isinstance(entry.value, Unknown):
                raise Undecided(f"the value `{entry.text}` is not known")
            self._check(entry.key, entry.value, option)
            self.items.append((key, entry.value))

    def _check(self, key: str, value: str, option: plugins.Option) -> None:
        if option.type == "bool" and option.validated and values.boolean(value) is None:
            said = f"[config map] invalid value for boolean property '{key}={value}'"
            raise Refused(said)
        found = len(tokens(value, option.words)) if option.words else 0
        if found < option.words:
            shown = key if self.old else key.lower()
            raise Refused(
                f"[config map] property '{shown}' expects {option.words} values "
                f"(only {found} were found)"
            )

    def all(self, *keys: str) -> Iterator[str]:
        """The values of all entries with one of these keys, in order."""
        return (value for key, value in self.items if key in keys)

    def last(self, key: str) -> str | None:
        """The last value of a key, or None."""
        found = None
        for found in self.all(key):  # noqa: B007  (the last one is the point)
            pass
        return found

    def enabled(self, key: str) -> bool:
        """Whether a boolean option is on."""
        return values.boolean(self.last(key) or "") is True


def tokens(text: str, most: int) -> list[str]:
    """Words of a list option: double quotes hold blanks, and what follows `most` words is one more.

    https://github.com/fluent/fluent-bit/blob/master/src/flb_slist.c
    """
    found: list[str] = []
    at = 0
    while True:
        while text[at : at + 1] == " ":
            at += 1
        quoted = text[at : at + 1] == QUOTE
        start = at + quoted
        end = _closing(text, start) if quoted else text.find(" ", start)
        if not 0 <= end < len(text):
            if start < len(text):
                found.append(text[start:])
            return found
        word = text[start:end]
        found.append(word.replace('\\"', QUOTE) if quoted else word)
        at = end + 1
        if len(found) >= most > 0:
            rest = text[at:].lstrip(" ")
            return [*found, rest] if rest else found


def _closing(text: str, start: int) -> int:
    """The place of the quote that ends a word, or -1: one behind a backslash does not."""
    end = text.find(QUOTE, start)
    while end > 0 and text[end - 1] == "\\":
        end = text.find(QUOTE, end + 1)
    return end
