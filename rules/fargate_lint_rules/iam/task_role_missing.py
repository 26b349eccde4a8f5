from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch, Output


#: Plug-ins that sign every request with AWS credentials.
AWS_PLUGINS = frozenset({
    "cloudwatch", "cloudwatch_logs", "firehose", "kinesis", "kinesis_firehose",
    "kinesis_streams", "s3",
})  # fmt: skip
TRUE = frozenset({"on", "true", "yes"})


def needs_role(output: Output) -> bool:
    """Whether an output needs AWS credentials."""
    if output.plugin in AWS_PLUGINS:
        return True
    signs = output.section.first("aws_auth") or output.section.first("aws_msk_iam")
    return signs is not None and signs.text.lower() in TRUE


class TaskRoleMissing(Rule):
    """Fluent Bit sends logs to an AWS service, but the task has no `taskRoleArn` to do it with.

    ## Why it matters
    Fluent Bit takes its credentials from the task's role. Without one each request fails with
    `NoCredentialProviders` or `Failed to get credentials`, and the logs are lost after their
    retries. The execution role doesn't help: it is ECS' own, for pulling images and for the
    `awslogs` driver, which is why tasks lose their logs right after they have moved from `awslogs`
    to FireLens.

    ## Example
    ```json bad base=cloudwatch
    {"taskRoleArn": null}
    ```
    ```json fixed base=cloudwatch
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "IAM102"
    name = "task-role-missing"
    severity = "error"

    def check_launch(self, launch: Launch) -> None:
        task = launch.task
        if task.get("taskRoleArn") not in (None, ""):
            return
        users = [output for output in launch.outputs if needs_role(output)]
        if not users:
            return
        from fargate_lint.launch.destinations import own_credentials  # noqa: PLC0415  (in rare cases)

        if launch.router is not None and own_credentials(launch.router):
            return
        plugins = ", ".join(dict.fromkeys(f"`{output.plugin}`" for output in users))
        self.report(
            task,
            f"no `taskRoleArn`, but {plugins} sends logs to AWS with the task's role",
            related=[
                (launch.spot(output.section.first("Name") or output.section), (), "needs the role")
                for output in users
            ],
            help='add "taskRoleArn" with a role that may do it; the execution role is not used for this',
        )
