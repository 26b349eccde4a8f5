from __future__ import annotations

from fargate_lint.inputs.service import services
from fargate_lint.launch import Spot
from fargate_lint.launch.order import order_of
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task
    from fargate_lint.source.document import Document, Path

#: Seconds between the notice that a Spot task ends and its end.
NOTICE = 120
ENOUGH = 30


class SpotStopTimeout(Rule):
    """The service runs on Fargate Spot, and the containers' time to stop doesn't fit it.

    ## Why it matters
    AWS takes Spot capacity back with two minutes' notice, and what happens seldom to other tasks
    happens all the time to these. A log router with a short `stopTimeout` then loses records again
    and again. On the other side containers that end one after the other, as `dependsOn` makes
    them, may need more than the two minutes together: those at the end of the line are killed,
    and these are the router and the agent.

    The rule needs a description of the service, given with `check --service FILE`: a task
    definition doesn't say what it runs on.

    ## Example
    ```json bad service=shop@FARGATE_SPOT
    {"containerDefinitions": [{"name": "log_router", "stopTimeout": 10}]}
    ```
    ```json fixed service=shop@FARGATE_SPOT
    {"containerDefinitions": [{"name": "log_router", "stopTimeout": 40}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "FGT502"
    name = "spot-stop-timeout"
    severity = "info"
    inputs = ("service",)

    def check_task(self, task: Task) -> None:
        description = self.context.service
        if description is None:
            return
        strategy = next(
            (
                at
                for service in services(description)
                if service.family == task.family
                and (at := _on_spot(description, service.path[:-1])) is not None
            ),
            None,
        )
        if strategy is None:
            return
        related = [(Spot(description, strategy), (), "runs on Fargate Spot")]
        router = task.router
        seconds = router.number("stopTimeout") if router is not None else None
        if router is not None and isinstance(seconds, int) and seconds < ENOUGH:
            self.report(
                router,
                f"`{router.title}` has {seconds} s to deliver the rest each time a Spot task is taken away",
                at=("stopTimeout",),
                related=related,
                help=f"write at least {ENOUGH}: Spot gives {NOTICE} s to the whole task",
            )
        stop = order_of(task).shutdown()
        if stop is not None and stop[1] > NOTICE:
            chain, total = stop
            self.report(
                task,
                f"the containers may take {total} s to stop, but Spot gives {NOTICE} s",
                related=[
                    *related,
                    *((each, ("stopTimeout",), "one after the other") for each in chain),
                ],
                help=f"write shorter stopTimeouts, {NOTICE} s together",
            )


def _on_spot(description: Document, path: Path) -> Path | None:
    """The path of the capacity provider `FARGATE_SPOT` of a service, None without one."""
    value = description.value
    for step in path:
        value = value[step]
    strategy = value.get("capacityProviderStrategy")
    for index, item in enumerate(strategy if isinstance(strategy, list) else ()):
        if isinstance(item, dict) and item.get("capacityProvider") == "FARGATE_SPOT":
            return (*path, "capacityProviderStrategy", index)
    return None
