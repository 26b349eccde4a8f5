from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._ports import HIGHEST, ends
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: Ranges that one container may map.
MOST = 100


class PortRange(Rule):
    """A mapped port or a range of ports isn't one.

    ## Why it matters
    A mapping has either one `containerPort`, from 1 to 65535, or a `containerPortRange` such as
    `8000-8010`, with the lower port first. ECS refuses a mapping with both, a range that goes
    backwards, and more than 100 ranges in one container.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPortRange": "8010-8000"}]}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [
      {"containerPort": 8000, "containerPortRange": "8000-8010"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "portMappings": [{"containerPortRange": "8000-8010"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
    """

    code = "ECS511"
    name = "port-range"
    severity = "error"
    members = ("portMappings",)

    def check_container(self, container: Container) -> None:
        if "portMappings" not in container.value:
            return
        ranges = 0
        for index, item in container.objects("portMappings"):
            span = item.get("containerPortRange")
            if span is None or span == "":
                self._check_port(container, index, item)
                continue
            ranges += 1
            at = ("portMappings", index, "containerPortRange")
            single = next((key for key in ("containerPort", "hostPort") if item.get(key)), None)
            if single:
                self.report(
                    container,
                    f"a mapping of `{container.title}` has both `containerPortRange` and `{single}`",
                    at=at,
                    related=[(container, ("portMappings", index, single), "the single port")],
                    help="remove one of them; ECS would answer: Invalid port mapping for container "
                    f"'{container.name}', cannot specify both single port and port range.",
                )
            elif isinstance(span, str):
                self._check_range(container, span, at)
        if ranges > MOST:
            self.report(
                container,
                f"`{container.title}` maps {ranges} ranges of ports, but ECS takes {MOST} at most",
                at=("portMappings",),
                key=True,
                help="join ranges that lie next to each other",
            )

    def _check_range(self, container: Container, span: str, at: tuple[str | int, ...]) -> None:
        first, last = ends(span) or (0, 0)
        if 0 < first < last <= HIGHEST and span == span.strip():
            return
        answer = f"ECS would answer: Invalid 'containerPortRange' setting for container '{container.name}'."
        remedy = 'write the lower port first: "8000-8010"'
        if 0 < last < first <= HIGHEST:
            message = f"the range `{clip(span)}` goes backwards"
            remedy = f'write "{last}-{first}"'
        elif 0 < first == last <= HIGHEST:
            message = f"the range `{clip(span)}` is a single port"
            remedy = f'write "containerPort": {first}'
        else:
            message = f"`{clip(span)}` is no range of ports"
        self.report(container, message, at=at, help=f"{remedy}; {answer}")

    def _check_port(self, container: Container, index: int, item: dict[str, object]) -> None:
        for key in ("containerPort", "hostPort"):
            if key not in item:
                continue
            port = container.number("portMappings", index, key)
            # 0 stands for any port of the host, and in skeletons for a port to be filled in.
            if isinstance(port, int) and not 0 <= port <= HIGHEST:
                self.report(
                    container,
                    f"there is no port {clip(str(port))}",
                    at=("portMappings", index, key),
                    help=f"write a port from 1 to {HIGHEST}",
                )
                return
