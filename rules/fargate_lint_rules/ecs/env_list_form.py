from __future__ import annotations

import json

from fargate_lint.ecs.shape import shape_of
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.once import once
from fargate_lint_rules.ecs._shape import (
    ENVIRONMENT,
    clip,
    described,
    is_excerpt,
    is_variable,
    written,
    wrong_type,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.ecs.shape import Deviation
    from fargate_lint.ecs.task import Container, Task


class EnvListForm(Rule):
    """The environment is not the list of names and string values that ECS takes.

    ## Why it matters
    ECS takes `[{"name": "PORT", "value": "8080"}]`: a list, with a name in each entry, and values
    that are strings. An object as in Compose or Lambda, a number, or a boolean is refused by the
    AWS CLI and the SDKs before anything is sent; an entry without a name is refused by ECS. A name
    that stands there twice is only a warning: the container gets one of the two values.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "environment": {"PORT": "8080"}}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "environment": [{"name": "PORT", "value": 8080}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "environment": [{"name": "PORT", "value": "8080"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KeyValuePair.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/taskdef-envfiles.html
    """

    code = "ECS205"
    name = "env-list-form"
    severity = "error"
    places_are_one = True
    fixable = "safe"
    outranks = ("unknown-member", "wrong-type")
    members = ("environment",)

    def check_container(self, container: Container) -> None:
        value = container.value.get(ENVIRONMENT)
        if not value:
            return
        found = _mistyped(container.task).get(container.index)
        if found:
            self._report_types(container, found)
            return
        if isinstance(value, list):
            names = [item.get("name") for item in value if isinstance(item, dict)]
            if not all(names) or len(set(names)) < len(names):
                self._check_names(container)

    def _report_types(self, container: Container, found: list[Deviation]) -> None:
        first = found[0]
        at = first.path[2:]
        if len(at) == 1:
            items = list(first.value.items()) if isinstance(first.value, dict) else []
            message = f"`environment` is {described(first.value)}, not a list of names and values"
            name = clip(str(items[0][0])) if items else "NAME"
            remedy = f'write "environment": [{{"name": {json.dumps(name)}, "value": "..."}}, ...]'
        elif len(at) == 2:
            message = (
                f"`environment[{at[1]}]` is {described(first.value, _assigned(first.value))}, "
                "not an object with `name` and `value`"
            )
            remedy = 'write {"name": "NAME", "value": "..."}'
        else:
            name = str(container.get(ENVIRONMENT, at[1], "name"))
            what = described(first.value, name)
            message = f"the {at[2]} of variable `{clip(name)}` is {what}, not a string"
            remedy = "put it in quotes"
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        self.report(
            container,
            message + more,
            at=at,
            related=[(container, each.path[2:], "the same here") for each in found[1:]],
            help=f"{remedy}; {wrong_type(first, _variable(container, first))}",
            fix=_fix(container, found),
        )

    def _check_names(self, container: Container) -> None:
        seen: dict[str, int] = {}
        shape = shape_of(container.task)
        for index, item in container.objects(ENVIRONMENT):
            name = item.get("name")
            if name is None or name == "":
                path = ("containerDefinitions", container.index, ENVIRONMENT, index, "name")
                if not item or shape.means(*path) or is_excerpt(container.task):
                    continue
                self.report(
                    container,
                    f"`environment[{index}]` has no name",
                    at=(ENVIRONMENT, index),
                    help='write {"name": "NAME", "value": "..."}; ECS would answer: '
                    "Environment variable name cannot be null or blank.",
                )
            elif isinstance(name, str):
                if name in seen:
                    self.report(
                        container,
                        f"variable `{clip(name)}` is there twice; the container gets one of its values",
                        at=(ENVIRONMENT, index, "name"),
                        related=[(container, (ENVIRONMENT, seen[name], "name"), "the first one")],
                        help="remove one of them",
                        severity="warning",
                    )
                seen[name] = index


def _fix(container: Container, found: list[Deviation]) -> Fix | None:
    """The fix that makes a list of names and values of a map, or strings of values."""
    first = found[0]
    at = first.path[2:]
    if len(at) == 1 and isinstance(first.value, dict) and _are_scalars(first.value.values()):
        pairs = [
            {"name": name, "value": json.loads(written(value))}
            for name, value in first.value.items()
        ]
        return Fix("write it as a list of names and values").set(container, at, pairs)
    if any(len(each.path) < 5 for each in found) or not _are_scalars(each.value for each in found):
        return None
    fix = Fix("put it in quotes")
    for each in found:
        fix.set(container, each.path[2:], json.loads(written(each.value)))
    return fix


def _are_scalars(values: Iterable[object]) -> bool:
    return all(isinstance(value, (str, int, float)) for value in values)


@once
def _mistyped(task: Task) -> dict[int, list[Deviation]]:
    """The variables of wrong types, by the index of their container."""
    found: dict[int, list[Deviation]] = {}
    for each in shape_of(task).deviations:
        if each.kind == "type" and is_variable(each) and isinstance(each.path[1], int):
            found.setdefault(each.path[1], []).append(each)
    return found


def _assigned(value: object) -> str:
    return value.partition("=")[0] if isinstance(value, str) else ""


def _variable(container: Container, deviation: Deviation) -> str:
    """The name of the variable that a value belongs to, which shows whether it is a secret."""
    if len(deviation.path) < 5:
        return _assigned(deviation.value)
    return str(container.get(ENVIRONMENT, deviation.path[3], "name"))
