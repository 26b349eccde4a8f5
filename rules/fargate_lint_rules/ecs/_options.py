"""What the rules about the options of log drivers share."""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.ecs._shape import is_partial
from fargate_lint_rules.firelens._options import not_plain, secret_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

PATH = ("logConfiguration", "options")


def names(container: Container) -> set[str] | None:
    """The options that are set, plain or secret; None when that can't be told."""
    value = container.get(*PATH)
    if value is not None and not isinstance(value, dict):
        return None
    options = container.options
    if (
        is_partial(container, *PATH)
        or is_partial(container, PATH[0])
        or not_plain(container, options)
    ):
        return None
    return {*options, *secret_options(container)}


def known(container: Container, name: str) -> str:
    """The value of an option, "" when it has none or one that can't be known."""
    value = container.options.get(name)
    return "" if isinstance(value, Unknown) or not isinstance(value, str) else value
