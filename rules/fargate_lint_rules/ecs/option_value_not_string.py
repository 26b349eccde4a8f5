from __future__ import annotations

from fargate_lint.ecs.shape import shape_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip, described, quoted, written, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.shape import Deviation
    from fargate_lint.ecs.task import Task


class OptionValueNotString(Rule):
    """An option of a log driver or of FireLens is a number or a boolean, not a string.

    ## Why it matters
    `options` maps strings to strings, also where the value is a port or a switch: `"true"`,
    `"24224"`. The AWS CLI and the SDKs refuse anything else before they send it. In YAML quotes
    are needed too, since `true` and `8080` without them are no strings.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "auto_create_group": true}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "auto_create_group": "true"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html
    """

    code = "ECS204"
    name = "option-value-not-string"
    severity = "error"
    only_if_problems = True
    outranks = ("firelens-config-file-options", "wrong-type")
    places_are_one = True
    fixable = "safe"
    members = ("options",)

    def check_task(self, task: Task) -> None:
        shape = shape_of(task)
        groups: dict[object, list[Deviation]] = {}
        for each in shape.of_kind("type"):
            if len(each.path) == 5 and each.path[3] == "options":
                groups.setdefault(each.path[:4], []).append(each)
        for found in groups.values():
            self._report(task, found)

    def _report(self, task: Task, found: list[Deviation]) -> None:
        first = found[0]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        remedy = (
            f'write "{clip(first.name)}": {written(first.value)}'
            if not isinstance(first.value, (dict, list))
            else "write a string"
        )
        self.report(
            task,
            f"option `{clip(first.name)}` is {described(first.value, first.name)}, not a string{more}",
            at=first.path,
            related=[(task, each.path, "no string either") for each in found[1:]],
            help=f"{remedy}; {wrong_type(first)}",
            fix=quoted(task, found),
        )
