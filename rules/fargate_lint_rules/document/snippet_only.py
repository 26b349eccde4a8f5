from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class SnippetOnly(Rule):
    """The file holds the vendor's two sidecars and nothing around them: it can't be registered.

    ## Why it matters
    The example in the vendor's documentation is to be put into the `containerDefinitions` of your
    task definition, beside your own containers. A task definition needs a `family`, and the two
    sidecars alone have nothing to watch. An array in valid JSON is a warning rather than an error,
    because a program may put it together with other containers.

    ## Example
    ```json bad base=none
    {"name": "al-agent", "image": "public.ecr.aws/alertlogic/al-agent-container:latest"},
    {"name": "log_router", "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
     "firelensConfiguration": {"type": "fluentbit"}, "volumesFrom": [{"sourceContainer": "al-agent"}]}
    ```
    ```json good
    {"family": "shop"}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    code = "DOC201"
    name = "snippet-only"
    severity = "error"

    def check_task(self, task: Task) -> None:
        who = sidecars(task)
        if task.scope != "containers" or who.agent is None or task.router is None:
            return
        if who.agent is task.router or len(task.containers) != 2 or not task.closed:
            return
        pasted = any(fault.kind == "wrapper-missing" for fault in task.lens.document.faults)
        self.report(
            who.agent,
            f"`{who.agent.title}` and `{task.router.title}` alone are no task definition",
            related=[(task.router, (), "the other sidecar")],
            help="put both into the `containerDefinitions` of your task definition, beside your containers",
            severity="error" if pasted else "warning",
        )
