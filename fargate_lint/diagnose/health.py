"""Whether an image holds what a health check calls."""

from __future__ import annotations

import re

from fargate_lint.ecs.image import Image
from fargate_lint.launch.images import RouterImage, kind_of, numbers
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

NC = re.compile(r"\b(?:nc|ncat|netcat)\b")


def tool_missing(container: Container) -> str:
    """Why a container's health check cannot work in its image, "" when it can or nobody knows.

    Fluent Bit's own image has no shell at all unless its tag says debug; AWS for Fluent Bit has nc
    up to 2.x, and from 3.x only curl.
    https://github.com/fluent/fluent-bit-docker-image/issues/34
    """
    words = [text_of(word) for word in container.list("healthCheck", "command")]
    if not words:
        return ""
    command = " ".join(words)
    reference = text_of(container.get("image"))
    image = Image(reference)
    kind = kind_of(image)
    if kind == "upstream" and "debug" not in image.tag:
        return f"`{reference}` holds neither a shell nor tools, so `{command}` cannot run."
    if kind == "aws" and NC.search(command):
        router = RouterImage(reference)
        if numbers(router.version)[:1] > (1,):
            return f"`{reference}` has no nc, so `{command}` fails."
    return ""
