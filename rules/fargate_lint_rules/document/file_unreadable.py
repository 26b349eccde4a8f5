from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class FileUnreadable(FaultRule):
    """The file can't be opened, or is not a text file.

    ## Why it matters
    Nothing in it was checked. That would be easy to miss in a pipeline where a path changed or an
    artifact was not downloaded, so it is a finding rather than a remark.

    ## Example
    An archive in the place of a task definition, which is to be a text file:
    ```hex bad base=none
    50 4b 03 04 14 00 08 08 08 00
    ```
    ```json fixed base=none
    {"family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
     "cpu": "256", "memory": "512",
     "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
    """

    code = "DOC001"
    name = "file-unreadable"
    severity = "error"
