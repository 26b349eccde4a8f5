from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

MOST = 10


class EnvironmentFilesMax(Rule):
    """A container has more than ten environment files.

    ## Why it matters
    ECS takes ten at most for each container, and refuses the definition otherwise. Files are read
    in their order, the first value of a name wins, and `environment` wins over all of them: several
    files can often be one.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "environmentFiles": [
      {"type": "s3", "value": "arn:aws:s3:::s/1.env"}, {"type": "s3", "value": "arn:aws:s3:::s/2.env"},
      {"type": "s3", "value": "arn:aws:s3:::s/3.env"}, {"type": "s3", "value": "arn:aws:s3:::s/4.env"},
      {"type": "s3", "value": "arn:aws:s3:::s/5.env"}, {"type": "s3", "value": "arn:aws:s3:::s/6.env"},
      {"type": "s3", "value": "arn:aws:s3:::s/7.env"}, {"type": "s3", "value": "arn:aws:s3:::s/8.env"},
      {"type": "s3", "value": "arn:aws:s3:::s/9.env"}, {"type": "s3", "value": "arn:aws:s3:::s/a.env"},
      {"type": "s3", "value": "arn:aws:s3:::s/b.env"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "environmentFiles": [
      {"type": "s3", "value": "arn:aws:s3:::s/all.env"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
    """

    code = "ECS310"
    name = "environment-files-max"
    severity = "error"
    members = ("environmentFiles",)

    def check_container(self, container: Container) -> None:
        if "environmentFiles" not in container.value:
            return
        files = [
            item
            for item in container.list("environmentFiles")
            if item is not None and not isinstance(item, Unknown)
        ]
        if len(files) > MOST:
            self.report(
                container,
                f"`{container.title}` has {len(files)} environment files, and ECS takes {MOST}",
                at=("environmentFiles",),
                key=True,
                help="put several of them into one; ECS would answer: The maximum number of "
                "environment files was exceeded. Specify ten or less and try again.",
            )
