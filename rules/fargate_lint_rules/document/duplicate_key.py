from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class DuplicateKey(FaultRule):
    """A member is given twice in one object, and only the last one counts.

    ## Why it matters
    Programs don't agree on what that means, but the AWS CLI and nearly all others silently take
    the last one. What the first one said is lost without a word, typically half of an
    `environment`, `options` or `logConfiguration` after two versions of a file were merged.

    ## Example
    ```json bad base=none
    {"family": "shop", "containerDefinitions": [{"name": "web", "image": "web:1.4.2",
      "environment": [{"name": "PORT", "value": "8080"}],
      "environment": [{"name": "MODE", "value": "live"}]}]}
    ```
    ```json fixed base=none
    {"family": "shop", "containerDefinitions": [{"name": "web", "image": "web:1.4.2",
      "environment": [{"name": "PORT", "value": "8080"}, {"name": "MODE", "value": "live"}]}]}
    ```

    ## References
    - https://www.rfc-editor.org/rfc/rfc8259
    """

    code = "DOC104"
    name = "duplicate-key"
    severity = "warning"
