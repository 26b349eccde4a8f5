from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class FirelensTypeInvalid(Rule):
    """`firelensConfiguration` has no `type`, or one that is neither `fluentbit` nor `fluentd`.

    ## Why it matters
    `type` says for which program FireLens writes a configuration, and it is the one member that is
    required. Both values are lower case and without a blank or hyphen. With anything else the
    definition is refused, or the task stops with `invalid firelens configuration type`.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluent-bit"}}]}
    ```
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {
      "type": null, "options": {"enable-ecs-log-metadata": "true"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentbit"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLN104"
    name = "firelens-type-invalid"
    severity = "error"
    fixable = "safe"
    outranks = ("required-member-missing", "value-not-allowed")

    def check_container(self, container: Container) -> None:
        if not isinstance(container.get("firelensConfiguration"), dict):
            return
        value = container.text("firelensConfiguration", "type")
        if isinstance(value, Unknown) or value in {"fluentbit", "fluentd"}:
            return
        fluentd = value is not None and value.strip().lower() in {"fluentd", "fluent-d", "fluent_d"}
        if value is None:
            message = "`firelensConfiguration` has no `type`"
        else:
            message = f"`{value}` is no type of FireLens: it is `fluentbit` or `fluentd`"
        self.report(
            container,
            message,
            at=("firelensConfiguration",) if value is None else ("firelensConfiguration", "type"),
            key=value is None,
            help=f'write "type": "{"fluentd" if fluentd else "fluentbit"}"',
            fix=Fix(
                f'write "type": "{"fluentd" if fluentd else "fluentbit"}"', safe=_is_plain(value)
            ).set(
                container, ("firelensConfiguration", "type"), "fluentd" if fluentd else "fluentbit"
            ),
        )


def _is_plain(value: str | None) -> bool:
    """Whether it is certain which program was meant."""
    letters = "".join(letter for letter in value or "" if letter.isalpha())
    return letters.lower() in {"fluentbit", "fluentd"}
