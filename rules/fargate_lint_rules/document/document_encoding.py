from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class DocumentEncoding(FaultRule):
    """The file is not plain UTF-8.

    ## Why it matters
    The AWS CLI reads a file with the encoding of the computer it runs on, and its JSON reader
    refuses a byte order mark. So the file may work on the computer where it was written and fail
    in a pipeline, or letters outside of ASCII arrive as others. PowerShell's `>` and Windows'
    Notepad write such files.

    ## Example
    A byte order mark (EF BB BF) stands before the first brace:
    ```hex bad base=none
    ef bb bf 7b 22 66 61 6d 69 6c 79 22 3a 22 73 68 6f 70 22 2c
    22 63 6f 6e 74 61 69 6e 65 72 44 65 66 69 6e 69 74 69 6f 6e 73 22 3a 5b 5d 7d
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

    code = "DOC105"
    name = "document-encoding"
    severity = "warning"
