from __future__ import annotations

from fargate_lint.ecs.image import Image
from fargate_lint.launch.images import image_of, is_latest
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class VersionConsistencyFloatingTag(Rule):
    """A tag that moves isn't resolved once for a deployment, so its tasks may run different builds.

    ## Why it matters
    When a service is deployed ECS resolves each tag to a digest, and all tasks of the deployment
    run the same build, those too that are started weeks later. `"versionConsistency": "disabled"`
    turns that off: each task pulls what the tag means at that moment. With `latest` or `stable` tasks
    of one service then differ, by the day on which they happened to be started.

    For the Alert Logic agent, whose vendor publishes `latest` only, it is a remark: it may be meant.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "versionConsistency": "disabled",
      "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:latest"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "versionConsistency": "enabled",
      "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1.4.2"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """

    code = "IMG201"
    name = "version-consistency-floating-tag"
    severity = "warning"
    members = ("versionConsistency",)

    def check_container(self, container: Container) -> None:
        if container.value.get("versionConsistency") != "disabled":
            return
        reference = container.text("image")
        if not reference:
            return
        image = Image.of(reference)
        moves = is_latest(image) or (not image.digest and image_of(container).moving)
        if moves:
            self.report(
                container,
                f"each task of `{container.title}` pulls what `{image.tag or 'latest'}` means when it starts",
                at=("versionConsistency",),
                related=[(container, ("image",), "a tag that moves")],
                help='write "versionConsistency": "enabled", or a version or digest in `image`',
                severity="info" if container is sidecars(container.task).agent else "",
            )
