from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._policies import EXECUTION, ROLES, TASK, shortages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class PolicyConditionNotJudged(Rule):
    """Whether a role has a permission hangs on the Condition of a statement, which is not judged.

    ## Why it matters
    A `Condition` asks for things that only the running task has: where a request comes from, tags,
    the time. An Allow with one may or may not allow, a Deny may or may not deny. This note says
    which statement to read when the task is refused although its policies look right. A common
    case is `aws:SourceVpce` on a task that reaches the service by another way.

    ## Example
    ```json bad base=cloudwatch given=task-role-policy
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "logs:*", "Resource": "*",
      "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}}
    ```
    ```json good base=cloudwatch given=task-role-policy
    {"Version": "2012-10-17",
     "Statement": {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}}
    ```

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    """

    code = "IAM307"
    name = "policy-condition-not-judged"
    severity = "info"
    inputs = ("task_role_policies", "execution_role_policies")

    def check_task(self, task: Task) -> None:
        seen = set()
        for role in (TASK, EXECUTION):
            for shortage in shortages(task, self.context, role):
                for action, statement in shortage.conditional:
                    if id(statement) in seen:
                        continue
                    seen.add(id(statement))
                    verb = "denied to" if statement.effect == "Deny" else "allowed to"
                    self.report(
                        Spot(task.lens, shortage.need.path),
                        f"`{action.name}` is {verb} the {ROLES[role]} under a condition, which isn't judged",
                        related=[
                            (
                                Spot(statement.document, statement.at("Condition")),
                                (),
                                "hangs on this",
                            )
                        ],
                        help=f"make sure that it holds where the task is to {shortage.need.purpose}",
                        data=(role, *sorted(statement.actions)),
                    )
