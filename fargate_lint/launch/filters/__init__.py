"""The filters that are simulated: what each makes of one record.

https://docs.fluentbit.io/manual/data-pipeline/filters
"""

from __future__ import annotations

from importlib import import_module

from fargate_lint.launch import plugins, routing
from fargate_lint.launch.filters.options import Options
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Refused
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from fargate_lint.data.private import Tables
    from fargate_lint.launch.filters.event import Event, Result
    from fargate_lint.launch.parsers import Parser
    from fargate_lint.launch.sections import Section

    class Filter(Protocol):
        """A filter that is ready to run."""

        def apply(self, event: Event) -> Result:
            """What becomes of a record. Raises Undecided."""


SIMULATED = frozenset({"grep", "modify", "nest", "parser", "record_modifier", "rewrite_tag"})


def prepare(
    section: Section,
    version: str,
    parsers: dict[str, Parser] | None = None,
    tables: Tables | None = None,
) -> Filter:
    """The filter that a section makes; `parsers` is None when they are not known.

    `tables` have private plugins.

    Raises Refused when it does not start, Undecided when it is not simulated.
    """
    name = routing.name_of(section)
    if name is None or isinstance(name, Unknown):
        raise Undecided("the filter's name is not known")
    if name not in SIMULATED:
        if plugins.lookup(version, "filter", name, tables=tables) is None:
            raise Refused(f"[config] section '{name}' tried to instance a plugin name")
        raise Undecided(f"what `{name}` does is not simulated")
    options = Options(section, name, version)
    made: Filter = import_module(f"{__name__}.{name}").make(options, parsers)
    return made
