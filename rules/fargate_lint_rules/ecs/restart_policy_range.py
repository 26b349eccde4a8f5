from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import outside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

LEAST, MOST = 60, 1800
MOST_CODES = 50
POLICY = "restartPolicy"


class RestartPolicyRange(Rule):
    """A number of a restart policy is outside of what ECS takes.

    ## Why it matters
    `restartAttemptPeriod` is how many seconds a container has to have run before it is restarted,
    60 to 1800 (300 by default). It isn't a pause between attempts: a container that ends sooner
    isn't restarted at all. `ignoredExitCodes` takes 50 codes.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "restartPolicy": {"enabled": true, "restartAttemptPeriod": 10}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "restartPolicy": {"enabled": true, "restartAttemptPeriod": 60}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html
    """

    code = "ECS526"
    name = "restart-policy-range"
    severity = "error"
    members = ("restartPolicy",)

    def check_container(self, container: Container) -> None:
        if POLICY not in container.value:
            return
        seconds = outside(container, POLICY, "restartAttemptPeriod", LEAST, MOST)
        if seconds is not None:
            self.report(
                container,
                f"`restartAttemptPeriod` of `{container.title}` is {seconds}, but ECS takes {LEAST} to {MOST}",
                at=(POLICY, "restartAttemptPeriod"),
                help=f'write "restartAttemptPeriod": {LEAST if seconds < LEAST else MOST}; ECS would answer: '
                f"The 'restartAttemptPeriod' setting for container '{container.name}' must be between "
                f"{LEAST} and {MOST}.",
            )
        codes = container.list(POLICY, "ignoredExitCodes")
        if len(codes) > MOST_CODES:
            self.report(
                container,
                f"`{container.title}` ignores {len(codes)} exit codes, but ECS takes {MOST_CODES} at most",
                at=(POLICY, "ignoredExitCodes"),
                help=f"remove {len(codes) - MOST_CODES} of them",
            )
