from __future__ import annotations

from fargate_lint.ecs.image import Image
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import member_of
from fargate_lint_rules.ecs._shape import is_excerpt, is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.source.document import Path

ECR = "Fargate requires task definition to have execution role ARN to support ECR images."
SECRETS = (
    "When you are specifying container secrets, you must also specify a value for "
    "'executionRoleArn'."
)
#: What needs the role → what is said of it, and ECS's answer as far as it is known.
NEEDS = {
    "image": ("pulls its image from a private registry of ECR", ECR),
    "secrets": ("has secrets", SECRETS),
    "secretOptions": ("has secret log options", SECRETS),
    "repositoryCredentials": ("pulls its image with credentials from Secrets Manager", ""),
    "environmentFiles": ("reads environment files from S3", ""),
}


class ExecutionRoleMissingEcr(Rule):
    """The task has no `executionRoleArn`, but ECS needs it to start the task's containers.

    ## Why it matters
    ECS itself pulls images from private registries of ECR, reads secrets and environment files, and
    does all of it with the execution role. On Fargate there is no role of a host to fall back on.
    The task role doesn't help, since it is for the programs in the containers. Images of Public ECR
    need no role.

    ## Example
    ```json bad base=firelens
    {"executionRoleArn": null}
    ```
    ```json bad base=none
    {"family": "shop", "containerDefinitions": [{"name": "web", "image": "nginx:1.27", "memory": 128,
      "secrets": [{"name": "DB", "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/db"}]}]}
    ```
    ```json fixed base=firelens
    {"executionRoleArn": "arn:aws:iam::111122223333:role/shop-execution"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
    """

    code = "IAM201"
    name = "execution-role-missing-ecr"
    severity = "error"
    aliases = (
        "secrets-without-execution-role",
        "repository-credentials-without-execution-role",
        "environment-file-execution-role",
    )
    members = ("requiresCompatibilities", "secretOptions", "secrets")

    def check_task(self, task: Task) -> None:
        if task.get("executionRoleArn") not in (None, "") or task.fargate is False:
            return
        if is_excerpt(task) or is_partial(task):
            return
        fargate = task.fargate is True
        found = [need for container in task.containers for need in _needs(container)]
        # Without Fargate a host's own role pulls images and reads files, but not secrets.
        found = [need for need in found if fargate or NEEDS[need[2]][1] == SECRETS]
        if not found:
            return
        container, _, kind = found[0]
        what, answer = NEEDS[kind]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        self.report(
            task,
            f"no `executionRoleArn`, but `{container.title}` {what}{more}",
            related=[(each, path, "needs the role") for each, path, _ in found],
            subject=[("executionRoleArn",), member_of("executionRoleArn")],
            help='add "executionRoleArn"' + (f"; ECS would answer: {answer}" if answer else ""),
            severity="" if answer else "warning",
        )


def _needs(container: Container) -> Iterator[tuple[Container, Path, str]]:
    """What a container needs the role for, in the order in which it tells most."""
    image = container.value.get("image")
    if isinstance(image, str) and ".ecr" in image and Image.of(image).private_ecr:
        yield container, ("image",), "image"
    if container.list("secrets"):
        yield container, ("secrets",), "secrets"
    if container.list("logConfiguration", "secretOptions"):
        yield container, ("logConfiguration", "secretOptions"), "secretOptions"
    if container.get("repositoryCredentials"):
        yield container, ("repositoryCredentials",), "repositoryCredentials"
    if container.list("environmentFiles"):
        yield container, ("environmentFiles",), "environmentFiles"
