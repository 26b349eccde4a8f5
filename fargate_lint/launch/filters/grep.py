"""`grep`: records kept or dropped by regular expressions.

https://docs.fluentbit.io/manual/data-pipeline/filters/grep
"""

from __future__ import annotations

from fargate_lint.launch import onigmo, values
from fargate_lint.launch.accessor import Accessor
from fargate_lint.launch.filters.event import Result
from fargate_lint.launch.record import Record, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.filters.event import Event
    from fargate_lint.launch.filters.options import Options
    from fargate_lint.launch.parsers import Parser

LOGICS = ("legacy", "and", "or")


def make(options: Options, _parsers: dict[str, Parser] | None) -> Grep:
    """The filter that these options make."""
    return Grep(options)


class Rule:
    """One `Regex` or `Exclude` line."""

    __slots__ = ("_accessor", "_pattern", "excludes")

    def __init__(self, kind: str, value: str, version: str) -> None:
        self.excludes = kind == "exclude"
        words = values.split(value, 1)
        if len(words) != 2:
            raise Refused("invalid regex, expected field and regular expression")
        field, text = words
        self._accessor = Accessor(field if field.startswith("$") else f"${field}")
        if not self._accessor.valid:
            raise Refused(f"invalid record accessor? '{field}'")
        pattern = onigmo.compile(text, version)
        if pattern is None:
            raise Refused(f"could not compile regex pattern '{text}'")
        self._pattern = pattern

    def hits(self, record: Record) -> bool:
        """Whether the pattern is found; only strings have a chance."""
        value = self._accessor.value(record)
        return isinstance(value, str) and self._pattern.search(value) is not None


class Grep:
    """One `grep`."""

    def __init__(self, options: Options) -> None:
        self.logic = (options.last("logical_op") or "legacy").lower()
        if self.logic not in LOGICS:
            # The program takes any other word for the old way.
            self.logic = "legacy"
        self.rules = [
            Rule(key, value, options.version)
            for key, value in options.items
            if key in {"regex", "exclude"}
        ]
        kinds = {rule.excludes for rule in self.rules}
        if self.logic != "legacy" and len(kinds) > 1:
            raise Refused("both 'regex' and 'exclude' are set")

    def apply(self, event: Event) -> Result:
        """Keep or drop."""
        keeps = self._legacy(event.record) if self.logic == "legacy" else self._all(event.record)
        return Result(event if keeps else None)

    def _legacy(self, record: Record) -> bool:
        """The first Regex line decides, so Exclude lines count only before it."""
        for rule in self.rules:
            hit = rule.hits(record)
            if rule.excludes and hit:
                return False
            if not rule.excludes:
                return hit
        return True

    def _all(self, record: Record) -> bool:
        if not self.rules:
            return True
        hits = (rule.hits(record) for rule in self.rules)
        found = all(hits) if self.logic == "and" else any(hits)
        return found is not self.rules[0].excludes
