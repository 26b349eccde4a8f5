from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.iam._policies import (
    EXECUTION,
    ROLES,
    TASK,
    concerned,
    others,
    shortages,
    statements,
    weight,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task
    from fargate_lint_rules.iam._policies import Shortage


USERS = {
    TASK: "the containers' programs have only the task role",
    EXECUTION: "ECS does this before the containers start, with the execution role",
}


class SecretOnWrongRole(Rule):
    """A permission is on the wrong role: ECS needs it and the task role has it, or the reverse.

    ## Why it matters
    The two roles belong to two different parties. ECS uses the execution role to pull images, get
    secrets and open the `awslogs` streams; then the containers' programs, Fluent Bit among them,
    use the task role. A permission on the other role counts for nothing: the task doesn't start
    (`ResourceInitializationError ... AccessDeniedException`), or Fluent Bit can't deliver.
    Typically the policies stayed where they were when a task moved from `awslogs` to FireLens.

    Nothing is said unless the policies of both roles are given, with `--task-role-policy` and
    `--execution-role-policy`. Below, the container `web` has a secret.

    ## Example
    ```json bad base=plain task-role-policy=ssm:GetParameters execution-role-policy=ecr:*,logs:*
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task",
     "containerDefinitions": [{"name": "web",
       "secrets": [{"name": "DB_PASSWORD", "valueFrom": "/shop/db"}]}]}
    ```
    ```json fixed base=plain task-role-policy=s3:GetObject execution-role-policy=ecr:*,logs:*,ssm:GetParameters
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task",
     "containerDefinitions": [{"name": "web",
       "secrets": [{"name": "DB_PASSWORD", "valueFrom": "/shop/db"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "IAM303"
    name = "secret-on-wrong-role"
    severity = "error"
    outranks = (
        "awslogs-create-group-permission", "describe-log-streams-go-only",
        "execution-role-actions", "execution-role-ecr-actions", "task-role-actions",
    )  # fmt: skip
    places_are_one = True
    inputs = ("task_role_policies", "execution_role_policies")

    def check_task(self, task: Task) -> None:
        for role in (TASK, EXECUTION):
            groups: dict[tuple[object, ...], list[Shortage]] = {}
            for shortage in shortages(task, self.context, role):
                if shortage.misplaced:
                    key = (shortage.need.purpose, *(id(where) for _, where in shortage.misplaced))
                    groups.setdefault(key, []).append(shortage)
            for same in groups.values():
                self._report(task, role, same)

    def _report(self, task: Task, role: str, same: list[Shortage]) -> None:
        need = same[0].need
        action, statement = same[0].misplaced[0]
        other = ROLES[EXECUTION if role == TASK else TASK]
        wanted = [(shortage, shortage.missing) for shortage in same]
        self.report(
            Spot(task.lens, need.path),
            f"the {other} has `{action.name}`, but it takes the {ROLES[role]} to {need.purpose}",
            related=[
                (Spot(statement.document, statement.at("Action")), (), f"on the {other}"),
                *others(task, wanted),
            ],
            help=f"{USERS[role]}: move it there as {statements(wanted)}",
            subject=concerned(wanted),
            severity=weight(shortage_action for shortage_action, _ in same[0].misplaced),
        )
