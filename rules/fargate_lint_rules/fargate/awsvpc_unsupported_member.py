from __future__ import annotations

from fargate_lint.data.fargate_refusals import AWSVPC
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.fargate._refusals import answer, is_set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

MEMBERS = AWSVPC.keys()


class AwsvpcUnsupportedMember(Rule):
    """A container sets something about its network that the network mode `awsvpc` doesn't have.

    ## Why it matters
    In `awsvpc` mode, the only one on Fargate, all containers of a task share one network interface,
    one name and one resolver. There is nothing to link, and nothing that a single container could
    have for itself, so ECS refuses `links`, `hostname`, `extraHosts`, `dnsServers`,
    `dnsSearchDomains` and `disableNetworking`. Containers of a task reach each other at 127.0.0.1.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "hostname": "web", "dnsServers": ["10.0.0.2"]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "hostname": null, "dnsServers": null}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "FGT201"
    name = "awsvpc-unsupported-member"
    severity = "error"
    fixable = "unsafe"
    aliases = (
        "fargate-links",
        "fargate-hostname",
        "fargate-extra-hosts",
        "fargate-dns",
        "fargate-disable-networking",
    )
    members = tuple(MEMBERS)

    def check_container(self, container: Container) -> None:
        if MEMBERS.isdisjoint(container.value) or container.task.get("networkMode") != "awsvpc":
            return
        for member, (text, remedy) in AWSVPC.items():
            value = container.value.get(member)
            if is_set(value):
                self.report(
                    container,
                    f"`{member}` is not supported in `awsvpc` mode",
                    at=(member,),
                    key=True,
                    related=[(container.task, ("networkMode",), "the network mode")],
                    help=answer(text, remedy),
                    fix=Fix(f"remove `{member}`", safe=False).remove(container, (member,)),
                )
