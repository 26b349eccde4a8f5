"""Whether an image has the tools that a health check calls."""

from __future__ import annotations

from fargate_lint.data.image_tools import AWS_3_FLUENT_BIT, NOT_IN_AWS_3
from fargate_lint.launch.images import image_of, numbers
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

WORD = lazily(r"[\w.-]+")


def tool_missing(container: Container) -> str:
    """Why a container's health check cannot work in its image, "" if it can or is unknown."""
    words = [text_of(word) for word in container.list("healthCheck", "command")]
    if not words:
        return ""
    command = " ".join(words)
    reference = text_of(container.get("image"))
    found = image_of(container)
    if found.kind == "upstream" and "debug" not in found.image.tag:
        return f"`{reference}` holds neither a shell nor tools, so `{command}` cannot run."
    lacking = NOT_IN_AWS_3 & set(WORD.findall(command))
    if found.kind == "aws" and lacking and numbers(found.version) >= AWS_3_FLUENT_BIT:
        return f"`{reference}` has no {min(lacking)}, so `{command}` fails."
    return ""
