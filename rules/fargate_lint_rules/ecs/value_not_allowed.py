from __future__ import annotations

from fargate_lint.data.ecs_shape import BOTOCORE
from fargate_lint.ecs.shape import shape_of
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.similar import similar
from fargate_lint_rules._subjects import FIRELENS
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.shape import Deviation
    from fargate_lint.ecs.task import Task

SHOWN = 5


class ValueNotAllowed(Rule):
    """A value is none of those that ECS lists for this member, or out of its range.

    ## Why it matters
    Neither the AWS CLI nor the SDKs look at such values; ECS itself refuses them once the
    definition is sent. They are compared letter by letter, and the API isn't consistent in them:
    `awsvpc` and `host` are lower case, `FARGATE` and `LINUX` are not.

    ## Example
    ```json bad base=plain
    {"runtimePlatform": {"cpuArchitecture": "x86_64"}}
    ```
    ```json fixed base=plain
    {"runtimePlatform": {"cpuArchitecture": "X86_64"}}
    ```

    ## When not to
    ECS learns new values from time to time. This list is the one of the version of botocore that
    the help names.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
    """

    code = "ECS206"
    name = "value-not-allowed"
    severity = "error"
    only_if_problems = True
    fixable = "safe"
    outranks = ("app-not-awsfirelens",)

    def check_task(self, task: Task) -> None:
        shape = shape_of(task)
        for deviation in shape.of_kind("value", "range"):
            if _is_taken(deviation):
                continue
            if deviation.kind == "range":
                low, high = deviation.expected
                message = f"`{deviation.name}` is not between {low} and {high}"
                remedy = f"write a number from {low} to {high}"
                if high is None:
                    message = f"`{deviation.name}` is less than {low}"
                    remedy = f"write at least {low}"
            else:
                value = clip(deviation.value)
                message = f"`{value}` is no value of `{deviation.name}` that ECS has"
                remedy = _remedy(deviation)
            near, certain = ("", False) if deviation.kind == "range" else _meant(deviation)
            self.report(
                task,
                message,
                at=deviation.path,
                # With a driver that isn't one, the container doesn't log through FireLens either.
                subject=[
                    deviation.path,
                    *([(*FIRELENS, *deviation.path[:2])] if near == "awsfirelens" else []),
                ],
                help=remedy,
                fix=Fix(f'write "{near}"', safe=certain).set(task, deviation.path, near)
                if near
                else None,
            )


def _is_taken(deviation: Deviation) -> bool:
    """Whether ECS takes a value that its list leaves out, or the deviation is none of a value."""
    if deviation.kind == "range":
        return not isinstance(deviation.value, int)
    # Any protocol but `udp` is taken for `tcp`. Windows has a network mode of its own.
    return deviation.name == "protocol" or (deviation.name, deviation.value) == (
        "networkMode",
        "default",
    )


def _meant(deviation: Deviation) -> tuple[str, bool]:
    """The word that was meant, "" when there is none, and whether that is certain."""
    words = deviation.expected
    folded = deviation.value.replace("_", "").replace("-", "").lower()
    for word in words:
        if word.replace("_", "").replace("-", "").lower() == folded:
            return word, True
    return similar(deviation.value, words, 0.7), False


def _remedy(deviation: Deviation) -> str:
    words = deviation.expected
    near, _ = _meant(deviation)
    if near:
        return f'write "{near}"'
    listed = ", ".join(f"`{word}`" for word in words[:SHOWN])
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return f"write one of {listed}{more} (botocore {BOTOCORE})"
