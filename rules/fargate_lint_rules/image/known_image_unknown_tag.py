from __future__ import annotations

from fargate_lint.launch.images import RouterImage, is_published
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

ADVICE = {
    "aws": "write a tag such as `stable`, `3`, or a version such as `2.34.3`, without a `v`",
    "upstream": "write a version such as `4.2.8`, without a `v`; there is no `stable` here",
}


class KnownImageUnknownTag(Rule):
    """The router's image is given a tag of a form that its repository doesn't use.

    ## Why it matters
    The task stops with `CannotPullContainerError: ... manifest unknown` as soon as it starts.
    AWS for Fluent Bit has `stable`, `latest`, `2`, `3` and versions of three numbers, perhaps
    with a date behind, and all of these behind `init-`, `debug-` or `init-debug-`. Fluent Bit's
    own image has versions of two or three numbers and `latest`, each perhaps with `-debug`
    behind. Neither writes a `v` before a version, as the names of releases on GitHub do.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:v2.34.3"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit#public-images
    - https://docs.fluentbit.io/manual/installation/downloads/docker
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
    """

    code = "IMG102"
    name = "known-image-unknown-tag"

    def check_task(self, task: Task) -> None:
        router = sidecars(task).router
        found = sidecars(task).router_image
        if router is None or found.tag_known or not is_published(found.image):
            return
        self.report(
            router,
            f"`{found.image.name}` has no tags like `{found.image.tag}`",
            at=("image",),
            help=_advice(found),
        )


def _advice(found: RouterImage) -> str:
    tag = found.image.tag
    if tag[:1] in {"v", "V"}:
        plain = RouterImage(found.image.text.replace(f":{tag}", f":{tag[1:]}"))
        if plain.tag_known:
            return f"write `{tag[1:]}`"
    return ADVICE[found.kind]
