"""What the rules about ranges of numbers share."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: What the API's documentation and `--generate-cli-skeleton` have for every string.
SKELETON = frozenset({"", "string"})


def is_skeleton(container: Container) -> bool:
    """Whether a container is still the skeleton that the AWS CLI prints, to be filled in."""
    image = container.value.get("image")
    return isinstance(image, str) and image in SKELETON


def outside(container: Container, parent: str, key: str, low: int, high: int) -> int | None:
    """A number below `parent` that is out of its range, None when it is in it or isn't known."""
    if key not in container.members(parent):
        return None
    number = container.number(parent, key)
    return number if isinstance(number, int) and not low <= number <= high else None
