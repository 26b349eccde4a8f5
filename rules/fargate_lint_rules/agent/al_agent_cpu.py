from __future__ import annotations

from fargate_lint.ecs.fargate import cpu_units, memory_mib, next_size
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

# The vendor asks for 0.25 vCPU and lets the agent have up to 3.
REQUEST = 256


class AlAgentCpu(Rule):
    """The task has no more CPU than the agent alone asks for.

    ## Why it matters
    The agent looks at the task's network traffic; its vendor asks for a quarter of a vCPU and
    lets it use up to three. In a task of 256 CPU units the application and the router share that
    quarter with it. The task works, more slowly than before the agent came.

    ## Example
    ```json bad
    {"cpu": "256", "memory": "2048"}
    ```
    ```json fixed
    {"cpu": "512", "memory": "2048"}
    ```

    ## When not to
    The application does next to nothing, or has been measured with the agent beside it.

    ## References
    - https://github.com/alertlogic/al-agent-container/blob/master/FAQ.md
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "AGT403"
    name = "al-agent-cpu"
    severity = "info"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        units = cpu_units(task.get("cpu"))
        agent = sidecars(task).agent
        if agent is None or units is None or not 0 < units <= REQUEST:
            return
        self.report(
            task,
            f"the task has {units} CPU units, and `{agent.name}` alone asks for {REQUEST}",
            at=("cpu",),
            related=[(agent, (), "may use up to 3 vCPU")],
            help=_remedy(task),
        )


def _remedy(task: Task) -> str:
    memory = memory_mib(task.get("memory")) or 0
    cpu, fitting = next_size(2 * REQUEST, memory) or (2 * REQUEST, memory)
    also = f', "memory": "{fitting}"' if memory and fitting != memory else ""
    return f'write "cpu": "{cpu}"{also}'
