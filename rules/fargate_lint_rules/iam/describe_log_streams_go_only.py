from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._policies import (
    DESCRIBE,
    TASK,
    is_of_describe,
    report_missing,
    shortages,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class DescribeLogStreamsGoOnly(Rule):
    """The Go plug-in `cloudwatch` may not do `logs:DescribeLogStreams`, without which it sends nothing.

    ## Why it matters
    Before its first write to a stream `cloudwatch` asks whether the stream is there, and gives up
    with `AccessDeniedException ... logs:DescribeLogStreams` when it may not ask. Policies written
    for `awslogs` or for the plug-in `cloudwatch_logs` don't have the action, since those two never
    ask. So logs stop when an output changes from `cloudwatch_logs` to `cloudwatch`.

    The other way round the action is granted without need, which is only a note.

    ## Example
    ```json bad base=cloudwatch given=task-role-policy
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
      "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*"}}
    ```
    ```json fixed base=cloudwatch given=task-role-policy
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
      "Action": ["logs:CreateLogGroup", "logs:CreateLogStream",
                 "logs:DescribeLogStreams", "logs:PutLogEvents"],
      "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*"}}
    ```

    ## References
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit#permissions
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/fluent/fluent-bit-docs/issues/913
    """

    code = "IAM302"
    name = "describe-log-streams-go-only"
    severity = "error"
    outranks = ("task-role-actions",)
    places_are_one = True
    inputs = ("task_role_policies",)

    def check_task(self, task: Task) -> None:
        found = filter(is_of_describe, shortages(task, self.context, TASK))
        report_missing(self, task, found, lambda _: True)
        self._needless(task)

    def _needless(self, task: Task) -> None:
        """Tell where the action is granted, by its name, to a task that has no use for it."""
        from fargate_lint.launch.permissions import permissions  # noqa: PLC0415  (rarely given)

        found = permissions(task, self.context.fluent_bit)
        needs = [need for need in found.of(TASK) if "logs:PutLogEvents" in need.names]
        if not needs or found.notes or any(DESCRIBE in need.names for need in needs):
            return
        for policy in self.context.task_role_policies:
            for statement in policy.statements:
                named = DESCRIBE.lower() in map(str.lower, statement.actions)
                if named and statement.effect == "Allow":
                    self.report(
                        Spot(task.lens, needs[0].path),
                        f"the task role has `{DESCRIBE}`, which `cloudwatch_logs` never does",
                        related=[(Spot(statement.document, statement.at("Action")), (), "here")],
                        help="leave it out, unless your own program does it",
                        severity="info",
                        data=(),
                    )
                    return
