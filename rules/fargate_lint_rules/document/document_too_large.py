from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class DocumentTooLarge(FaultRule):
    """The file is too large, or nests too deep, for anything to be a task definition.

    ## Why it matters
    ECS takes 64 KiB. Files of many megabytes, brackets inside brackets without end and YAML
    aliases that multiply are accidents or attacks, and are not read. Nothing in the file was
    checked.

    ## Example
    Seven lines of YAML that mean millions of values:
    ```yaml bad base=none
    a: &a [x, x, x, x, x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
    d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
    e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
    f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
    containerDefinitions: *f
    ```
    ```json fixed base=none
    {"family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
     "cpu": "256", "memory": "512",
     "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    - https://www.rfc-editor.org/rfc/rfc8259
    """

    code = "DOC003"
    name = "document-too-large"
    severity = "error"
