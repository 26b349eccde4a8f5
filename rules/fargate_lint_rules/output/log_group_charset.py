from __future__ import annotations

import re

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import written
from fargate_lint_rules.output._cloudwatch import LONGEST_NAME, certain, outputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


FORBIDDEN = re.compile(r"[^A-Za-z0-9._/#-]")


class LogGroupCharset(Rule):
    """The log group's name has a character that CloudWatch does not take, or is too long.

    ## Why it matters
    CloudWatch takes letters, digits and `. - _ / #`, at most 512 of them, and no name that starts
    with `aws/`. The plug-in passes the name on as it is; CloudWatch refuses it
    (`InvalidParameterException`), and every log of this container is lost after its retries. A
    blank or a colon, taken over from a title or an ARN, is the usual cause.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log_group_name": "shop:web logs"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "log_group_name": "/shop/web"}}}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    """

    code = "OUT201"
    name = "log-group-charset"
    severity = "error"
    fixable = "unsafe"

    def check_launch(self, launch: Launch) -> None:
        for output in outputs(launch):
            entry = output.section.first("log_group_name")
            if entry is None:
                continue
            name = certain(entry)
            bad = sorted(set(FORBIDDEN.findall(name)))
            if bad:
                listed = " ".join(f"`{character}`" for character in bad)
                self.report(
                    launch.spot(entry),
                    f"log group `{entry.text}` has {listed}, which CloudWatch refuses",
                    help=f"write `{FORBIDDEN.sub('-', entry.text)}`, or another name of letters, "
                    "digits and . - _ / #"
                    if isinstance(entry.value, str) and name == entry.value
                    else "use letters, digits and . - _ / # only",
                    fix=written(launch, entry, FORBIDDEN.sub("-", entry.text), safe=False)
                    if name == entry.value
                    else None,
                )
            elif isinstance(entry.value, str) and entry.value.startswith("aws/"):
                self.report(
                    launch.spot(entry),
                    f"log group `{entry.text}` starts with `aws/`, which CloudWatch keeps for itself",
                    help=f"write `/{entry.text}`, or another name",
                )
            elif len(name) > LONGEST_NAME:
                self.report(
                    launch.spot(entry),
                    f"the log group's name has {len(name)} characters, CloudWatch takes {LONGEST_NAME}",
                    help="shorten it",
                )
