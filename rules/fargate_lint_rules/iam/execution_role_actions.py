from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._policies import (
    EXECUTION,
    is_of_groups,
    is_of_images,
    report_missing,
    shortages,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task
    from fargate_lint.launch.needs import Action


class ExecutionRoleActions(Rule):
    """The policies of the execution role do not allow what ECS does to start the task.

    ## Why it matters
    Before the containers start, ECS gets their secrets, their environment files and the
    credentials of private registries, and opens the streams of `awslogs`, all with the execution
    role. What the role may not do ends the task: `ResourceInitializationError: unable to pull
    secrets or registry auth`, or `failed to validate logger args`. Parameters take
    `ssm:GetParameters`, in the plural; a policy with `ssm:GetParameter` doesn't do.

    The rule compares the task definition with the policies given with `check
    --execution-role-policy FILE`. Whether a secret has a key of its own (`kms:Decrypt`), and
    what its own policy says, a task definition doesn't tell.

    ## Example
    ```json bad base=plain execution-role-policy=ecr:*,logs:*,ssm:GetParameter
    {"containerDefinitions": [{"name": "web",
      "secrets": [{"name": "DB_PASSWORD", "valueFrom": "/shop/db"}]}]}
    ```
    ```json fixed base=plain execution-role-policy=ecr:*,logs:*,ssm:GetParameters
    {"containerDefinitions": [{"name": "web",
      "secrets": [{"name": "DB_PASSWORD", "valueFrom": "/shop/db"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
    """

    code = "IAM306"
    name = "execution-role-actions"
    severity = "error"
    places_are_one = True
    inputs = ("execution_role_policies",)

    def check_task(self, task: Task) -> None:
        found = shortages(task, self.context, EXECUTION)
        # Of the first two, other rules know more.
        for wanted in (is_of_groups, is_of_images, _is_other):
            report_missing(self, task, found, wanted)


def _is_other(action: Action) -> bool:
    return not is_of_groups(action) and not is_of_images(action)
