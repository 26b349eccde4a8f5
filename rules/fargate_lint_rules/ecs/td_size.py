from __future__ import annotations

import json

from fargate_lint.data.ecs_shape import READ_ONLY
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import known_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

LIMIT = 65536
#: A character has so many bytes at most.
BYTES = 4


class TdSize(Rule):
    """The task definition is larger than the 64 KiB that ECS takes, or nearly so.

    ## Why it matters
    ECS counts the bytes of the whole definition as it is sent: JSON without indentation. Ten
    containers with long lists of variables, or a certificate or a configuration in a variable, reach
    the limit sooner than one thinks. From 60000 bytes it is a warning, since the next variable may
    be one too many; indentation, and members that ECS adds by itself, aren't counted.

    ## Example
    ```toml bad
    [rules.td-size]
    warn-from = 1000
    ```
    ```json good base=plain
    {"containerDefinitions": [{"name": "web", "environment": [{"name": "PORT", "value": "8080"}]}]}
    ```

    ## Settings
    `warn-from` is the number of bytes from which it is a warning, 60000 by default.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
    """

    code = "ECS402"
    name = "td-size"
    severity = "error"
    options = {"warn-from": 60000}  # noqa: RUF012  (declared once, never changed)

    def check_task(self, task: Task) -> None:
        document = task.lens.document
        near = min(self.option["warn-from"], LIMIT)
        # In other syntaxes a text can stand for more than it is long.
        direct = task.definition.kind == "direct" and document.syntax == "json"
        short = direct and len(document.text) * BYTES < near
        if task.scope != "task" or short:
            return
        size = compact_size(task)
        if size > LIMIT:
            self.report(
                task,
                f"the definition has {size} bytes, but ECS takes {LIMIT} at most",
                help="move variables to a file on S3 (`environmentFiles`) or configuration into the "
                f"image; ECS would answer: Actual length: '{size}'. Max allowed length is '{LIMIT}' bytes.",
            )
        elif size >= near:
            self.report(
                task,
                f"the definition has {size} bytes, and ECS takes no more than {LIMIT}",
                help="move variables to a file on S3 (`environmentFiles`), or configuration into the image",
                severity="warning",
            )


def compact_size(task: Task) -> int:
    """Bytes of a definition as JSON without indentation; of what isn't known, the known part."""
    value = {key: item for key, item in task.value.items() if key not in READ_ONLY}
    try:
        text = json.dumps(
            value, ensure_ascii=False, separators=(",", ":"), default=known_part, skipkeys=True
        )
    except (ValueError, RecursionError):
        # No such definition can be sent, whatever its size.
        return 0
    return len(text.encode("utf-8", "surrogatepass"))
