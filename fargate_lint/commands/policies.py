"""`fargate-lint rules --test FILE`: the examples of the rules that a configuration states."""

from __future__ import annotations

import os
import sys

from fargate_lint import testing
from fargate_lint.commands.plugins import load
from fargate_lint.lint import pages
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.report.findings.text import counted
from fargate_lint.report.terminal import escape
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.rule import Rule


def test(path: str, *, only_ours: bool) -> int:
    """Run the examples of each rule and tell how they went; 1 when one isn't as it says."""
    configuration = Configuration({}, file=path, only_ours=only_ours)
    known = load(configuration, [os.curdir])
    configuration.validate(known)
    settings = configuration.settings(os.curdir)
    if not settings.policies:
        raise Stop(f"`{path}` states no rules", "add a `[[rule]]`")
    failed = False
    for rule in settings.policies:
        failures = list(_failures(rule, settings, known))
        examples = pages.examples(rule)
        outcome = "; ".join(failures) or f"{counted(len(examples), 'example')} as stated"
        line = f"{rule.code} {rule.name}: {outcome if examples else 'no examples'}"
        sys.stdout.write(f"{escape(line)}\n")
        failed = failed or bool(failures)
    return 1 if failed else 0


def _failures(rule: type[Rule], settings: Settings, known: Registry) -> Iterator[str]:
    only = Settings()
    only.select = [rule.code]
    only.document = settings.document
    linter = Linter(only, registry=known, floor=0, fixes=False)
    numbers: dict[str, int] = {}
    for example in pages.examples(rule):
        number = numbers[example.kind] = numbers.get(example.kind, 0) + 1
        name = f"`{example.kind}` example {number}"
        try:
            file, text = testing.source(example)
        except ValueError as error:
            yield f"{name} is no JSON: {error}"
            continue
        found = linter.check(file, text).findings
        if example.kind == "bad" and not found:
            yield f"{name} is not reported"
        elif example.kind != "bad" and found:
            yield f"{name} is reported: {found[0].message}"
