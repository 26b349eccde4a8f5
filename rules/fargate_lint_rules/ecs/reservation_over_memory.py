from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class ReservationOverMemory(Rule):
    """A container is promised more memory than it may use.

    ## Why it matters
    `memoryReservation` is what a container is promised, `memory` what it is held to; the latter is
    the larger of the two, or both are the same. ECS refuses the reverse. Often the two are simply
    interchanged.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "memory": 128, "memoryReservation": 256}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "memory": 256, "memoryReservation": 128}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS523"
    name = "reservation-over-memory"
    severity = "error"
    members = ("memoryReservation",)

    def check_container(self, container: Container) -> None:
        if "memoryReservation" not in container.value:
            return
        soft, hard = container.number("memoryReservation"), container.number("memory")
        if isinstance(soft, int) and isinstance(hard, int) and 0 < hard < soft:
            self.report(
                container,
                f"`{container.title}` reserves {soft} MiB, but may use no more than {hard} MiB",
                at=("memoryReservation",),
                related=[(container, ("memory",), "the limit")],
                help=f'write "memory": {soft}, "memoryReservation": {hard}; ECS would answer: Invalid setting '
                f"for container '{container.name}'. 'memory' must be greater than or equal to "
                "'memoryReservation'",
            )
