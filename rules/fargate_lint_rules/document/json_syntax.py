from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class JsonSyntax(FaultRule):
    """The text is not JSON: something is missing, too much, or written another way.

    ## Why it matters
    `aws ecs register-task-definition`, Terraform's `jsondecode` and the console refuse the whole
    file, and most of them name only the first place, often far behind the mistake. Here the
    text is read as it was meant and each mistake is reported at its place, so that all of them can
    be corrected at once, and the other rules check the rest of the file.

    Typical are quotes that a word processor or a chat made curly, single quotes, keys without
    quotes, a missing comma between two members, `True` for `true`, a bracket too many, and the
    fence of a Markdown block.

    ## Example
    ```json bad base=none
    {"family": "shop", "cpu": "256" "memory": "512",
     "containerDefinitions": [{'name': 'web', "image": “web:1.4.2”}]}
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

    code = "DOC101"
    name = "json-syntax"
    severity = "error"
    fixable = "safe"
