from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class NotATaskDefinition(FaultRule):
    """The file holds no task definition.

    ## Why it matters
    You named this file, so it was to be checked, and nothing in it could be. Usually it is the
    wrong file: a policy, a template of another tool, the description of a running task. Files that
    are found in folders are passed over silently, and with `--skip-unrelated` so are files that
    are named.

    ## Example
    ```json bad base=none
    {"Version": "2012-10-17",
     "Statement": [{"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}]}
    ```
    ```json fixed base=none
    {"family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
     "cpu": "256", "memory": "512",
     "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-definition-template.html
    """

    code = "DOC002"
    name = "not-a-task-definition"
    severity = "error"
