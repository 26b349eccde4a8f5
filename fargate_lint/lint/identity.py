"""The identity of a rule: what findings, reports and configurations know of it."""

from __future__ import annotations


class Identity:
    """Code, names and severity of a rule."""

    #: Family letters and three digits; never reused.
    code: str = ""
    #: Kebab-case; names the fault, so that "ignore NAME" reads well.
    name: str = ""
    #: `error`, `warning` or `info`, unless a report says otherwise.
    severity: str = "warning"
    #: Former or merged names; each is accepted wherever the name is.
    aliases: tuple[str, ...] = ()
    #: A finding's place is only the first of several that count alike, the others being among its
    #: related places: a baseline knows it by all of them, in whatever order they stand in the file.
    alike: bool = False

    __slots__ = ()
