from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import SKELETON
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

PROTOCOLS = ("tcp", "udp")


class ProtocolValue(Rule):
    """The protocol of a port mapping is neither `tcp` nor `udp`, so it is taken for `tcp`.

    ## Why it matters
    The two words are in small letters. AWS takes any other for `tcp`, without a word about it, so
    that a `UDP` in capitals maps a port which nobody can reach over UDP.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 8125, "protocol": "UDP"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPort": 8125, "protocol": "udp"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
    """

    code = "ECS514"
    name = "protocol-value"
    severity = "warning"
    fixable = "unsafe"
    members = ("protocol",)

    def check_container(self, container: Container) -> None:
        if "portMappings" not in container.value:
            return
        for index, item in container.objects("portMappings"):
            protocol = item.get("protocol")
            if not isinstance(protocol, str) or protocol in PROTOCOLS or protocol in SKELETON:
                continue
            lower = protocol.strip().lower()
            self.report(
                container,
                f"`{clip(protocol)}` is taken for `tcp`: protocols are `tcp` and `udp`, in small letters",
                at=("portMappings", index, "protocol"),
                help=f'write "{lower}"' if lower in PROTOCOLS else 'write "tcp" or "udp"',
                # What is taken for TCP today may not be missed as such.
                fix=Fix(f'write "{lower}"', safe=lower == "tcp").set(
                    container, ("portMappings", index, "protocol"), lower
                )
                if lower in PROTOCOLS
                else None,
            )
