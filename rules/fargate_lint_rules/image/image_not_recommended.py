from __future__ import annotations

from fargate_lint.data.images import AWS_FLUENT_BIT
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

# Registries from which everybody pulls: a name there is somebody's, not a copy under another name.
PUBLIC = frozenset({"docker.io", "public.ecr.aws", "ghcr.io", "quay.io", "gcr.io"})


class ImageNotRecommended(Rule):
    """The router's image is neither AWS for Fluent Bit nor Fluent Bit's own.

    ## Why it matters
    The launcher starts `/fluent-bit/bin/fluent-bit` and rewrites `/fluent-bit/etc/fluent-bit.conf`,
    the paths of the two images for which the vendor documents it. Other publishers' images of
    Fluent Bit keep the program elsewhere, or run as another user that may not open FireLens'
    socket; and what is no Fluent Bit at all can't run the arguments that follow `--`.

    An image in a registry of your own is only worth a remark: nobody can tell what is in it.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "image": "bitnami/fluent-bit:4.0.1"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"}]}
    ```

    ## When not to
    Your image is built from one of the two, with configuration files or plug-ins of yours in it.

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-using-fluentbit.html
    """

    code = "IMG104"
    name = "image-not-recommended"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        roles = sidecars(task)
        found = roles.router_image
        router = roles.router
        if router is None or not roles.alert_logic:
            return
        if router is roles.agent and roles.launcher in {None, router}:
            self.report(
                router,
                f"`{router.title}` is the log router, but has the agent's image, without Fluent Bit",
                at=("image",),
                help=f"take {AWS_FLUENT_BIT}:stable here, and the agent's image in a container beside it",
                severity="error",
            )
            return
        if found.kind or router is roles.agent or not found.image.certain:
            return
        if not found.image.name:
            return
        self.report(
            router,
            f"`{found.image.name}` is neither AWS for Fluent Bit nor Fluent Bit's own image",
            at=("image",),
            help=f"take {AWS_FLUENT_BIT}, or an image built from it",
            severity="" if found.image.registry in PUBLIC else "info",
        )
