from __future__ import annotations

from fargate_lint.launch.sidecars import SYSLOG_PORT, sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.network._ports import mappings, unmapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class Portmapping1514(Rule):
    """Port 1514 is mapped, which opens the agent's log collector to whoever can reach the task.

    ## Why it matters
    The agent collects syslog on port 1514 from the containers of its own task, over 127.0.0.1.
    Nobody outside needs it. Mapped, anything the security group lets in (scanners too) writes
    made-up logs into your account. A container of your own can't have the port either: in `awsvpc`
    mode all containers share one network interface.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent",
      "portMappings": [{"containerPort": 1514, "protocol": "tcp"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent", "portMappings": null}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "NET101"
    name = "portmapping-1514"
    severity = "error"
    outranks = ("port-duplicate",)
    fixable = "unsafe"
    members = ("portMappings",)
    alert_logic = True

    def check_task(self, task: Task) -> None:
        if not sidecars(task).alert_logic:
            return
        for container, path in mappings(task, SYSLOG_PORT):
            self.report(
                container,
                f"`{container.name}` maps port 1514, where the agent collects logs for this task only",
                at=path,
                help="remove the mapping: containers of the task need none to reach 127.0.0.1:1514"
                if container is sidecars(task).agent or container is sidecars(task).router
                else "let it listen on another port: the agent has this one",
                fix=unmapped(container, path)
                if container is sidecars(task).agent or container is sidecars(task).router
                else None,
            )
