from __future__ import annotations

from fargate_lint.ecs.image import Image
from fargate_lint.launch.images import is_latest
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task

#: Beginnings of tags that say what else is in a build of the AWS image.
VARIANTS = frozenset({"debug", "init", "init-debug"})


class FloatingImageTag(Rule):
    """An image is named by a tag that moves, so that the next deployment may run another program.

    ## Why it matters
    Two tasks of the same revision can run different builds, and a rollback brings nothing back.
    For the router that is more than a matter of taste: `latest` of AWS for Fluent Bit is whatever
    was released last, and a broken release stopped the routers (and with them the tasks) of those
    who used it. `stable` moves too, if more slowly: its releases are two weeks old, and it has
    been wrong twice. Fluent Bit's own `latest` goes from one major version to the next.

    A warning for `latest`, or no tag at all, on the router. For applications and for a router on
    `stable`, this is only worth a remark. The agent's `latest` is what its vendor documents.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:latest"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "al-agent",
      "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}]}
    ```

    ## When not to
    ECS resolves a tag once for each deployment of a service (`versionConsistency`), so the tasks of
    one deployment are alike. If you deploy often and watch each deployment, that may be enough.

    ## References
    - https://github.com/aws/aws-for-fluent-bit/issues/1002
    - https://github.com/aws/aws-for-fluent-bit#using-the-stable-tag
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html
    """

    code = "IMG103"
    name = "floating-image-tag"

    def check_task(self, task: Task) -> None:
        roles = sidecars(task)
        for container in task.containers:
            if container is roles.router:
                self._router(container, task)
            elif container is not roles.agent:
                self._application(container)

    def _router(self, container: Container, task: Task) -> None:
        found = sidecars(task).router_image
        image = found.image
        if is_latest(image):
            self.report(
                container,
                _latest(container, image),
                at=("image",),
                help=f"write a version, such as `{_pinned(found.kind, image)}`"
                if found.kind in {"aws", "upstream"}
                else "write a version or a digest",
                severity="" if found.kind in {"aws", "upstream"} else "info",
            )
        elif found.kind == "aws" and found.moving and image.tag.endswith("stable"):
            self.report(
                container,
                f"`{container.name}` follows `{image.tag}`, which moves every few weeks",
                at=("image",),
                help=f"write a version, such as `{_pinned('aws', image)}`",
                severity="info",
            )

    def _application(self, container: Container) -> None:
        reference = container.text("image")
        if not reference:
            return
        image = Image.of(reference)
        if is_latest(image):
            self.report(
                container,
                _latest(container, image),
                at=("image",),
                help="write a version or a digest",
                severity="info",
            )


def _latest(container: Container, image: Image) -> str:
    if image.tag:
        return f"`{container.name}` follows `{image.tag}`, a build that changes"
    return f"the image of `{container.name}` has no tag, which means `latest`, a build that changes"


def _pinned(kind: str, image: Image) -> str:
    version = "2.34.3" if kind == "aws" else "4.2.8"
    variant, hyphen, _ = image.tag.rpartition("-")
    return variant + hyphen + version if variant in VARIANTS else version
