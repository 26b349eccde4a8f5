from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import member_of
from fargate_lint_rules.ecs._shape import is_excerpt, is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class NameOrImageMissing(Rule):
    """A container has no name or no image.

    ## Why it matters
    The API's model calls both optional, so the AWS CLI lets the definition pass; ECS refuses it.
    An image of `""` is only a warning: some pipelines write the image in when they deploy. Nothing
    is said of a definition without a `family`, which is taken for an excerpt.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web"}, {"name": "jobs", "command": ["work"]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web"}, {"name": "jobs", "command": ["work"],
      "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/jobs:1.0.3"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS208"
    name = "name-or-image-missing"
    severity = "error"

    def check_container(self, container: Container) -> None:
        value = container.value
        for key in ("name", "image"):
            if not value.get(key) and not container.open and not is_excerpt(container.task):
                self._report(container, key)

    def _report(self, container: Container, key: str) -> None:
        value = container.value.get(key)
        if value not in (None, "") or is_partial(container):
            return
        absent = value is None
        self.report(
            container,
            f"`{container.title}` has no `{key}`"
            if absent
            else f"the `{key}` of `{container.title}` is empty",
            at=() if absent else (key,),
            subject=[(*container.path, key), member_of(key)],
            help=f'add "{key}"; ECS would answer: Container.{key} should not be null or empty.',
            severity="" if absent or key == "name" else "warning",
        )
