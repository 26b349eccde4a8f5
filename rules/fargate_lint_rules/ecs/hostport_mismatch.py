from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

MODES = frozenset({"awsvpc", "host"})


class HostportMismatch(Rule):
    """A port is mapped to another port of the host, which this network mode doesn't do.

    ## Why it matters
    With `awsvpc` the container's port is the port of the task's own network interface, and with
    `host` it is the host's: nothing translates between the two. ECS refuses a `hostPort` that isn't
    the `containerPort`. To be reached on another port, put a load balancer in front, or make the
    program listen there.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 8080, "hostPort": 80}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 8080}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
    """

    code = "ECS302"
    name = "hostport-mismatch"
    severity = "error"
    fixable = "safe"
    members = ("hostPort",)

    def check_container(self, container: Container) -> None:
        if "portMappings" not in container.value:
            return
        mode = container.task.text("networkMode")
        if mode not in MODES:
            return
        for index, item in container.objects("portMappings"):
            if "hostPort" not in item:
                continue
            port = container.number("portMappings", index, "containerPort")
            host = container.number("portMappings", index, "hostPort")
            if isinstance(port, int) and isinstance(host, int) and host not in (0, port):
                self.report(
                    container,
                    f"host port {host} isn't container port {port}, as `{mode}` needs it",
                    at=("portMappings", index, "hostPort"),
                    related=[
                        (container, ("portMappings", index, "containerPort"), "the container's"),
                        (container.task, ("networkMode",), "the network mode"),
                    ],
                    help="remove `hostPort`; ECS would answer: "
                    f"When networkMode={mode}, the host ports and container ports in port mappings must match.",
                    fix=Fix("remove `hostPort`").remove(
                        container, ("portMappings", index, "hostPort")
                    ),
                )
