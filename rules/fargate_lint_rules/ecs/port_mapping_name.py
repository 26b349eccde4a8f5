from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._ports import shares_network
from fargate_lint_rules.ecs._shape import clip
from fargate_lint_rules.ecs.family_name import is_allowed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task

LONGEST = 64


class PortMappingName(Rule):
    """The name of a port mapping is taken already, or isn't one that ECS takes.

    ## Why it matters
    Service Connect and VPC Lattice find a port by the name of its mapping: small letters, digits,
    underscores and hyphens, 64 at most, not beginning with a hyphen, and there once in a task. An
    `appProtocol` is for Service Connect too, so on a mapping without a name it is only a remark: it
    does nothing.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"name": "Shop-Web", "containerPort": 8080}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"name": "shop-web", "containerPort": 8080}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
    """

    code = "ECS512"
    name = "port-mapping-name"
    severity = "error"
    members = ("portMappings",)

    def check_task(self, task: Task) -> None:
        first: dict[str, tuple[Container, int]] = {}
        for container in task.containers:
            if "portMappings" not in container.value:
                continue
            for index, item in container.objects("portMappings"):
                name = item.get("name")
                if isinstance(name, str) and name:
                    self._check_name(container, index, name, first)
                elif name is None and isinstance(item.get("appProtocol"), str):
                    self._report_protocol(container, index)

    def _check_name(
        self,
        container: Container,
        index: int,
        name: str,
        first: dict[str, tuple[Container, int]],
    ) -> None:
        at = ("portMappings", index, "name")
        if name in first:
            other, other_index = first[name]
            shared = shares_network(container.task)
            self.report(
                container,
                f"two port mappings are called `{clip(name)}`",
                at=at,
                related=[(other, ("portMappings", other_index, "name"), "the first one")],
                help="give each its own name"
                + (
                    "; ECS would answer: When networkMode=awsvpc, port mapping name is already used"
                    if shared
                    else ""
                ),
                severity="" if shared else "warning",
                data=(name,),
            )
            return
        first[name] = (container, index)
        if len(name) > LONGEST:
            self.report(
                container,
                f"the name of a port mapping has {len(name)} characters, but ECS takes {LONGEST} at most",
                at=at,
                help="shorten it",
                data=(name,),
            )
        elif not _is_allowed(name):
            lower = name.lower().replace(" ", "-").replace(".", "-")
            self.report(
                container,
                f"`{clip(name)}` is no name for a port mapping",
                at=at,
                help=f'write "{lower}"'
                if _is_allowed(lower)
                else "write small letters, digits, `_` and `-` only, and no `-` at the beginning",
                data=(name,),
            )

    def _report_protocol(self, container: Container, index: int) -> None:
        self.report(
            container,
            "`appProtocol` does nothing: the mapping has no name, by which Service Connect would find it",
            at=("portMappings", index, "appProtocol"),
            help="add a `name`, or remove `appProtocol`",
            severity="info",
        )


def _is_allowed(name: str) -> bool:
    return is_allowed(name) and name == name.lower() and not name.startswith("-")
