"""`fargate-lint completion`: a script that teaches a shell to complete our command line."""

from __future__ import annotations

import sys

import shtab

from fargate_lint.lint import registry
from fargate_lint.report.findings import formats

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "fish")
#: What is completed with names of files, by what stands for the argument in the help.
FILES = frozenset({"FILE", "PATH", "TASKDEF", "CONTAINER_PATH=LOCAL_FILE"})


def run(args: argparse.Namespace) -> int:
    """Print the script for a shell; `args.parser` makes the parser to describe."""
    parser = args.parser()
    known = registry.load()
    rules = [name for entry in known.entries for name in (entry.name, entry.code)]
    for action in _actions(parser):
        if action.metavar in FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar == "FORMAT[:FILE]":
            action.choices = list(formats(known))
        elif action.metavar in {"RULE", "RULE|PATH"}:
            action.choices = rules
    sys.stdout.write(shtab.complete(parser, args.shell) + "\n")
    return 0


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """All arguments of a parser and of its commands."""
    found = []
    for action in parser._actions:  # noqa: SLF001  (there is no other way to go through them)
        found.append(action)
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                found += _actions(command)
    return found
