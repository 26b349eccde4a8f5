from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.similar import similar
from fargate_lint.source.unknown import MARKS
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

AT = ("firelensConfiguration", "options")
METADATA = "enable-ecs-log-metadata"
KNOWN = (METADATA, "config-file-type", "config-file-value")
#: What stands for the name of an option in `--generate-cli-skeleton` and in the API's pages.
SKELETON = frozenset({"KeyName", "string"})
#: How documentation writes that there is a choice.
CHOICE = " | "
#: What Go reads as a boolean, and the agent with it.
BOOLEANS = frozenset({"1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"})  # fmt: skip


class FirelensOptionUnknown(Rule):
    """`firelensConfiguration` has an option that FireLens doesn't know, or can't read.

    ## Why it matters
    FireLens has three options of its own: `enable-ecs-log-metadata`, `config-file-type` and
    `config-file-value`. Any other is passed over in silence. Options of an output (`Name`,
    `log_group_name`) belong into `logConfiguration` of the containers that log. A value of
    `enable-ecs-log-metadata` that isn't `true` or `false` is passed over too, and leaves it on.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "enable-ecs-metadata": "true"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "enable-ecs-log-metadata": "true"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLN303"
    name = "firelens-option-unknown"
    severity = "warning"
    members = ("firelensConfiguration",)

    def check_container(self, container: Container) -> None:
        if "firelensConfiguration" not in container.value:
            return
        for key, value in container.members(*AT).items():
            if key == METADATA:
                if isinstance(value, str) and value not in BOOLEANS and CHOICE not in value:
                    self.report(
                        container,
                        f"`{METADATA}` is `{clip(value)}`, which is neither true nor false",
                        at=(*AT, key),
                        help='write "true" or "false"; FireLens leaves it on',
                    )
            elif key not in KNOWN and key not in SKELETON and not MARKS.search(key):
                self.report(
                    container,
                    f"FireLens has no option `{clip(key)}`, and passes it over",
                    at=(*AT, key),
                    key=True,
                    help=_remedy(key),
                )


def _remedy(key: str) -> str:
    near = similar(key.lower().replace("_", "-"), KNOWN, 0.7)
    if near:
        return f'write "{near}"'
    return "move it to `logConfiguration` of the containers that log, or remove it"
