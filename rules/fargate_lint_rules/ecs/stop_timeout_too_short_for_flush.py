from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.launch.order import order_of, stop_timeout
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch

#: Seconds that Fluent Bit takes to deliver what it has, unless `Grace` says otherwise.
GRACE = 5
#: What ECS takes at least.
LEAST = 2


class StopTimeoutTooShortForFlush(Rule):
    """The log router is killed before it has delivered what it holds.

    ## Why it matters
    When it is told to end, Fluent Bit stops listening and takes `Grace` seconds (5 by default) to
    deliver what is in its buffers. `stopTimeout` is when ECS kills it. If that isn't longer than
    `Grace`, the last records are lost whenever a destination is slow, which is when they matter.
    The same goes for a router that has less time than an application which nothing orders before
    it: it is gone while the application still writes.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "stopTimeout": 5}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "stopTimeout": 30}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS418"
    name = "stop-timeout-too-short-for-flush"
    severity = "info"
    members = ("stopTimeout",)

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.fluentd:
            return
        own = stop_timeout(router)
        if own is None:
            return
        if "stopTimeout" in router.value:
            grace = _grace(launch)
            if grace is not None and own <= grace:
                self.report(
                    router,
                    f"`{router.title}` is killed after {own} s, but takes up to {grace} s to deliver the rest",
                    at=("stopTimeout",),
                    help=f'write more than {grace}: "stopTimeout": {max(30, 2 * grace)}',
                )
                return
        if not any("stopTimeout" in each.value for each in launch.task.containers):
            return
        for container in order_of(launch.task).unordered():
            other = stop_timeout(container)
            if other is not None and other > own:
                self.report(
                    container,
                    f"`{container.title}` has {other} s to end, but its log router `{router.title}` {own} s",
                    at=("stopTimeout",),
                    related=[(router, ("stopTimeout",), "nothing makes it end later")],
                    help=f"let `{container.title}` wait for `{router.title}` with `dependsOn`, so that it "
                    "ends first",
                )
                return


def _grace(launch: Launch) -> int | None:
    """Fluent Bit's `Grace` in seconds; None when it can't be known."""
    pipeline = launch.pipeline
    if pipeline is None:
        return None
    for section in reversed(pipeline.service):
        entry = section.last("Grace")
        if entry is not None:
            return values.integer(entry.value) if isinstance(entry.value, str) else None
    return GRACE if pipeline.complete else None
