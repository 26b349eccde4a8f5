from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class JsonEllipsis(FaultRule):
    """Something of an example is left in the file: `...`, or a comma with nothing after it.

    ## Why it matters
    The vendor's examples show containers as `{"name": "<application_container_1>", ... }` and end
    lists with `...`, where your own containers and members belong. Copied as they are they are not
    JSON, nor is the comma that stays behind when the last member of a list is deleted. `aws ecs
    register-task-definition` refuses the file.

    What stands for `...` is taken as unknown here: no rule claims that it is missing.

    ## Example
    ```json bad base=none
    {"family": "shop", "containerDefinitions": [
      {"name": "web", "image": "web:1.4.2", ... "logConfiguration": {"logDriver": "awsfirelens"}},
      ...
    ]}
    ```
    ```json bad base=none
    {"family": "shop", "containerDefinitions": [{"name": "web", "image": "web:1.4.2"},]}
    ```
    ```json fixed base=none
    {"family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
     "cpu": "256", "memory": "512",
     "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://www.rfc-editor.org/rfc/rfc8259
    """

    code = "DOC103"
    name = "json-ellipsis"
    severity = "error"
    fixable = "safe"
