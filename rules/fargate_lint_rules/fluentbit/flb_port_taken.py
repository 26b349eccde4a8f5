from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbPortTaken(ProblemRule):
    """Two inputs listen at the same address, and the second can't.

    ## Why it matters
    The first input takes the port; the next one ends the start with `could not bind address`.
    FireLens makes a forward input on 127.0.0.1:24224 and a TCP input on 8877 of its own, which
    nothing else in the router may repeat.

    ## Example
    ```conf bad
    [INPUT]
        Name forward
        Port 24224

    [INPUT]
        Name forward
        Port 24224
    ```
    ```conf fixed
    [INPUT]
        Name forward
        Port 24224

    [INPUT]
        Name forward
        Port 24225
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/inputs/forward
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB304"
    name = "flb-port-taken"
    severity = "error"
