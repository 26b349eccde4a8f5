from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class WrapperMissing(FaultRule):
    """The file holds a piece of JSON without the brackets around it.

    ## Why it matters
    A member or a few containers, cut out of a larger file, are enough to check what they say, and
    are read as if the brackets were there. By itself such a piece can't be registered. What it
    doesn't show is taken as unknown, so less is found than in the whole file.

    ## Example
    ```json bad base=none
    "logConfiguration": {"logDriver": "awsfirelens"}
    ```
    ```json fixed base=none
    {"logConfiguration": {"logDriver": "awsfirelens"}}
    ```

    ## References
    - https://www.rfc-editor.org/rfc/rfc8259
    """

    code = "DOC107"
    name = "wrapper-missing"
    severity = "info"
