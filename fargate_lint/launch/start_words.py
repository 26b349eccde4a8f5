"""The words with which a router's container starts Fluent Bit.

The images' own start: https://github.com/aws/aws-for-fluent-bit/blob/mainline/entrypoint.sh,
https://github.com/fluent/fluent-bit/blob/master/dockerfiles/Dockerfile
"""

from __future__ import annotations

from fargate_lint.launch.arguments import IN_CONFIG, RUN_PATH
from fargate_lint.launch.launcher import argv
from fargate_lint.launch.sections import Origin
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.arguments import Arguments
    from fargate_lint.launch.images import RouterImage
    from fargate_lint.source.document import Path
    from fargate_lint.source.unknown import Unknown

    Word = tuple[str | Unknown, Origin]

# In the order in which AWS's script loads them.
LOADED = ("firehose", "cloudwatch", "kinesis")


def words_of(router: Container, image: RouterImage, arguments: Arguments | None) -> list[Word]:
    """The program and its words, each with the place that made it; [] when they can't be known.

    `arguments` are those of the launcher, None when the router doesn't start it.
    """
    if arguments is None:
        return _own_start(router, image)
    start = _place(router, ("entryPoint",))
    return [
        (word, start if at is None else _place(router, arguments.path(at)))
        for word, at in argv(arguments)
    ]


def _own_start(router: Container, image: RouterImage) -> list[Word]:
    given: list[Word] = []
    for key in ("entryPoint", "command"):
        words = router.words(key)
        whole = not isinstance(router.get(key), list)
        given += [
            (word, _place(router, (key,) if whole else (key, index)))
            for index, word in enumerate(words)
        ]
    by_image = _place(router, ("image",))
    plain: list[Word] = [(RUN_PATH, by_image)]
    if image.kind == "upstream" and not router.words("entryPoint"):
        # This image has an entry point, so a command is arguments; its own begins again with the
        # program's path, which Fluent Bit passes over.
        return [*plain, *(given or [("-c", by_image), (IN_CONFIG, by_image)])]
    if given:
        program = text_of(given[0][0]).rpartition("/")[2]
        return given if program == "fluent-bit" else []
    if image.kind != "aws" or image.init:
        return []
    for plugin in LOADED:
        plain += [("-e", by_image), (f"/fluent-bit/{plugin}.so", by_image)]
    return [*plain, ("-c", by_image), (IN_CONFIG, by_image)]


def _place(router: Container, path: Path) -> Origin:
    return Origin(router.lens.document.name, (*router.path, *path))
