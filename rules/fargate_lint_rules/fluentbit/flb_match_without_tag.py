from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbMatchWithoutTag(ProblemRule):
    """A filter or an output matches a tag that no record here has.

    ## Why it matters
    FireLens gives the records of a container the tag `NAME-firelens-TASK`, with the name as it
    stands in the task definition. `Match` compares the whole tag, with regard to case, and only `*`
    stands for any text: `web` alone matches nothing, and neither does the name of a container that
    was renamed. Nothing is printed; the records just don't arrive.

    In a Fluent Bit file that is checked by itself, this is reported only if it shows the tags of all
    its inputs.

    ## Example
    ```json bad without="-o syslog" with="-F grep -m web -p 'Exclude=log health' -o syslog"
    ```
    ```json fixed without="-o syslog" with="-F grep -m web-firelens* -p 'Exclude=log health' -o syslog"
    ```

    ## References
    - https://docs.fluentbit.io/manual/concepts/data-pipeline/router
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB303"
    name = "flb-match-without-tag"
    severity = "error"
