from __future__ import annotations

from fargate_lint.ecs.shape import shape_of
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import SKELETON
from fargate_lint_rules.ecs._shape import clip, is_excerpt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class TagsEmpty(Rule):
    """`tags` is an empty list, or a tag in it is one that ECS refuses.

    ## Why it matters
    `tags` may be absent, but not empty: ECS answers `Tags can not be empty.` The console shows
    `"tags": []` in the JSON of a definition, from where it is copied; some deployment tools leave
    it out when they register, so the empty list is a warning. Keys have 1 to 128 letters and don't
    begin with `aws:`, in any case; values have at most 256; there are 50 tags at most.

    ## Example
    ```json bad base=plain
    {"tags": []}
    ```
    ```json bad base=plain
    {"tags": [{"key": "aws:team", "value": "shop"}]}
    ```
    ```json fixed base=plain
    {"tags": [{"key": "team", "value": "shop"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
    """

    code = "ECS210"
    name = "tags-empty"
    severity = "error"
    fixable = "safe"
    outranks = ("value-not-allowed",)
    members = ("tags",)

    def check_task(self, task: Task) -> None:
        tags = task.value.get("tags")
        if not isinstance(tags, list) or is_excerpt(task):
            return
        if not tags and not task.definition.wrapper and not shape_of(task).of_kind("read-only"):
            self.report(
                task,
                "`tags` is an empty list",
                at=("tags",),
                key=True,
                help="remove it; ECS would answer: Tags can not be empty.",
                fix=Fix("remove `tags`").remove(task, ("tags",)),
                severity="warning",
            )
        first: dict[str, int] = {}
        for index, tag in task.objects("tags"):
            key = tag.get("key")
            if (
                isinstance(key, str)
                and key not in SKELETON
                and first.setdefault(key, index) != index
            ):
                self.report(
                    task,
                    f"two tags have the key `{clip(key)}`, and a resource has one value for each",
                    at=("tags", index, "key"),
                    related=[(task, ("tags", first[key], "key"), "the first one")],
                    help="remove one of them",
                    severity="warning",
                )
            if isinstance(key, str) and key[:4].lower() == "aws:":
                self.report(
                    task,
                    f"the key `{clip(key)}` begins with `aws:`, which is reserved",
                    at=("tags", index, "key"),
                    help=f'write "{clip(key[4:]) or "team"}", without the prefix',
                )
        shape = shape_of(task)
        for each in shape.of_kind("range") if shape.deviations else ():
            if each.path[0] == "tags":
                low, high = each.expected
                what = "entries" if len(each.path) == 1 else "letters"
                self.report(
                    task,
                    f"`{each.name}` has {len(each.value)} {what}, and ECS takes {low} to {high}",
                    at=each.path,
                    help=f"write {low} to {high} {what}",
                )
