from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbStorageWithoutPath(ProblemRule):
    """Data is to be kept in files, but there is no folder for them.

    ## Why it matters
    `storage.type filesystem` needs `storage.path` in SERVICE, a folder that the router can write
    to. Without it, or with one that can't be made, Fluent Bit ends with exit status 255.

    ## Example
    ```conf bad
    [SERVICE]
        Flush 1

    [INPUT]
        Name tail
        Path /var/log/app.log
        storage.type filesystem

    [OUTPUT]
        Name stdout
        Match *
    ```
    ```conf fixed
    [SERVICE]
        storage.path /tmp/fluent-bit

    [INPUT]
        Name tail
        Path /var/log/app.log
        storage.type filesystem

    [OUTPUT]
        Name stdout
        Match *
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    """

    code = "FLB406"
    name = "flb-storage-without-path"
    severity = "error"
