from __future__ import annotations

from fargate_lint.ecs.shape import STRUCTURES, meant_path, shape_of
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import MOST, Rule
from fargate_lint_rules._subjects import MOUNTS, member_of
from fargate_lint_rules.ecs._shape import clip, is_filled_in, unknown_parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.shape import Deviation
    from fargate_lint.ecs.task import Task
    from fargate_lint.source.document import Path


class UnknownMember(Rule):
    """A member of the task definition is none that ECS has, here or in this spelling.

    ## Why it matters
    Names of members are compared letter by letter. The AWS CLI and most SDKs refuse a definition
    with one that they don't know; the other tools pass it over in silence, and what it says does
    not happen: a container with `entrypoint` starts with the image's own program. Most of these
    are slips of the keyboard, names from Compose, CloudFormation's capital letters, or members
    that stand one level too high or too low.

    A member that begins with `_`, `$`, `#` or `//` is taken for a comment, and only noted. In a
    file with nothing but container definitions, which Terraform reads too, it is a warning,
    because Terraform minds neither case nor strangers.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "entrypoint": ["/usr/local/bin/web"]}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "networkMode": "awsvpc"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "entryPoint": ["/usr/local/bin/web"]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://docs.aws.amazon.com/cli/latest/reference/ecs/register-task-definition.html
    """

    code = "ECS201"
    name = "unknown-member"
    severity = "error"
    only_if_problems = True
    places_are_one = True
    fixable = "safe"
    outranks = (
        "awslogs-group-missing", "execution-role-missing-ecr", "fargate-network-mode",
        "fargate-task-cpu-memory", "mountpoint-unknown-volume", "name-or-image-missing",
        "required-member-missing", "volume-unused",
    )  # fmt: skip

    def check_task(self, task: Task) -> None:
        shape = shape_of(task)
        found = shape.of_kind("unknown")
        capital = [each for each in found if _is_capital(each)]
        if len(capital) > 1:
            self._report_capitals(task, capital)
            found = [each for each in found if each not in capital]
        groups: dict[object, list[Deviation]] = {}
        for each in found:
            meaning = each.meaning
            # Strays that belong to the same place are one mistake.
            fault = (each.path[:-1], meaning.owner) if meaning.owner else each.path
            groups.setdefault(fault, []).append(each)
            if len(groups) > MOST:
                break
        for group in groups.values():
            self._report(task, group)

    def _report(self, task: Task, group: list[Deviation]) -> None:
        deviation = group[0]
        key = clip(str(deviation.path[-1]))
        meaning = deviation.meaning
        where = f" of {_around(deviation)}"
        severity = ""
        if meaning.kind == "spelling":
            message = f"`{key}` is no member{where}: ECS calls it `{meaning.name}`"
            remedy = f'write "{meaning.name}"'
        elif meaning.kind == "place" and len(group) > 1:
            message = f"{_listed(group)} are no members{where}: they belong to {meaning.owner}"
            remedy = f"move them to {meaning.owner}"
        elif meaning.kind == "place":
            message = f"`{key}` is no member{where}: it belongs to {meaning.owner}"
            remedy = f"move it to {meaning.owner}" + (
                f' and call it "{meaning.name}"' if meaning.name != key else ""
            )
        elif meaning.kind == "service":
            message = f"`{key}` is no member{where}, but of a service or of run-task"
            remedy = "move it to the input of create-service or run-task"
        elif meaning.kind == "comment":
            message = f"`{key}` is no member{where}: the AWS CLI refuses it"
            remedy = "remove it before the AWS CLI gets the file"
            severity = "info"
        else:
            message = f"ECS knows no member `{key}`{where}"
            remedy = "remove it"
        self.report(
            task,
            message,
            at=deviation.path,
            key=True,
            related=[(task, each.path, "and this one") for each in group[1:]],
            help=f"{remedy}; {unknown_parameter(deviation, STRUCTURES[deviation.structure].members)}",
            severity=severity or _severity(task),
            subject=_subject(group),
            fix=_renamed(task, group) if meaning.kind == "spelling" else None,
        )

    def _report_capitals(self, task: Task, found: list[Deviation]) -> None:
        first = found[0]
        self.report(
            task,
            f"{_listed(found)} are written as in CloudFormation",
            at=first.path,
            key=True,
            related=[(task, each.path, f"`{each.meaning.name}` for ECS") for each in found[1:]],
            help=f'write "{first.meaning.name}" and so on; '
            f"{unknown_parameter(first, STRUCTURES[first.structure].members)}",
            severity=_severity(task),
            subject=_subject(found),
            fix=_renamed(task, found),
        )


def _renamed(task: Task, found: list[Deviation]) -> Fix:
    """The fix that gives members the names that ECS has for them."""
    first = found[0].meaning.name
    exact = all(each.meaning.name.lower() == _folded(str(each.path[-1])) for each in found)
    title = f'write "{first}"' if len(found) == 1 else f'write "{first}" and so on'
    fix = Fix(title, safe=exact)
    # The innermost first, since the path to it has the outer names.
    for each in sorted(found, key=lambda each: -len(each.path)):
        fix.rename(task, each.path, each.meaning.name)
    return fix


def _folded(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _listed(found: list[Deviation]) -> str:
    shown = 2 if len(found) > 3 else 3
    names = [f"`{clip(str(each.path[-1]), 24)}`" for each in found[:shown]]
    return ", ".join(names) + (f" and {len(found) - shown} more" if len(found) > shown else "")


def _severity(task: Task) -> str:
    if task.scope == "task":
        return "error"
    return "info" if is_filled_in(task) else "warning"


def _is_capital(deviation: Deviation) -> bool:
    key = str(deviation.path[-1])
    return key[:1].isupper() and deviation.meaning.kind == "spelling"


def _subject(group: list[Deviation]) -> Iterator[Path]:
    """The members, and those that are missing because they are written in this way."""
    for each in group:
        yield each.path
        meaning = each.meaning
        if meaning.name:
            yield member_of(meaning.name)
        if meaning.kind == "spelling":
            yield meant_path(each)
        elif meaning.owner == "`options`":
            yield (*each.path[:-1], "options", each.path[-1])
        if len(each.path) > 1:
            yield MOUNTS


def _around(deviation: Deviation) -> str:
    path = deviation.path[:-1]
    if not path:
        return "the task"
    if len(path) == 2:
        return "a container" if path[0] == "containerDefinitions" else f"`{path[0]}`"
    return f"`{path[-1] if isinstance(path[-1], str) else path[-2]}`"
