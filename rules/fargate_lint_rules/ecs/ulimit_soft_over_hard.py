from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class UlimitSoftOverHard(Rule):
    """The soft limit of a ulimit is above its hard limit.

    ## Why it matters
    The hard limit is the ceiling for the soft one, which is the limit in force. ECS refuses a pair
    the wrong way round. -1 means no limit.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "ulimits": [
      {"name": "nofile", "softLimit": 65536, "hardLimit": 1024}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "ulimits": [
      {"name": "nofile", "softLimit": 1024, "hardLimit": 65536}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html
    """

    code = "ECS318"
    name = "ulimit-soft-over-hard"
    severity = "error"
    members = ("ulimits",)

    def check_container(self, container: Container) -> None:
        if "ulimits" not in container.value:
            return
        for index, item in container.objects("ulimits"):
            soft = container.number("ulimits", index, "softLimit")
            hard = container.number("ulimits", index, "hardLimit")
            if isinstance(soft, int) and isinstance(hard, int) and soft > hard >= 0:
                name = item.get("name")
                self.report(
                    container,
                    f"the soft limit {soft} is above the hard limit {hard}",
                    at=("ulimits", index, "softLimit"),
                    related=[(container, ("ulimits", index, "hardLimit"), "the hard limit")],
                    help=f'write "softLimit": {hard} or less; ECS would answer: '
                    f"Soft limit exceeds hard limit for ulimit {name}",
                )
