from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._limits import is_skeleton, outside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

#: Member → range. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
RANGES = {
    "interval": (5, 300),
    "timeout": (2, 60),
    "retries": (1, 10),
    "startPeriod": (0, 300),
}
DEFAULT_INTERVAL = 30
DEFAULT_TIMEOUT = 5


class HealthcheckRanges(Rule):
    """A number of a health check is outside of what ECS takes.

    ## Why it matters
    `interval` is 5 to 300 seconds, `timeout` 2 to 60 seconds, `retries` 1 to 10, `startPeriod` 0 to
    300 seconds; ECS refuses anything else. A container that takes longer than five minutes to get
    ready needs more `retries` or a longer `interval`.

    When `timeout` is longer than `interval` that is only a remark: checks don't overlap, so a hanging
    one delays the next, and a failure is noticed later than the interval promises.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "healthCheck": {
      "command": ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"], "interval": 600}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "healthCheck": {
      "command": ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"], "interval": 300}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
    """

    code = "ECS502"
    name = "healthcheck-ranges"
    severity = "error"
    members = ("healthCheck",)

    def check_container(self, container: Container) -> None:
        if "healthCheck" not in container.value or is_skeleton(container):
            return
        wrong = False
        for key, (low, high) in RANGES.items():
            number = outside(container, "healthCheck", key, low, high)
            if number is None:
                continue
            wrong = True
            bound = high if number > high else low
            answer = ""
            if number > high and key != "startPeriod":
                answer = (
                    f"; ECS would answer: Health check {key} must be less than or equal to the maximum "
                    f"allowed value {high} for container '{container.name}'"
                )
            self.report(
                container,
                f"`{key}` of the health check is {number}, but ECS takes {low} to {high}",
                at=("healthCheck", key),
                help=f'write "{key}": {bound}{answer}',
            )
        if not wrong:
            self._compare(container)

    def _compare(self, container: Container) -> None:
        interval = container.number("healthCheck", "interval")
        timeout = container.number("healthCheck", "timeout")
        written = interval is not None and timeout is not None
        if interval is None:
            interval = DEFAULT_INTERVAL
        if timeout is None:
            timeout = DEFAULT_TIMEOUT
        if isinstance(interval, int) and isinstance(timeout, int) and timeout > interval - written:
            self.report(
                container,
                f"a check may take {timeout} s, but there is to be one every {interval} s",
                at=("healthCheck", "timeout"),
                related=[(container, ("healthCheck", "interval"), "the interval")],
                help="write a `timeout` that is shorter than `interval`",
                severity="info",
            )
