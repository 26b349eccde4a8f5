from __future__ import annotations

from fargate_lint.launch.sidecars import FORWARD_PORT, HEALTH_PORT
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.network._ports import mappings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class PortCollision(Rule):
    """A container maps a port that FireLens' Fluent Bit listens on in the same network namespace.

    ## Why it matters
    In `awsvpc` mode all containers of a task share one network interface. FireLens makes Fluent
    Bit listen on 24224 (records over TCP) and 8877 (health check). Whichever of the two programs
    comes second can't bind the port: Fluent Bit stops with `could not bind address`, or your
    container does.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 24224}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 8080}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    """

    code = "NET102"
    name = "port-collision"
    severity = "error"
    outranks = ("port-duplicate",)
    members = ("portMappings",)

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None or launch.task.get("networkMode") != "awsvpc":
            return
        for port, purpose in ((FORWARD_PORT, "for records"), (HEALTH_PORT, "for its health check")):
            for container, path in mappings(launch.task, port):
                if container is not launch.router:
                    self.report(
                        container,
                        f"`{container.name}` maps port {port}, which `{launch.router.name}` has {purpose}",
                        at=path,
                        related=[(launch.router, (), "FireLens makes it listen there")],
                        help="let it listen on another port",
                    )
