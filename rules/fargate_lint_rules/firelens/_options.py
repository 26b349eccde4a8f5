"""What the rules about log options share."""

from __future__ import annotations

from fargate_lint.source.unknown import MARKS, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.ecs.task import Container


def secret_options(container: Container) -> list[str]:
    """The names of options that `secretOptions` sets: they count like plain ones."""
    return [
        item["name"]
        for _, item in container.objects("logConfiguration", "secretOptions")
        if isinstance(item.get("name"), str)
    ]


def not_plain(container: Container, keys: Iterable[str]) -> bool:
    """Whether a template writes some of the keys, so that what is missing can't be told."""
    secrets = container.get("logConfiguration", "secretOptions")
    return (
        any(MARKS.search(key) for key in keys)
        or isinstance(secrets, Unknown)
        or any(
            isinstance(item.get("name"), Unknown)
            for _, item in container.objects("logConfiguration", "secretOptions")
        )
    )
