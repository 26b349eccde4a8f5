"""House rules of ACME."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.lint.rule import Rule


def fargate_lint_rules() -> list[type[Rule]]:
    """The rules of this plugin."""
    from acme_fargate_lint.team_label_missing import TeamLabelMissing  # noqa: PLC0415  (only when asked)

    return [TeamLabelMissing]
