from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

AT = ("firelensConfiguration", "options", "config-file-value")


class FirelensConfigFileYaml(Rule):
    """FireLens is to include a file in YAML, which its own configuration can't take.

    ## Why it matters
    FireLens writes Fluent Bit's classic format and names your file in an `@INCLUDE` line. Fluent
    Bit reads what is included in the format of the file that includes it, so the first line of
    YAML ends the start with `undefined value` and exit status 1.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "config-file-type": "file", "config-file-value": "/fluent-bit/etc/extra.yaml"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "config-file-type": "file", "config-file-value": "/fluent-bit/etc/extra.conf"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/commands
    """

    code = "FLN406"
    name = "firelens-config-file-yaml"
    severity = "error"
    members = ("config-file-value",)

    def check_container(self, container: Container) -> None:
        if container.get("firelensConfiguration", "type") != "fluentbit":
            return
        path = text_of(container.get(*AT))
        if path.lower().endswith((".yaml", ".yml")):
            self.report(
                container,
                f"`{path}` is YAML, which FireLens can't include",
                at=AT,
                help="write the file in the classic format ([SECTION], key value), and name it `.conf`",
            )
