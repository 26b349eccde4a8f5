from __future__ import annotations

from fargate_lint.data.images import DOCKER_HUB
from fargate_lint.ecs.image import Image
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

#: Registries that everybody may pull from without a limit worth mentioning, unlike Docker Hub.
PUBLIC = frozenset({
    "gcr.io", "ghcr.io", "mcr.microsoft.com", "public.ecr.aws", "quay.io", "registry.k8s.io",
})  # fmt: skip


class ImageNotMirrored(Rule):
    """Every start of a task pulls an image from a public registry.

    ## Why it matters
    Fargate keeps no images: each task pulls all of its images anew. A public registry is one more thing
    that has to be reachable at that moment (through a NAT gateway, since VPC endpoints don't serve
    it), and when many tasks start at once its limits on anonymous pulls count. The vendor of the
    Alert Logic agent recommends a pull-through cache or a copy in your own registry for larger
    deployments.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web",
      "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/ecr-public/nginx/nginx:1.27"}]}
    ```

    ## When not to
    A few tasks that seldom start do well without.

    ## References
    - https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
    - https://github.com/alertlogic/al-agent-container
    """

    code = "IMG202"
    name = "image-not-mirrored"
    severity = "info"
    places_are_one = True

    def check_task(self, task: Task) -> None:
        found = []
        for container in task.containers:
            reference = container.value.get("image")
            if isinstance(reference, str) and "/" in reference:
                registry = Image.of(reference).registry
                if registry in PUBLIC and registry not in DOCKER_HUB:
                    found.append((container, registry))
        if not found:
            return
        first, registry = found[0]
        more = (
            f" (and {len(found) - 1} more image{'s' if len(found) > 2 else ''})"
            if len(found) > 1
            else ""
        )
        self.report(
            first,
            f"each task pulls the image of `{first.title}` from `{registry}`{more}",
            at=("image",),
            related=[(other, ("image",), f"from {name}") for other, name in found[1:]],
            help="if you start many tasks, pull through a cache in your own ECR",
        )
