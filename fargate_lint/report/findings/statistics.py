"""How often each rule found something."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fargate_lint.lint.located import Located
    from fargate_lint.report.terminal import Terminal


def counts(findings: Iterable[Located]) -> list[dict[str, Any]]:
    """Code, name and count of each rule that found something, the busiest first."""
    found: dict[tuple[str, str], int] = {}
    for finding in findings:
        rule = finding.code, finding.name
        found[rule] = found.get(rule, 0) + 1
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [{"code": code, "name": name, "count": count} for (code, name), count in ordered]


def rows(findings: Iterable[Located], terminal: Terminal) -> Iterator[str]:
    """The same as lines of text in columns."""
    found = counts(findings)
    digits = max((len(f"{rule['count']:,}") for rule in found), default=0)
    letters = max((len(rule["code"]) for rule in found), default=0)
    for rule in found:
        code, name = rule["code"], rule["name"]
        yield (
            f"{rule['count']:>{digits},}  "
            f"{terminal.paint('strong', terminal.link(code, name, code))}"
            f"{' ' * (letters - len(code))}  {terminal.link(code, name, name)}"
        )
