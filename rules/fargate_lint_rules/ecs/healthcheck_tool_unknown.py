from __future__ import annotations

import re

from fargate_lint.data import image_tools as tools
from fargate_lint.launch.images import image_of, numbers
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.images import RouterImage

#: The programs that a line for the shell starts: at its beginning, and after an operator.
PROGRAM = r"(?:^|[|&;(`])\s*([\w./-]+)"


class HealthcheckToolUnknown(Rule):
    """A health check needs a program that its image isn't known to have.

    ## Why it matters
    The command of a health check runs inside the container, with what its image holds. Images
    without a shell can't run `CMD-SHELL` at all: Fluent Bit's own, and those built on distroless.
    The health check that AWS's examples give FireLens routers calls `nc`, which version 2 of AWS
    for Fluent Bit has and version 3 no longer installs. The check then fails from the beginning, ECS
    calls the container unhealthy, and with an essential one the task is stopped and started over and
    over.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.14",
      "healthCheck": {"command": ["CMD-SHELL", "echo '{}' | nc 127.0.0.1 8877 || exit 1"]}}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3",
      "healthCheck": {"command": ["CMD-SHELL", "echo '{}' | nc 127.0.0.1 8877 || exit 1"]}}]}
    ```

    ## When not to
    An image of your own that bears the same name may have what is missing in the published one.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
    - https://github.com/aws/aws-for-fluent-bit
    - https://github.com/fluent/fluent-bit-docker-image/issues/34
    """

    code = "ECS503"
    name = "healthcheck-tool-unknown"
    severity = "warning"
    aliases = ("healthcheck-nc-on-v3-image",)
    members = ("healthCheck",)

    def check_container(self, container: Container) -> None:
        if "healthCheck" not in container.value:
            return
        words = container.list("healthCheck", "command")
        if len(words) < 2 or not container.text("image") or not isinstance(words[1], str):
            return
        found = image_of(container)
        if words[0] == "CMD-SHELL" and _has_no_shell(found):
            self.report(
                container,
                f"the image of `{container.title}` has no shell, which `CMD-SHELL` needs",
                at=("healthCheck", "command", 0),
                related=[(container, ("image",), "this image")],
                help=_remedy(found),
            )
            return
        if found.kind not in {"aws", "upstream"}:
            return
        programs = re.findall(PROGRAM, words[1]) if words[0] == "CMD-SHELL" else [words[1]]
        for program in programs:
            name = program.rpartition("/")[2]
            if _lacks(found, name):
                self.report(
                    container,
                    f"the health check calls `{name}`, which the image of `{container.title}` doesn't have",
                    at=("healthCheck", "command", 1),
                    related=[(container, ("image",), "this image")],
                    help=_remedy(found),
                )
                return


def _has_no_shell(found: RouterImage) -> bool:
    image = found.image
    if "debug" in image.tag or not (image.certain or image.tag):
        return False
    return found.kind == "upstream" or image.repository.startswith(
        tools.WITHOUT_SHELL.get(image.registry, "\0")
    )


def _lacks(found: RouterImage, program: str) -> bool:
    if program not in tools.COMMON:
        return False
    if _has_no_shell(found):
        return True
    if found.kind != "aws" or "debug" in found.image.tag:
        return False
    version = numbers(found.version)
    return version >= tools.AWS_3_FLUENT_BIT and program in tools.NOT_IN_AWS_3


def _remedy(found: RouterImage) -> str:
    if found.kind == "aws":
        return "call `curl`, which the image has, or remove the health check"
    if found.kind == "upstream":
        return f"remove the health check, or take a `-debug` tag of {found.image.repository}"
    return 'write ["CMD", "..."] with a program of the image'
