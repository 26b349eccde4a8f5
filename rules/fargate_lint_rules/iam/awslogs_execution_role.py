from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AwslogsExecutionRole(Rule):
    """A container uses the `awslogs` driver, but the task has no `executionRoleArn`.

    ## Why it matters
    On Fargate the driver writes to CloudWatch with the execution role. ECS refuses the task
    definition without one. It comes up when the sidecars' own console output is sent to CloudWatch
    to find out why they stop.

    ## Example
    ```json bad base=plain
    {"executionRoleArn": null}
    ```
    ```json fixed base=plain
    {"executionRoleArn": "arn:aws:iam::111122223333:role/shop-execution"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    """

    code = "IAM103"
    name = "awslogs-execution-role"
    severity = "error"
    outranks = ("execution-role-missing-ecr",)

    def check_task(self, task: Task) -> None:
        if task.get("executionRoleArn") not in (None, "") or task.fargate is not True:
            return
        users = [container for container in task.containers if container.driver == "awslogs"]
        if users:
            names = ", ".join(f"`{container.name}`" for container in users[:3])
            self.report(
                task,
                f"no `executionRoleArn`, but {names} log{'s' if len(users) == 1 else ''} with `awslogs`",
                related=[
                    (container, ("logConfiguration", "logDriver"), "needs the role")
                    for container in users
                ],
                subject=[("executionRoleArn",)],
                help='add "executionRoleArn"; ECS would answer: Fargate requires task definition to have '
                "execution role ARN to support log driver awslogs.",
            )
