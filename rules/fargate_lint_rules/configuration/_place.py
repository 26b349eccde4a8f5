"""Where a suppression stands: in the configuration, in a comment, or in a label."""

from __future__ import annotations

from fargate_lint.launch import Spot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.lint.ignore.ignore import Ignore
    from fargate_lint.lint.rule import Rule


def report(
    rule: Rule, ignore: Ignore, message: str, key: str, help_: str, severity: str = ""
) -> None:
    """Report a suppression; `key` is what is wrong of an entry in the configuration."""
    if ignore.span is not None:
        rule.report_span(ignore.document, message, *ignore.span, help=help_)
    else:
        below = (key,) if ignore.kind == "configuration" else ()
        rule.report(
            Spot(ignore.document, ignore.place), message, at=below, help=help_, severity=severity
        )
