from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._policies import EXECUTION, is_of_images, report_missing, shortages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class ExecutionRoleEcrActions(Rule):
    """The policies of the execution role do not allow it to pull an image from Amazon ECR.

    ## Why it matters
    On Fargate ECS pulls private images with the execution role. It logs in with
    `ecr:GetAuthorizationToken`, which can't be limited to a repository (its `Resource` must be
    `*`), and then needs three more actions on the repository. Without one of them the task stops
    with `CannotPullContainerError` or `ResourceInitializationError: unable to pull secrets or
    registry auth`.

    The rule compares the task definition with the policies given with `check
    --execution-role-policy FILE`. Images of public.ecr.aws need no permission.

    ## Example
    ```json bad base=agent given=execution-role-policy
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:*",
      "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/web"}}
    ```
    ```json fixed base=agent given=execution-role-policy
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
      {"Effect": "Allow",
       "Action": ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
       "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/web"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    - https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html
    """

    code = "IAM305"
    name = "execution-role-ecr-actions"
    severity = "error"
    outranks = ("execution-role-actions",)
    places_are_one = True
    inputs = ("execution_role_policies",)

    def check_task(self, task: Task) -> None:
        found = shortages(task, self.context, EXECUTION)
        report_missing(self, task, found, is_of_images)
