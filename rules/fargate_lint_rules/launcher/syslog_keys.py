from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules._subjects import property_of
from fargate_lint_rules.launcher._agent import about, is_open, properties, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


KEYS = {
    "Syslog_Hostname_Key": "container_id",
    "Syslog_Appname_Key": "container_name",
    "Syslog_Procid_Key": "pid",
}


class SyslogKeys(Rule):
    """The output to the agent takes host, program or process from other keys than the vendor's
    example.

    ## Why it matters
    The agent tells containers apart by the syslog header: the host is `container_id`, the program
    `container_name`, the process `pid`. A header without a host makes the collector take the first
    word of the message for one.

    ## Example
    ```json bad without="Syslog_Hostname_Key=container_id"
    ```
    ```json fixed with="Syslog_Hostname_Key=container_id"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH306"
    name = "syslog-keys"
    severity = "warning"
    fixable = "unsafe"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            missing: list[list[str]] = [[]]
            for key, wanted in KEYS.items():
                entry = output.section.first(key)
                if entry is None and not is_open(launch):
                    # One that is there as a property, but not as Fluent Bit reads it, stands alone.
                    if key.lower() in properties(launch):
                        missing.append([key])
                    else:
                        missing[0].append(key)
                elif entry is not None and isinstance(entry.value, str) and entry.value != wanted:
                    self.report(
                        launch.spot(entry),
                        f"`{key}` is `{entry.value}`, not `{wanted}`",
                        help=f"write {key}={wanted}",
                        subject=about(output, key),
                        fix=written(launch, entry, wanted, safe=False),
                    )
            for keys in filter(None, missing):
                self.report(
                    launch.spot(output.section),
                    f"the output to the agent has no {' and no '.join(f'`{key}`' for key in keys)}",
                    help="add " + ", ".join(f"{key}={KEYS[key]}" for key in keys),
                    subject=[property_of(key) for key in keys],
                    fix=added(launch, output, {key: KEYS[key] for key in keys}, safe=False),
                )
