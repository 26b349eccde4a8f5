from __future__ import annotations

from fargate_lint.data.ecs_shape import ENUMS
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.fargate._refusals import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

KNOWN = frozenset(ENUMS["UlimitName"])


class UlimitNonNofile(Rule):
    """A container on Fargate sets a ulimit other than `nofile`.

    ## Why it matters
    AWS documents `nofile`, the number of open files, as the one limit that can be set on Fargate.
    Nobody has shown that the others are refused, or that they have an effect; a definition that
    relies on one should be tried.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "ulimits": [
      {"name": "memlock", "softLimit": -1, "hardLimit": -1}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "ulimits": [
      {"name": "nofile", "softLimit": 65535, "hardLimit": 65535}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    """

    code = "FGT206"
    name = "ulimit-non-nofile"
    severity = "warning"
    members = ("ulimits",)

    def check_container(self, container: Container) -> None:
        if "ulimits" not in container.value or container.task.fargate is not True:
            return
        if windows(container.task):
            return  # it has no ulimits at all
        for index, item in container.objects("ulimits"):
            name = item.get("name")
            if isinstance(name, str) and name in KNOWN and name != "nofile":
                self.report(
                    container,
                    f"the ulimit `{name}` isn't documented for Fargate, only `nofile` is",
                    at=("ulimits", index, "name"),
                    help="remove it unless a trial has shown that it works",
                )
