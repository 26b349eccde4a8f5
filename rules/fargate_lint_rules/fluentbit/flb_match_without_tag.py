from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbMatchWithoutTag(ProblemRule):
    """A filter or an output matches a tag that no record here has.

    ## Why it matters
    FireLens gives the records of a container the tag `NAME-firelens-TASK`, with the name as it
    stands in the task definition. `Match` compares the whole tag, with regard to case, and only `*`
    stands for any text: `web` alone matches nothing, and neither does the name of a container that
    was renamed. Nothing is printed; the records just don't arrive.

    In a file of its own this is told of when all of its inputs have tags that it shows.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-F", "grep", "-m", "web", "-p", "Exclude=log health",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-F", "grep", "-m", "web-firelens*", "-p", "Exclude=log health",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/concepts/data-pipeline/router
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB303"
    name = "flb-match-without-tag"
    severity = "error"
