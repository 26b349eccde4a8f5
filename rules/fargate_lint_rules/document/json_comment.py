from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class JsonComment(FaultRule):
    """The file has comments, which JSON doesn't know.

    ## Why it matters
    The AWS CLI, Terraform and the console take JSON only, and refuse the whole file at the first
    `//`, `/*` or `#`. Editors colour comments in `.json` files as if they were fine, which is why
    this comes up only when the file is registered. In a file called `.jsonc` or `.json5` comments
    are not reported: there a program takes them out before.

    ## Example
    ```json bad base=none
    {
      "family": "shop",  // the web shop
      "containerDefinitions": [{"name": "web", "image": "web:1.4.2"}]
    }
    ```
    ```json fixed base=none
    {"family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
     "cpu": "256", "memory": "512",
     "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}]}
    ```

    ## References
    - https://www.rfc-editor.org/rfc/rfc8259
    - https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
    """

    code = "DOC102"
    name = "json-comment"
    severity = "error"
    fixable = "unsafe"
