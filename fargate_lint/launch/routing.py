"""Which tags a filter or an output takes, and which outputs a record reaches.

The rules: https://docs.fluentbit.io/manual/concepts/data-pipeline/router
"""

from __future__ import annotations

from fargate_lint.source.later import later
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import NamedTuple

    from fargate_lint.launch.sections import Section

    class Route(NamedTuple):
        """Where records of a tag go: indices into the filters and outputs, in their order.

        `unsure_*` are those whose match the files do not decide.
        """

        tag: str
        filters: list[int]
        outputs: list[int]
        unsure_filters: list[int]
        unsure_outputs: list[int]

    from fargate_lint.launch import onigmo
else:
    onigmo = later("fargate_lint.launch.onigmo")
    from collections import namedtuple

    Route = namedtuple("Route", "tag filters outputs unsure_filters unsure_outputs")

NEWEST = "5.0.9"
# Filters that put records back in by an input of their own, which counts as one more input.
EMITTERS = frozenset({"rewrite_tag", "log_to_metrics"})


def match(pattern: str, tag: str) -> bool:
    """Whether a `Match` takes a tag: `*` is any run of characters, everything else is itself."""
    first, *rest = pattern.split("*")
    if not rest:
        return tag == pattern
    *middle, last = rest
    if len(tag) < len(first) + len(last) or not tag.startswith(first) or not tag.endswith(last):
        return False
    at, end = len(first), len(tag) - len(last)
    for part in middle:
        found = tag.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def match_regex(pattern: str, tag: str, version: str = NEWEST) -> bool:
    """Whether a `Match_Regex` takes a tag: at its start, and at least one character.

    False for a pattern that is invalid or not simulated; `Selector` tells these apart.
    """
    compiled = onigmo.compile(pattern, version)
    return compiled is not None and _regex_takes(compiled, tag) is True


def _regex_takes(pattern: onigmo.Pattern, tag: str) -> bool | None:
    try:
        found = pattern.match(tag)
    except onigmo.Undecided:
        return None
    return found is not None and found.end > 0


class Selector:
    """What a filter or an output matches. `present` is None when the files do not decide it."""

    __slots__ = ("_pattern", "_regex", "_unknown", "everything", "invalid_regex")

    def __init__(self, section: Section, version: str = NEWEST) -> None:
        self.everything = False
        #: A Match_Regex that Onigmo refuses: Fluent Bit says nothing and goes on without it.
        self.invalid_regex = False
        self._unknown = False
        self._pattern = self._last(section, "match")
        self._regex: onigmo.Pattern | None = None
        text = self._last(section, "match_regex")
        if text is not None:
            self._regex = onigmo.compile(text, version)
            self.invalid_regex = self._regex is None

    def _last(self, section: Section, key: str) -> str | None:
        entry = section.last(key)
        if entry is None:
            return None
        if isinstance(entry.value, Unknown):
            self._unknown = True
            return None
        return entry.value

    @property
    def present(self) -> bool | None:
        """Whether there is a match at all."""
        if self.everything or self._pattern is not None or self._regex is not None:
            return True
        return None if self._unknown else False

    def takes(self, tag: str) -> bool | None:
        """Whether records of this tag are taken; None when that cannot be known."""
        if not tag:
            return False
        if self.everything or (self._pattern is not None and match(self._pattern, tag)):
            return True
        answer = _regex_takes(self._regex, tag) if self._regex is not None else False
        return None if self._unknown and not answer else answer


def name_of(section: Section) -> str | Unknown | None:
    """The plugin's name in lower case, as Fluent Bit compares it; the first Name counts."""
    entry = section.first("name")
    if entry is None or isinstance(entry.value, Unknown):
        return entry.value if entry is not None else None
    return entry.value.strip().lower().partition("://")[0]


def instance_names(sections: Sequence[Section]) -> list[str]:
    """The names of filters or of outputs in Fluent Bit's log: `syslog.0`, numbered as a whole."""
    names: list[str] = []
    for index, section in enumerate(sections):
        name = name_of(section)
        names.append(f"{name if isinstance(name, str) else '?'}.{index}")
    return names


def input_count(
    inputs: Sequence[Section], filters: Sequence[Section], service: Section | None = None
) -> int:
    """How many inputs there are, with those that filters and the storage add."""
    emitters = sum(name_of(section) in EMITTERS for section in filters)
    storage = service is not None and service.last("storage.path") is not None
    return len(inputs) + emitters + storage


def output_selectors(
    inputs: Sequence[Section],
    filters: Sequence[Section],
    outputs: Sequence[Section],
    version: str = NEWEST,
    service: Section | None = None,
) -> list[Selector]:
    """What each output takes. One input and one output without a match belong together."""
    selectors = [Selector(_without_empty(section), version) for section in outputs]
    if len(selectors) == 1 and input_count(inputs, filters, service) == 1:
        only = selectors[0]
        only.everything = only.present is False
    return selectors


def _without_empty(section: Section) -> Section:
    """An output's `Match` that expands to nothing counts as absent."""
    from fargate_lint.launch.sections import Section  # noqa: PLC0415  (only for such a rare case)

    if all(entry.value != "" for entry in section.entries):
        return section
    kept = [entry for entry in section.entries if entry.value != ""]
    return Section(section.name, kept, section.origin)


def incoming_tag(section: Section, tag: str, version: str = NEWEST) -> str | None:
    """The tag that a record gets in a forward input; None when the files do not decide it.

    `Tag_Prefix` stands in front; `Tag` replaces the sender's tag from 4.2 on.
    """
    prefix = section.last("tag_prefix")
    if prefix is not None:
        return prefix.value + tag if isinstance(prefix.value, str) else None
    own = section.last("tag")
    if own is None or version.startswith("1."):
        return tag
    return own.value if isinstance(own.value, str) else None


def route(tag: str, filters: Iterable[Selector], outputs: Iterable[Selector]) -> Route:
    """The filters that see a record of this tag, and the outputs that get a copy of it."""
    seen = [selector.takes(tag) for selector in filters]
    reached = [selector.takes(tag) for selector in outputs]
    return Route(
        tag,
        [index for index, answer in enumerate(seen) if answer],
        [index for index, answer in enumerate(reached) if answer],
        [index for index, answer in enumerate(seen) if answer is None],
        [index for index, answer in enumerate(reached) if answer is None],
    )
