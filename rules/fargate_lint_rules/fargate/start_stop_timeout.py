from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

LEAST, MOST = 2, 120
KINDS = {"startTimeout": "start", "stopTimeout": "stop"}


class StartStopTimeout(Rule):
    """`startTimeout` or `stopTimeout` is outside of the 2 to 120 seconds that Fargate takes.

    ## Why it matters
    On Fargate both are whole seconds from 2 to 120. `stopTimeout` is the time between the request
    to end (SIGTERM) and the kill, 30 seconds unless it says otherwise; a program that needs more
    than two minutes to end can't have it there. `startTimeout` is how long others wait for this
    container.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "stopTimeout": 300}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "stopTimeout": 120}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    """

    code = "FGT501"
    name = "start-stop-timeout"
    severity = "error"
    fixable = "safe"
    outranks = ("stop-timeout-too-short-for-flush",)
    aliases = ("stop-timeout-range",)
    members = (
        "startTimeout",
        "stopTimeout",
    )

    def check_container(self, container: Container) -> None:
        for key, kind in KINDS.items():
            if key not in container.value or container.task.fargate is not True:
                continue
            seconds = container.number(key)
            if not isinstance(seconds, int) or LEAST <= seconds <= MOST:
                continue
            low = seconds < LEAST
            answer = ""
            if low:
                answer = (
                    f"Granular {kind} timeout on container '{container.name}' must be at least "
                    f"{LEAST} seconds."
                )
            elif kind == "stop":
                answer = (
                    "Tasks using the Fargate launch type must have a container stop timeout of less "
                    f"than {MOST} seconds."
                )
            self.report(
                container,
                f"`{key}` of `{container.title}` is {seconds} s, but Fargate takes {LEAST} to {MOST}",
                at=(key,),
                help=f'write "{key}": {LEAST if low else MOST}'
                + (f"; ECS would answer: {answer}" if answer else ""),
                fix=Fix(f'write "{key}": {LEAST if low else MOST}').set(
                    container, (key,), LEAST if low else MOST
                ),
            )
