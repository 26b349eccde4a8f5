from __future__ import annotations

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.launch.plugins import go_plugin
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch

#: All that a Go plugin takes for a boolean, in any case.
BOOLEANS = frozenset({"false", "true"})
#: What others take for one, or have in its place.
LIKE = frozenset({"0", "1", "disabled", "enabled", "n", "no", "off", "on", "y", "yes"})


class GoBoolValue(Rule):
    """A switch of a Go plugin is neither `true` nor `false`, so it keeps its default.

    ## Why it matters
    Fluent Bit's own plugins take `on` and `yes` as well. AWS's Go plugins (`cloudwatch`,
    `firehose`, `kinesis`) take only `true` and `false`, and say nothing about another word: with
    `auto_create_group` at `On` no group is created, and every chunk fails.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"auto_create_group": "On"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"auto_create_group": "true"}}}]}
    ```

    ## References
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    - https://github.com/aws/amazon-kinesis-streams-for-fluent-bit
    """

    code = "OUT303"
    name = "go-bool-value"
    severity = "warning"
    fixable = "unsafe"

    def check_launch(self, launch: Launch) -> None:
        for output in launch.outputs:
            if output.plugin not in GO_PLUGINS:
                continue
            for entry in output.section.entries:
                if not isinstance(entry.value, str) or entry.value.lower() not in LIKE:
                    continue
                plugin = go_plugin(output.plugin)
                option = plugin.option(entry.key) if plugin is not None else None
                if option is None or option.type != "bool":
                    continue
                meant = "true" if entry.value.lower()[:1] in {"1", "y", "e"} else "false"
                meant = "true" if entry.value.lower() == "on" else meant
                self.report(
                    launch.spot(entry),
                    f"`{entry.key} {entry.value}` is neither true nor false: it stays "
                    f"{option.default}",
                    help=f'write "{meant}": the Go plugin `{output.plugin}` takes no other word',
                    fix=written(launch, entry, meant, safe=False),
                )
