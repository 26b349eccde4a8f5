from __future__ import annotations

from fargate_lint.launch.memory import AGENT_LIMIT, AGENT_REQUEST
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class AlAgentMemoryLimit(Rule):
    """The agent is given less memory than its vendor asks for, and is killed when it needs it.

    ## Why it matters
    The vendor's figures are 100 MiB to reserve and 500 MiB as the limit. `memory` is a hard limit:
    the kernel kills the agent in the moment it goes over, which is when there is much to inspect,
    and an essential agent takes the task with it (exit code 137, `OutOfMemoryError: Container
    killed due to memory usage`). Leave `memory` out, and the task's own size is the limit.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent", "memory": 128}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent", "memory": 500, "memoryReservation": 100}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/blob/master/FAQ.md
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    """

    code = "AGT402"
    name = "al-agent-memory-limit"
    fixable = "unsafe"
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        if agent is None:
            return
        limit = agent.number("memory")
        soft = agent.number("memoryReservation")
        if isinstance(limit, int) and 0 < limit < AGENT_LIMIT:
            self.report(
                agent,
                f"`{agent.name}` may use {limit} MiB, its vendor's limit is {AGENT_LIMIT} MiB",
                at=("memory",),
                help=f'write "memory": {AGENT_LIMIT}, "memoryReservation": {AGENT_REQUEST}, '
                "or leave both out",
                fix=Fix(f'write "memory": {AGENT_LIMIT}', safe=False).set(
                    agent, ("memory",), AGENT_LIMIT
                ),
            )
        elif isinstance(soft, int) and 0 < soft < AGENT_REQUEST:
            self.report(
                agent,
                f"`{agent.name}` reserves {soft} MiB, its vendor asks for {AGENT_REQUEST} MiB",
                at=("memoryReservation",),
                help=f'write "memoryReservation": {AGENT_REQUEST}',
                fix=Fix(f'write "memoryReservation": {AGENT_REQUEST}', safe=False).set(
                    agent, ("memoryReservation",), AGENT_REQUEST
                ),
            )
