"""Globs of a configuration, and of `.gitignore` files, as patterns that never take long."""

from __future__ import annotations

import re

from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: The first of the characters that stand for literals: private ones, which mean nothing.
PRIVATE = 0xE000
# `**/` stands for folders, none of them included, only where a name begins.
_WILDCARDS = lazily(r"((?:(?<![^/])\*\*+/)+|\*\*+|\*)")


def glob_pattern(glob: str, literals: Sequence[str] = (), *, below: bool = True) -> re.Pattern[str]:
    """A glob of the configuration as a pattern for paths relative to it.

    `*` stays within one name, `**` doesn't, and a glob without a slash is looked for at any depth,
    as in .gitignore. With `below`, what is below a path that fits does too. Characters from U+E000
    on stand for the `literals`, which are regular expressions. A match takes time with the square
    of the path at most.
    """
    text = glob.rstrip("/")
    text = "**/" + text if "/" not in text else text.lstrip("/")
    first, *rest = _WILDCARDS.split(text)
    # The first place where a piece fits is as good as any later one: to what stands before a `*`
    # for that and what follows, and to what stands before a `**` for all that follows.
    closed, group, last = "", _literal(first, literals), ""
    for wildcard, piece in zip(rest[::2], rest[1::2], strict=True):
        if wildcard == "*":
            group, last = f"{group}(?>{last})", "[^/]*?" + _literal(piece, literals)
        else:
            any_depth = "(?:.*?/)??" if wildcard.endswith("/") else ".*?"
            closed, group, last = (
                f"{closed}(?>{group}{last})",
                any_depth + _literal(piece, literals),
                "",
            )
    return re.compile(rf"{closed}{group}{last}{'(?:/.*)?' if below else ''}\Z", re.DOTALL)


def _literal(piece: str, literals: Sequence[str]) -> str:
    text = re.escape(piece).replace(r"\?", "[^/]")
    for index, literal in enumerate(literals):
        text = text.replace(chr(PRIVATE + index), literal)
    return text
