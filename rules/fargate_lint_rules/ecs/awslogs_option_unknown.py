from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._options import PATH, known, names
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: The options that ECS takes for the driver, as of 2026-11-23.
OPTIONS = frozenset({
    "awslogs-create-group", "awslogs-datetime-format", "awslogs-group",
    "awslogs-multiline-pattern", "awslogs-region", "awslogs-stream-prefix", "max-buffer-size",
    "mode",
})  # fmt: skip
CREATE = "awslogs-create-group"
SIZE = "max-buffer-size"
MODES = frozenset({"blocking", "non-blocking"})


class AwslogsOptionUnknown(Rule):
    """An option of the `awslogs` driver is not among those that ECS takes, or has no such value.

    ## Why it matters
    ECS has its own list of the driver's options, which is shorter than Docker's: it has neither
    `awslogs-stream` nor `awslogs-endpoint` nor `tag`, and nothing that sets how long logs are kept.
    ECS refuses what it doesn't know with `Log driver awslogs disallows options`. The list has grown
    over the years, so that an option of tomorrow may be named here as well.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "awslogs-endpoint": "https://logs.us-east-1.amazonaws.com"}}}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "mode": "nonblocking"}}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "mode": "non-blocking", "max-buffer-size": "25m"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    - https://github.com/aws-samples/amazon-ecs-firelens-examples/issues/83
    - https://github.com/aws/amazon-ecs-agent/issues/872
    - https://github.com/terraform-linters/tflint-ruleset-aws/issues/348
    """

    code = "ECS321"
    name = "awslogs-option-unknown"
    severity = "warning"
    members = ("options",)

    def check_container(self, container: Container) -> None:
        if container.driver != "awslogs":
            return
        options = container.options
        if options.keys() <= OPTIONS:
            if options.keys() & {CREATE, "mode", SIZE}:
                self._check_values(container)
        elif (given := names(container)) is not None:
            for key in options:
                if key not in OPTIONS:
                    self._report_option(container, key, given)

    def _report_option(self, container: Container, key: str, given: set[str]) -> None:
        same = key.lower().replace("_", "-")
        if same in OPTIONS and same not in given:
            message, remedy = f"`{clip(key)}` has to be written `{same}`", f'write "{same}"'
        else:
            message = f"ECS has no option `{clip(key)}` for the log driver `awslogs`"
            remedy = "remove it"
        self.report(
            container,
            message,
            at=(*PATH, key),
            key=True,
            help=f"{remedy}; ECS would answer: Log driver awslogs disallows options: {clip(key)}",
        )

    def _check_values(self, container: Container) -> None:
        mode = known(container, "mode")
        if mode and mode not in MODES:
            self.report(
                container,
                f"`{clip(mode)}` is no mode of delivery",
                at=(*PATH, "mode"),
                help='write "non-blocking" or "blocking"',
            )
        size = known(container, SIZE)
        if size and not _is_size(size):
            self.report(
                container,
                f"`{clip(size)}` is no size of a buffer",
                at=(*PATH, SIZE),
                help='write a number with `k`, `m` or `g`, as in "25m"',
            )
        if known(container, CREATE) == "false":
            self.report(
                container,
                f"`{CREATE}` is for `true` only: without it no group is created",
                at=(*PATH, CREATE),
                help=f"remove it; ECS would answer: Log driver awslogs option '{CREATE}' should only "
                "be set to 'true', else omit option.",
                severity="info",
            )


def _is_size(text: str) -> bool:
    """Whether Docker reads a number of bytes here, as `25m`, `25 MB` or `26214400`."""
    number = text.lower().removesuffix("b").removesuffix("i")
    number = number[:-1] if number[-1:] in {"k", "m", "g", "t", "p"} else number
    whole, _, fraction = number.removesuffix(" ").partition(".")
    return whole.isdecimal() and (not fraction or fraction.isdecimal())
