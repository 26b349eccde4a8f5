from __future__ import annotations

from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._agent import means_fargate, recipe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container, Node, Task
    from fargate_lint.source.document import Path


class Ec2RecipeOnFargate(Rule):
    """The agent is set up as on EC2, privileged or with folders of the host, which Fargate refuses.

    ## Why it matters
    On EC2 one agent watches a whole host: it is privileged, shares the host's network and mounts
    the Docker socket and `/proc`. Fargate gives no access to a host, and ECS refuses such a
    definition (`Fargate requires that the 'privileged' setting be 'false'`, `Fargate compatible
    task definitions do not support sourcePath`). There the agent is a plain sidecar of each task:
    it sees the task's network because containers of a task share it, and needs no right at all.

    ## Example
    ```json bad
    {"volumes": [{"name": "proc", "host": {"sourcePath": "/proc"}}],
     "containerDefinitions": [{"name": "al-agent", "privileged": true,
       "mountPoints": [{"sourceVolume": "proc", "containerPath": "/host/proc", "readOnly": true}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent",
      "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://github.com/alertlogic/al-agent-container/tree/master/ecs
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "AGT105"
    name = "ec2-recipe-on-fargate"
    severity = "error"
    outranks = ("docker-socket-mount", "fargate-network-mode", "fargate-unsupported-member")
    places_are_one = True
    alert_logic = True

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        if agent is None or not means_fargate(task):
            return
        found = recipe(task, agent)
        # A socket alone is what other agents have too.
        if not any(node is agent for node, *_ in found) or all(socket for *_, socket in found):
            return
        node, path, what, _ = found[0]
        self.report(
            node,
            f"`{agent.title}` is set up as on EC2: Fargate refuses {what}"
            if what.startswith("`")
            else f"`{agent.title}` is set up as on EC2: it {what}",
            at=path,
            related=[(other, at, text) for other, at, text, _ in found[1:]],
            subject=_subject(task, agent, found),
            help="remove all of it, the volumes too: on Fargate the agent is a plain sidecar",
        )


def _subject(
    task: Task, agent: Container, found: list[tuple[Node, Path, str, bool]]
) -> Iterator[Path]:
    """The parts of the recipe, without the volumes that others have mounted too."""
    shared = {
        mount.get("sourceVolume")
        for container in task.containers
        if container is not agent
        for _, mount in container.objects("mountPoints")
    }
    for node, path, *_ in found:
        if path[0] != "volumes" or task.get(*path, "name") not in shared:
            yield (*node.path, *path)
