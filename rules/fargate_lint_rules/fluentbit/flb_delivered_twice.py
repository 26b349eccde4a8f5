from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbDeliveredTwice(ProblemRule):
    """A container's records reach one destination twice.

    ## Why it matters
    Every output whose `Match` takes a tag gets a copy of the record. An output of the launcher or
    of a file with `Match *`, next to the one that FireLens makes from the container's log options,
    means each line arrives and is paid for twice.

    ## Example
    ```json bad base=agent
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "Name": "syslog", "Host": "127.0.0.1", "Port": "1514", "Mode": "tcp", "Retry_Limit": "False",
      "Syslog_Format": "rfc3164", "Syslog_Maxsize": "786432", "Syslog_Message_Key": "log",
      "Syslog_Hostname_Key": "container_id", "Syslog_Appname_Key": "container_name",
      "Syslog_Procid_Key": "pid"}}}]}
    ```
    ```json good base=agent
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"logDriver": "awsfirelens"}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/concepts/data-pipeline/router
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB306"
    name = "flb-delivered-twice"
    severity = "warning"
