"""`explain`: the pages of rules, and what went wrong with a task."""

from __future__ import annotations

import os
import sys

from fargate_lint.commands.plugins import say_problems
from fargate_lint.commands.streams import warn
from fargate_lint.lint import pages
from fargate_lint.lint.files import STDIN
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.report.findings.diff import clean
from fargate_lint.report.terminal import Terminal
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.rule import Rule

USAGE = """\
fargate-lint explain RULE…     the page of a rule: what it finds, why it matters, what to write
fargate-lint explain PATH…     what went wrong with a task, from its definition and from evidence:

  --logs FILE     console output of log_router, al-agent or the application, as CloudWatch,
                  the AWS command line, kubectl or docker compose print it
  --tasks FILE    `aws ecs describe-tasks`, an ECS Task State Change event
  --reason TEXT --exit-code N --container NAME
                  what the console says of a stopped task
  --format        text, markdown (for a ticket), json, html
  --anonymize     with other account ids, addresses and host names

Secrets are masked in every format, and nothing leaves this machine.
"""


def run(args: argparse.Namespace) -> int:
    """Show the page of each rule, or the report of a ticket; the exit status.

    Pages are formatted on a terminal, Markdown in a pipe. Raises Stop for what is neither a rule
    nor a file.
    """
    given = args.logs or args.tasks or args.reason or args.exit_code is not None or args.container
    if not given and not args.subjects:
        sys.stdout.write(USAGE)
        return 0 if Terminal(sys.stdout).interactive else 3
    # No name of a rule has a dot.
    if given or all("." in name and os.path.exists(name) for name in args.subjects):
        return _ticket(args)
    trust = "all" if args.plugins else "none"
    configuration = Configuration({}, file=args.config, isolated=args.isolated, trust=trust)
    registry = load(*configuration.plugins([os.curdir]))
    configuration.define(registry)
    rules: dict[type[Rule], None] = {}
    paths = []
    for name in args.subjects:
        try:
            found = _rules(registry, name)
        except Stop:
            say_problems(registry, configuration)
            raise
        rules.update(dict.fromkeys(found))
        if not found:
            paths.append(name)
    if paths and rules:
        rule = next(iter(rules)).name
        raise Stop(
            f"`{rule}` is a rule and `{paths[0]}` is a file: explain one or the other",
            f"`fargate-lint explain {paths[0]}`",
        )
    if paths:
        return _ticket(args)
    for problem in registry.problems:
        warn(problem)
    texts = [
        "\n".join(map(clean, pages.markdown(rule, registry.plugin_of(rule)).split("\n")))
        for rule in rules
    ]
    terminal = Terminal(sys.stdout)
    if terminal.rich:
        from fargate_lint.report.page import show  # noqa: PLC0415  (rich takes its time)

        show(texts, terminal, sys.stdout)
    else:
        sys.stdout.write("\n---\n\n".join(texts))
    return 0


def _ticket(args: argparse.Namespace) -> int:
    from fargate_lint.commands.ticket import run as explain  # noqa: PLC0415  (not for a rule's page)

    return explain(args)


def _rules(registry: Registry, name: str) -> list[type[Rule]]:
    """The rules that a word means, [] when it is a file. Stops when it is neither."""
    if not registry.knows(name) and (name == STDIN or os.path.exists(name)):
        return []
    try:
        return registry.find(name)
    except Stop as stop:
        if os.path.basename(name) != name or "." in name:
            raise Stop(f"`{name}` is no rule, and there is no such file") from stop
        raise
