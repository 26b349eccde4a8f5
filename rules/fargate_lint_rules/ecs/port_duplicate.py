from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._ports import mapped, shares_network

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task
    from fargate_lint_rules.ecs._ports import Mapped


class PortDuplicate(Rule):
    """A port is mapped twice in a task whose containers share one network interface.

    ## Why it matters
    In `awsvpc` mode, the only one on Fargate, all containers of a task have the same address.
    Only one of them can listen on a port, so ECS refuses a task definition that maps one twice, in
    two containers or in one, alone or within a range. To serve the same port to the outside twice
    give one container another port, and let the load balancer's target groups tell them apart.

    The same port for TCP and UDP is a warning: AWS's documentation excludes it.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 8080}]},
      {"name": "admin", "image": "admin:1.0.3", "portMappings": [{"containerPort": 8080}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 8080}]},
      {"name": "admin", "image": "admin:1.0.3", "portMappings": [{"containerPort": 8081}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
    """

    code = "ECS513"
    name = "port-duplicate"
    severity = "error"
    members = ("portMappings",)

    def check_task(self, task: Task) -> None:
        found = list(mapped(task))
        if len(found) < 2 or not shares_network(task):
            return
        order = {id(each): number for number, each in enumerate(found)}
        latest: Mapped | None = None
        for each in sorted(found, key=lambda one: one.first):
            if latest is not None and each.first <= latest.last:
                # The one that stands later in the file is the one too many.
                earlier, later = sorted((latest, each), key=lambda one: order[id(one)])
                self._report(earlier, later, each.first)
            if latest is None or each.last > latest.last:
                latest = each

    def _report(self, earlier: Mapped, later: Mapped, port: int) -> None:
        same = earlier.protocol == later.protocol
        if later.container is earlier.container:
            whose = f"`{later.container.title}` maps"
        else:
            whose = f"`{later.container.title}` and `{earlier.container.title}` both map"
        self.report(
            later.container,
            f"{whose} {later.protocol.upper()} port {port}"
            + (" twice" if later.container is earlier.container else "")
            if same
            else f"{whose} port {port} for TCP and for UDP",
            at=later.path,
            related=[(earlier.container, earlier.path, "the first time")],
            help=(
                "remove one of them, or let one listen on another port; ECS would answer: "
                f"{later.protocol.upper()} container port '{port}' is used multiple times in task when "
                "networkMode=awsvpc."
            )
            if same
            else "serve one of the protocols on another port",
            severity="" if same else "warning",
            subject=[(*each.container.path, *each.path) for each in (earlier, later)],
            data=(port,),
        )
