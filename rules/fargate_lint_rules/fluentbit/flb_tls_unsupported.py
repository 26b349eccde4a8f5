from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbTlsUnsupported(ProblemRule):
    """TLS is asked for where there is none.

    ## Why it matters
    Not every plugin can speak TLS. Fluent Bit 1.9 says so and goes on in plain text; newer versions
    refuse to start. The syslog output has TLS only over TCP (`Mode tls`), and its default mode is
    UDP.

    ## Example
    ```conf bad
    [OUTPUT]
        Name stdout
        Match *
        tls on
    ```
    ```conf fixed
    [OUTPUT]
        Name stdout
        Match *
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/transport-security
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "FLB213"
    name = "flb-tls-unsupported"
    severity = "error"
