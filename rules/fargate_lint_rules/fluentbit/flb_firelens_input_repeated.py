from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbFirelensInputRepeated(ProblemRule):
    """A file for FireLens has an input of its own where FireLens makes one.

    ## Why it matters
    FireLens writes two forward inputs into its configuration, one on the socket of the log drivers
    and one on 127.0.0.1:24224, and then includes your file. A second input at the same place ends
    the start with `could not bind address`, or takes the socket away from the first. Your file
    needs filters and outputs only.

    ## Example
    ```conf bad
    [INPUT]
        Name forward
        Port 24224

    [OUTPUT]
        Name stdout
        Match web-firelens*
    ```
    ```conf fixed
    [OUTPUT]
        Name stdout
        Match web-firelens*
    ```

    ## When not to
    A file that is not included but takes the place of FireLens' own (with `-c`, in an image of your
    own) needs these inputs, and the one on port 8877 as well.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws-samples/amazon-ecs-firelens-under-the-hood
    """

    code = "FLB308"
    name = "flb-firelens-input-repeated"
    severity = "warning"
