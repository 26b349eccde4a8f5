from __future__ import annotations

import json

from fargate_lint.ecs.shape import WORDS, shape_of
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import MOUNTS
from fargate_lint_rules.ecs._shape import described, written, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.ecs.shape import Deviation
    from fargate_lint.ecs.task import Task


class WrongType(Rule):
    """A value is of another type than the one that ECS takes there.

    ## Why it matters
    RegisterTaskDefinition doesn't convert: a number in quotes is a string, and a single object is
    no list of one. The AWS CLI and the SDKs refuse the definition before they send it.
    CloudFormation and Terraform's own attributes convert numbers, which is why definitions that
    were copied from there have them in quotes.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "memoryReservation": "128"}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "healthCheck": {"command": "curl -f http://localhost/"}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "memoryReservation": 128,
      "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost/"]}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    """

    code = "ECS202"
    name = "wrong-type"
    severity = "error"
    only_if_problems = True
    fixable = "safe"
    outranks = ("volume-unused",)

    def check_task(self, task: Task) -> None:
        shape = shape_of(task)
        for deviation in shape.of_kind("type"):
            self.report(
                task,
                f"`{deviation.name}` is {described(deviation.value, deviation.name)}, "
                f"but ECS takes {WORDS[deviation.expected]}",
                at=deviation.path,
                # What is in a container may have been meant for a mount.
                subject=[deviation.path, *([MOUNTS] if len(deviation.path) > 1 else [])],
                help="; ".join(filter(None, (_remedy(deviation), wrong_type(deviation)))),
                fix=_fix(task, deviation),
            )


def _fix(task: Task, deviation: Deviation) -> Fix | None:
    found = _meant(deviation)
    if found:
        return Fix(f"write {WORDS[deviation.expected]}").set(
            task, deviation.path, json.loads(found)
        )
    value = deviation.value
    if deviation.expected is list and isinstance(value, dict) and value:
        return Fix("put it in a list").set(task, deviation.path, [value])
    return None


def _meant(deviation: Deviation) -> str:
    """The value that was meant, in JSON; "" when that isn't certain."""
    value: Any = deviation.value
    kind = deviation.expected
    if kind is str and not isinstance(value, (dict, list)):
        return written(value)
    if (kind is int and isinstance(value, str) and _is_number(value)) or (
        kind is int and isinstance(value, float) and value.is_integer()
    ):
        return str(int(value))
    if kind is bool and str(value).lower() in {"true", "false"}:
        return str(value).lower()
    if kind is list and isinstance(value, str):
        shell = deviation.path[-2:] == ("healthCheck", "command")
        return json.dumps(["CMD-SHELL", value] if shell else [value])
    return ""


def _remedy(deviation: Deviation) -> str:
    value: Any = deviation.value
    kind = deviation.expected
    key = next(step for step in reversed(deviation.path) if isinstance(step, str))
    found = _meant(deviation)
    if found:
        pass
    elif kind is list and isinstance(value, dict) and value:
        return f'put it in a list: "{key}": [{{...}}]'
    elif kind is dict and isinstance(value, list) and len(value) == 1:
        return "remove the brackets around it"
    if not found or len(found) > 60:
        return f"write {WORDS[kind]}"
    return f'write "{key}": {found}' if deviation.path[-1] == key else f"write {found}"


def _is_number(text: str) -> bool:
    text = text.strip()
    return text.isascii() and text.isdecimal() and len(text) < 12
