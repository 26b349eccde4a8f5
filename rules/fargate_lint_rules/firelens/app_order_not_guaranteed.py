from __future__ import annotations

from fargate_lint.launch.order import order_of
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.firelens._order import followers, leaders, waits_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch


#: Members that give a container a dependency, written or derived by ECS.
REASONS = ("dependsOn", "volumesFrom", "links")


def _listed(containers: list[Container]) -> str:
    names = [f"`{container.title}`" for container in containers]
    return ", ".join(names[:-1]) + " and " + names[-1]


class AppOrderNotGuaranteed(Rule):
    """Applications may start before the log router and stop after it, because the router has a
    `dependsOn` or `volumesFrom` of its own.

    ## Why it matters
    Normally ECS sees to the order by itself: each container that logs to `awsfirelens` gets a
    hidden dependency on the log router, with the condition `START`. It does so only while the
    router depends on nothing. As soon as the router has a `dependsOn`, or takes volumes with
    `volumesFrom`, ECS adds the hidden dependency to none of the containers, so as not to make a
    circle by accident.

    That is the case with the vendor's own example, whose `log_router` waits for `al-agent`. Then
    an application may start while FireLens' socket has no listener, and what it writes in its
    first seconds waits in a small buffer or is lost. Worse is the end: ECS stops containers in the
    reverse order of their dependencies. Without one the router may be stopped first, and the last
    lines of the applications, those about the shutdown or the crash, are never delivered. None of
    it shows up in tests, because it depends on which container is faster.

    This can be read in the source of the ECS agent for EC2. The one for Fargate is not published, and
    AWS's documentation says no more than that an order of your own takes the place of the default.

    One entry in each application restores the order at both ends. It may also wait through another
    container that itself waits for the router.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "web", "dependsOn": null}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "web",
      "dependsOn": [{"containerName": "log_router", "condition": "START"}]}]}
    ```

    ## When not to
    When an application must not wait for anything and its first and last lines don't matter.

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "FLN105"
    name = "app-order-not-guaranteed"
    severity = "warning"
    places_are_one = True

    def check_launch(self, launch: Launch) -> None:
        task = launch.task
        router = task.router
        if router is None or not router.name:
            return
        reasons = [key for key in REASONS if router.list(key)]
        if not reasons:
            return
        free = [
            container
            for container in task.containers
            if container.driver == "awsfirelens"
            and container is not router
            and not waits_for(container, router.name)
        ]
        if free:
            # What the router itself waits for can't wait for the router.
            ordered = followers(task, router.name) | leaders(router)
            free = [container for container in free if container.title not in ordered]
        # Who names a container that isn't there may have meant the router.
        lost = [waiter for waiter, _, _ in order_of(task).missing if waiter in free]
        plain = [container for container in free if container not in lost]
        for containers in (plain, *([container] for container in lost)):
            if containers:
                self._report(router, reasons, containers)

    def _report(self, router: Container, reasons: list[str], free: list[Container]) -> None:
        first = free[0]
        there = any(container.get("dependsOn") is not None for container in free)
        entry = f'{{"containerName": "{router.name}", "condition": "START"}}'
        names = (
            f"`{first.title}`" if len(free) == 1 else f"`{first.title}` and {len(free) - 1} more"
        )
        whom = f"`{first.title}`" if len(free) == 1 else "each of " + _listed(free)
        self.report(
            first,
            f"{names} may start before `{router.title}` and outlive it: ECS sets no order, as the router "
            "has its own",
            related=[
                *((other, (), "has no order either") for other in free[1:]),
                *(
                    (router, (key,), "because of this ECS lets no application wait for the router")
                    for key in reasons
                ),
            ],
            subject=[(*container.path, "dependsOn") for container in free],
            help=f"add {entry} to the `dependsOn` of {whom}"
            if there
            else f'add "dependsOn": [{entry}] to {whom}',
        )
