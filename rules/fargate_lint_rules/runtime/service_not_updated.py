from __future__ import annotations

from fargate_lint.inputs.service import services, split
from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class ServiceNotUpdated(Rule):
    """The service still runs an older revision of this task definition.

    ## Why it matters
    To register a task definition changes nothing that runs: a service keeps the revision that it
    was told, and starts its new tasks from that one too. A correction that was registered but not
    deployed looks like a correction that doesn't help.

    The rule compares a description of the service, given with `check --service FILE`, with a
    task definition that has a revision, as `aws ecs describe-task-definition` prints it. Without
    that file nothing is claimed.

    ## Example
    ```json bad base=plain service=shop:6
    {"revision": 7}
    ```
    ```json fixed base=plain service=shop:7
    {"revision": 7}
    ```

    ## References
    - https://docs.aws.amazon.com/cli/latest/reference/ecs/update-service.html
    - https://docs.aws.amazon.com/cli/latest/reference/ecs/describe-services.html
    """

    code = "RUN101"
    name = "service-not-updated"
    severity = "info"
    inputs = ("service",)

    def check_task(self, task: Task) -> None:
        description = self.context.service
        if description is None:
            return
        family, revision, at = _identity(task)
        if revision is None:
            return
        for service in services(description):
            older = service.revision is not None and service.revision < revision
            if service.family == family and older:
                named = f"service `{service.name}`" if service.name else "the service"
                self.report(
                    task,
                    f"this is `{family}:{revision}`, but {named} runs `{family}:{service.revision}`",
                    at=at,
                    related=[(Spot(description, service.path), (), "the revision that runs")],
                    help=f"aws ecs update-service --service {service.name or 'SERVICE'} "
                    f"--task-definition {family}:{revision}",
                )


def _identity(task: Task) -> tuple[str, int | None, tuple[str, ...]]:
    """Family and revision of a task definition, and the member that tells the revision."""
    revision = task.number("revision")
    if isinstance(revision, int):
        return task.family, revision, ("revision",)
    arn = task.get("taskDefinitionArn")
    if isinstance(arn, str):
        return (*split(arn), ("taskDefinitionArn",))
    return task.family, None, ()
