from __future__ import annotations

from itertools import pairwise

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules._properties import written
from fargate_lint_rules.output._cloudwatch import outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


#: The keys of every record that the log driver and FireLens make.
KEYS = frozenset({
    "container_id", "container_name", "ec2_instance_id", "ecs_cluster", "ecs_task_arn",
    "ecs_task_definition", "log", "pid", "source",
})  # fmt: skip
HARMLESS = frozenset({"record_modifier", "grep"})


def changes_records(launch: Launch) -> bool:
    """Whether anything may give records other keys than FireLens does."""
    router = launch.router
    if router is None or launch.sidecars.router_image.kind not in {"aws", "upstream"}:
        return True
    if launch.sidecars.router_image.init or router.get(
        "firelensConfiguration", "options", "config-file-value"
    ):
        return True
    if launch.arguments is None:
        return bool(router.words("command") or router.words("entryPoint"))
    if launch.arguments.in_config.at is not None or not launch.arguments.certain:
        return True
    return any(
        flag in {"-F", "--filter"} and text_of(plugin).strip() not in HARMLESS
        for (_, flag), (_, plugin) in pairwise(launch.words)
    )


class LogKeyCase(Rule):
    """`log_key` names a key that FireLens' records do not have.

    ## Why it matters
    Keys of records are compared with regard to case, and the line of log is in `log`. The
    CloudWatch plug-ins find no `Log` or `message` in a record and drop it with a line like `Failed
    to find key` each time.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_key": "Log"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"log_key": "log"}}}]}
    ```

    ## When not to
    A parser or another filter may make the key; a task whose router has a configuration file of
    its own, or filters beyond the vendor's, isn't judged.

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    """

    code = "OUT205"
    name = "log-key-case"
    severity = "warning"
    fixable = "unsafe"

    def check_launch(self, launch: Launch) -> None:
        if launch.router is None:
            return
        for output in outputs(launch):
            entry = output.section.first("log_key")
            if entry is None or not isinstance(entry.value, str) or entry.value in KEYS:
                continue
            if entry.value.lower() != "log" and changes_records(launch):
                continue
            self.report(
                launch.spot(entry),
                f"records have no key `{entry.value}`: the line of log is in `log`",
                help="write `log`",
                fix=written(launch, entry, "log", safe=False),
            )
