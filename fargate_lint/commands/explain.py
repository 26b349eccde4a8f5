"""`explain`: the pages of rules."""

from __future__ import annotations

import os
import sys

from fargate_lint.commands.rules import known
from fargate_lint.lint import pages
from fargate_lint.lint.settings import Stop
from fargate_lint.report.terminal import Terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.rule import Rule


def run(args: argparse.Namespace) -> int:
    """Show the page of each rule: formatted on a terminal, as Markdown in a pipe.

    Raises Stop for what names no rule.
    """
    registry = known(args.config)
    rules = dict.fromkeys(rule for name in args.subjects for rule in _found(registry, name))
    texts = [pages.markdown(rule, registry.plugin_of(rule)) for rule in rules]
    terminal = Terminal(sys.stdout)
    if terminal.rich:
        from fargate_lint.report.page import show  # noqa: PLC0415  (rich takes its time)

        show(texts, terminal, sys.stdout)
    else:
        sys.stdout.write("\n---\n\n".join(texts))
    return 0


def _found(registry: Registry, name: str) -> Iterable[type[Rule]]:
    try:
        return registry.find(name)
    except Stop as stop:
        if os.path.exists(name) or os.path.basename(name) != name or "." in name:
            raise Stop(
                f"`{name}` is no rule: `explain` shows the pages of rules",
                f"`fargate-lint check {name}` finds what is wrong with a file",
            ) from stop
        raise
