"""What the rules about the shape of a definition share: values in words, the CLI's answers."""

from __future__ import annotations

import json

from fargate_lint.ecs.shape import WORDS, parameter
from fargate_lint.lint.fix import Fix
from fargate_lint.source.unknown import MARKS, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.ecs.shape import Deviation
    from fargate_lint.ecs.task import Node, Task

LONGEST = 32
#: The two lists of variables, whose entries have rules of their own.
ENVIRONMENT = "environment"
PYTHON = {
    str: "<class 'str'>",
    int: "<class 'int'>",
    bool: "<class 'bool'>",
    list: "<class 'list'>, <class 'tuple'>",
    dict: "<class 'dict'>",
}


def clip(text: str, longest: int = LONGEST) -> str:
    """`text`, shortened in the middle of nowhere when it is long."""
    return text if len(text) <= longest else text[: longest - 1] + "\u2026"


def described(value: Any, name: str = "") -> str:
    """A value in a sentence: ``the string `512` ``, `a list`; secrets only by their type."""
    from fargate_lint.lint.mask.names import is_secret_name  # noqa: PLC0415  (only of faults)

    if isinstance(value, (dict, list)):
        return WORDS[type(value)]
    if isinstance(value, str):
        return "a string" if is_secret_name(name) else f"the string `{clip(value)}`"
    if isinstance(value, bool):
        return f"`{json.dumps(value)}`"
    return "a number" if is_secret_name(name) else f"the number {clip(str(value))}"


def written(value: Any) -> str:
    """A scalar as the API's string type takes it, in JSON."""
    return json.dumps(value if isinstance(value, str) else json.dumps(value))


def quoted(task: Task, found: Iterable[Deviation]) -> Fix | None:
    """The fix that makes strings of scalars, None when one is no scalar."""
    fix = Fix("put it in quotes")
    for each in found:
        if isinstance(each.value, (dict, list)):
            return None
        fix.set(task, each.path, json.loads(written(each.value)))
    return fix


def wrong_type(deviation: Deviation, name: str = "") -> str:
    """What the AWS CLI and the SDKs say of a value of a wrong type."""
    from fargate_lint.lint.mask.names import is_secret_name  # noqa: PLC0415  (only of faults)

    value = deviation.value
    plain = not isinstance(value, (dict, list)) and not is_secret_name(name or deviation.name)
    return (
        f"the AWS CLI would answer: Invalid type for parameter {deviation.parameter}, "
        + (f"value: {clip(str(value), 60)}, " if plain else "value: ..., ")
        + f"type: <class '{type(value).__name__}'>, valid types: {PYTHON[deviation.expected]}"
    )


def unknown_parameter(deviation: Deviation, members: dict[str, Any]) -> str:
    """What the AWS CLI and the SDKs say of a member that the API doesn't have."""
    first = ", ".join(list(members)[:2])
    return (
        f"the AWS CLI would answer: Unknown parameter in {parameter(deviation.path[:-1])}: "
        f'"{deviation.path[-1]}", must be one of: {first}, ...'
    )


def is_filled_in(task: Task) -> bool:
    """Whether some program fills in this file before anything else reads it."""
    return MARKS.search(task.lens.document.text) is not None


def is_excerpt(task: Task) -> bool:
    """Whether a definition seems to be a piece that explains something: it has no family."""
    return task.scope == "task" and not task.value.get("family")


def is_variable(deviation: Deviation) -> bool:
    """Whether this is in the list of environment variables, or is that list."""
    return deviation.path[2:3] == (ENVIRONMENT,) and not isinstance(deviation.value, Unknown)


def is_skeleton(task: Task) -> bool:
    """Whether this is what `--generate-cli-skeleton` prints, and nobody has filled in yet."""
    return task.value.get("family") == ""


def is_partial(node: Node, *keys: str | int) -> bool:
    """Whether a template or an ellipsis may write more into an object or list than is shown."""
    return (*node.path, *keys) in node.lens.partial
