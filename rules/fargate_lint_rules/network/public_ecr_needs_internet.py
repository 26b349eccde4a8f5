from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.network._reach import VPC, running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.ecs.task import Container, Node, Task


class PublicEcrNeedsInternet(Rule):
    """A service without public addresses runs images of a public registry.

    ## Why it matters
    Fargate pulls images over the task's own network interface. Without a public address it needs a
    NAT gateway in the way to the internet. The endpoints `ecr.api` and `ecr.dkr` serve private
    repositories only, not public.ecr.aws. Without a way the task stops with
    `CannotPullContainerError ... i/o timeout`.

    The rule reads the description of the service given with `check --service FILE`. No file tells
    whether there is a NAT gateway. When there is, say so with `nat = true` below
    `[rules.public-ecr-needs-internet]`, and the rule is silent.

    ## Example
    ```json bad given=service
    {"serviceName": "shop", "taskDefinition": "shop", "networkConfiguration": {
      "awsvpcConfiguration": {"subnets": ["subnet-1a2b3c4d"], "assignPublicIp": "DISABLED"}}}
    ```
    ```json fixed given=service
    {"serviceName": "shop", "taskDefinition": "shop", "networkConfiguration": {
      "awsvpcConfiguration": {"subnets": ["subnet-1a2b3c4d"], "assignPublicIp": "ENABLED"}}}
    ```

    ## When not to
    The subnets have a NAT gateway, as private subnets often do.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    - https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    - https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
    """

    code = "NET203"
    name = "public-ecr-needs-internet"
    places_are_one = True
    inputs = ("service",)
    options: dict[str, Any] = {"nat": False}  # noqa: RUF012  (as in Rule)

    def check_task(self, task: Task) -> None:
        if self.option["nat"] is True:
            return
        for node in running(task, self.context):
            if node.get(*VPC, "assignPublicIp") == "DISABLED":
                found = [container for container in task.containers if _is_public(container)]
                if found:
                    self._report(node, found)

    def _report(self, node: Node, found: list[Container]) -> None:
        first = found[0]
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        self.report(
            first,
            f"the image of `{first.title}`{more} is public, but the task gets no public address",
            at=("image",),
            related=[
                (
                    Spot(node.lens, (*node.path, *VPC, "assignPublicIp")),
                    (),
                    "no public address",
                ),
                *((each, ("image",), "public too") for each in found[1:]),
            ],
            help="see that the subnets have a NAT gateway (then set `nat = true`), or pull through a "
            'cache in Amazon ECR, or write "assignPublicIp": "ENABLED" for public subnets',
        )


def _is_public(container: Container) -> bool:
    from fargate_lint.data.network import PUBLIC_REGISTRIES  # noqa: PLC0415  (rarely given)
    from fargate_lint.ecs.image import Image  # noqa: PLC0415  (the same)

    reference = container.get("image")
    return (
        isinstance(reference, str)
        and bool(reference)
        and Image.of(reference).registry in PUBLIC_REGISTRIES
    )
