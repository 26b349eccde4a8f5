from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._options import PATH, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path

GROUP, REGION, PREFIX = "awslogs-group", "awslogs-region", "awslogs-stream-prefix"
ANSWERS = {
    GROUP: "Log driver awslogs requires options: awslogs-group",
    REGION: "Log driver awslogs requires options: awslogs-region",
    PREFIX: "Fargate requires log configuration options to include awslogs-stream-prefix to "
    "support log driver awslogs.",
}


class AwslogsGroupMissing(Rule):
    """The `awslogs` driver is without an option that it needs: group, region, or stream prefix.

    ## Why it matters
    `awslogs-group` and `awslogs-region` say where logs go. `awslogs-stream-prefix` is needed on
    Fargate, where the name of a stream is made of it, the container and the task; on EC2 it is only
    advice. ECS refuses a definition without them.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "options": {"awslogs-group": null}}}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "options": {"awslogs-stream-prefix": null}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-group": "/shop/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    """

    code = "ECS303"
    name = "awslogs-group-missing"
    severity = "error"
    outranks = ("awslogs-option-unknown",)
    aliases = ("awslogs-region-missing", "awslogs-stream-prefix-missing")
    members = ("logDriver",)

    def check_container(self, container: Container) -> None:
        if container.driver != "awslogs":
            return
        options = container.options
        if GROUP in options and REGION in options and PREFIX in options:
            return
        given = names(container)
        if given is None:
            return
        fargate = container.task.fargate
        missing = [
            name
            for name in (GROUP, REGION, PREFIX)
            if name not in given and (name != PREFIX or fargate is True)
        ]
        if missing:
            self._report(container, missing, given)

    def _report(self, container: Container, missing: list[str], given: set[str]) -> None:
        near = {name.lower().replace("_", "-"): name for name in given}
        first = missing[0]
        wrong = near.get(first)
        listed = " and ".join(f"`{name}`" for name in missing)
        self.report(
            container,
            f"`{wrong}` has to be written `{first}`"
            if wrong
            else f"`{container.title}` logs with `awslogs`, but without {listed}",
            at=(*PATH, wrong) if wrong else PATH if container.options else PATH[:1],
            key=True,
            subject=_subject(container, missing, near),
            help="; ".join(
                [
                    f'write "{first}"'
                    if wrong
                    else "add " + ", ".join(f'"{name}"' for name in missing),
                    f"ECS would answer: {ANSWERS[first]}",
                ]
            ),
            # On EC2 Docker takes the region of the host where none is given.
            severity="warning"
            if missing == [REGION] and container.task.fargate is not True
            else "",
        )


def _subject(container: Container, missing: list[str], near: dict[str, str]) -> Iterator[Path]:
    """The options that are missing, and those that are written in another way."""
    around = (*container.path, PATH[0])
    for name in missing:
        yield (*around, name)
        yield (*around, PATH[1], name)
        if name in near:
            yield (*around, PATH[1], near[name])
