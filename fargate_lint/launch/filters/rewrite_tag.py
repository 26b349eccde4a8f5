"""`rewrite_tag`: records sent through all filters anew, under another tag.

https://docs.fluentbit.io/manual/data-pipeline/filters/rewrite-tag
"""

from __future__ import annotations

from fargate_lint.launch import onigmo, values
from fargate_lint.launch.accessor import Accessor
from fargate_lint.launch.filters.event import Event, Result
from fargate_lint.launch.filters.options import tokens
from fargate_lint.launch.record import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.filters.options import Options
    from fargate_lint.launch.parsers import Parser


def make(options: Options, _parsers: dict[str, Parser] | None) -> RewriteTag:
    """The filter that these options make."""
    return RewriteTag(options)


class Rule:
    """One `Rule`: key, pattern, new tag, and whether the record also goes on as it was."""

    __slots__ = ("keeps", "key", "pattern", "tag")

    def __init__(self, value: str, version: str) -> None:
        key, pattern, tag, keep, *_ = tokens(value, 4)
        self.key = Accessor(key)
        self.tag = Accessor(tag)
        self.keeps = values.boolean(keep) is True
        compiled = onigmo.compile(pattern, version)
        if not self.key.valid:
            raise Refused(f"invalid record accessor key? '{key}'")
        if compiled is None:
            raise Refused(f"could not compile regex pattern '{pattern}'")
        if not self.tag.valid:
            raise Refused("could not compose tag")
        self.pattern = compiled


class RewriteTag:
    """One `rewrite_tag`."""

    def __init__(self, options: Options) -> None:
        self.rules = [Rule(value, options.version) for value in options.all("rule")]

    def apply(self, event: Event) -> Result:
        """The first rule that matches emits the record."""
        for rule in self.rules:
            value = rule.key.value(event.record)
            match = rule.pattern.search(value) if isinstance(value, str) else None
            if match is not None:
                tag = rule.tag.compose(event.record, event.tag, match)
                emitted = Event(tag, event.time, event.record)
                return Result(event if rule.keeps else None, (emitted,))
        return Result(event)
