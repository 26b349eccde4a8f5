from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._ports import shares_network
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


class SystemControlsConflict(Rule):
    """Two containers set the same kernel parameter of the task to different values.

    ## Why it matters
    Parameters that begin with `net.` belong to the network namespace, and in `awsvpc` mode all
    containers of a task share one. Whichever container starts last decides for all of them, which
    may be another one each time. The same goes for the parameters of interprocess communication when
    the task shares these (`"ipcMode": "task"`).

    ## Example
    ```json bad
    {"containerDefinitions": [
      {"name": "web", "systemControls": [{"namespace": "net.core.somaxconn", "value": "4096"}]},
      {"name": "al-agent", "systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [
      {"name": "web", "systemControls": [{"namespace": "net.core.somaxconn", "value": "4096"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html
    """

    code = "ECS531"
    name = "system-controls-conflict"
    severity = "warning"
    members = ("systemControls",)

    def check_task(self, task: Task) -> None:
        first: dict[str, tuple[Container, int, str]] = {}
        seen: set[tuple[str, str]] = set()
        for container in task.containers:
            if "systemControls" not in container.value:
                continue
            for index, item in container.objects("systemControls"):
                name = item.get("namespace")
                value = container.text("systemControls", index, "value")
                if not isinstance(name, str) or not isinstance(value, str):
                    continue
                if name not in first:
                    first[name] = (container, index, value)
                elif (
                    first[name][2] != value
                    and (name, value) not in seen
                    and _is_shared(task, name, container, first[name][0])
                ):
                    seen.add((name, value))
                    self._report(container, index, value, name, first[name])

    def _report(
        self,
        container: Container,
        index: int,
        value: str,
        name: str,
        first: tuple[Container, int, str],
    ) -> None:
        other, other_index, other_value = first
        self.report(
            container,
            f"`{clip(name)}` is {clip(value)} here and {clip(other_value)} in `{other.title}`: the last to "
            "start wins",
            at=("systemControls", index, "value"),
            related=[(other, ("systemControls", other_index, "value"), "the other value")],
            help="set it in one container only",
            data=(name,),
        )


def _is_shared(task: Task, name: str, one: Container, other: Container) -> bool:
    if one is other:
        return True
    if name.startswith("net."):
        return shares_network(task)
    return bool(task.get("ipcMode") == "task")
