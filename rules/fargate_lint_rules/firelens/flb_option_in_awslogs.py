from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import firelens_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path


DRIVER_OPTIONS = {
    "auto_create_group": "awslogs-create-group",
    "log_group_name": "awslogs-group",
    "log_stream_name": "awslogs-stream",
    "log_stream_prefix": "awslogs-stream-prefix",
    "region": "awslogs-region",
}
#: Options that the driver needs.
NEEDED = ("awslogs-group", "awslogs-region", "awslogs-stream-prefix")
#: Options of Fluent Bit that the driver has nothing like.
ONLY_FLUENT_BIT = frozenset({
    "auto_create_stream", "delivery_stream", "log_format", "log_group_template", "log_key",
    "log_retention_days", "log_stream_template", "match", "name", "retry_limit", "stream",
})  # fmt: skip


class FlbOptionInAwslogs(Rule):
    """Options of Fluent Bit's CloudWatch plug-ins are given to the `awslogs` driver.

    ## Why it matters
    The driver knows its own options only, nearly all of which begin with `awslogs-`. ECS refuses a
    definition with any other one: `Log driver awslogs disallows options: log_group_name`.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-group": null, "log_group_name": "/shop/web"}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-group": "/shop/web"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
    - https://github.com/aws-samples/amazon-ecs-firelens-examples/issues/83
    """

    code = "FLN204"
    name = "flb-option-in-awslogs"
    severity = "error"
    outranks = ("app-not-awsfirelens", "awslogs-group-missing", "awslogs-option-unknown")
    places_are_one = True

    def check_container(self, container: Container) -> None:
        if container.driver != "awslogs":
            return
        left = [key for key in container.options if is_of_fluent_bit(key)]
        if not left:
            return
        names = [DRIVER_OPTIONS.get(key.lower(), "") for key in left]
        if meant_for_firelens(container):
            remedy = 'write "logDriver": "awsfirelens"'
        elif any(names):
            listed = ", ".join(f"`{name}`" for name in names if name)
            remedy = f"write {listed}, or set the log driver to `awsfirelens`"
        else:
            remedy = "remove it, or set the log driver to `awsfirelens`"
        self.report(
            container,
            f"`{left[0]}` is an option of Fluent Bit, but the log driver is `awslogs`"
            if len(left) == 1
            else f"{len(left)} options of Fluent Bit, but the log driver is `awslogs`",
            at=("logConfiguration", "options", left[0]),
            key=True,
            related=[
                (container, ("logConfiguration", "options", key), "and this one")
                for key in left[1:]
            ],
            subject=_subject(container, left),
            help=f"{remedy}; ECS would answer: Log driver awslogs disallows options: {left[0]}",
        )


def _subject(container: Container, left: list[str]) -> Iterator[Path]:
    """The options, and those of the driver that are missing because of them."""
    around = (*container.path, "logConfiguration")
    for key in left:
        yield (*around, "options", key)
        if key.lower() in DRIVER_OPTIONS:
            yield (*around, DRIVER_OPTIONS[key.lower()])
    if not any(key.startswith("awslogs") for key in container.options):
        yield from ((*around, name) for name in NEEDED)
    if meant_for_firelens(container):
        yield firelens_of(container)


def is_of_fluent_bit(key: str) -> bool:
    """Whether Fluent Bit's plug-ins have an option of this name, and the driver has none."""
    lower = key.lower()
    return lower in DRIVER_OPTIONS or lower in ONLY_FLUENT_BIT


def meant_for_firelens(container: Container) -> bool:
    """Whether `awsfirelens` was meant: it is misspelled, or all options are Fluent Bit's."""
    driver = container.driver
    if isinstance(driver, str) and driver != "awsfirelens" and "firelens" in driver.lower():
        return True
    return (
        driver == "awslogs"
        and container.task.router is not None
        and any(is_of_fluent_bit(key) for key in container.options)
        and not any(key.startswith("awslogs-") for key in container.options)
    )
