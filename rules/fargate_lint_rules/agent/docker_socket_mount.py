from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.agent._agent import host_volumes, is_socket, means_fargate, watched

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class DockerSocketMount(Rule):
    """The socket of a container runtime is mounted, which Fargate doesn't have.

    ## Why it matters
    On a host of your own the agent reads the Docker socket to learn about the containers beside
    it. On Fargate there is no host to mount from: ECS refuses a volume with a `sourcePath`, and a
    path of that name in a volume without one is an empty file. The agent doesn't need it there,
    since it watches its own task only.

    ## Example
    ```json bad
    {"volumes": [{"name": "docker", "host": {"sourcePath": "/var/run/docker.sock"}}],
     "containerDefinitions": [{"name": "web",
       "mountPoints": [{"sourceVolume": "docker", "containerPath": "/var/run/docker.sock"}]}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "web", "mountPoints": null}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
    """

    code = "AGT106"
    name = "docker-socket-mount"
    severity = "error"
    outranks = ("fargate-unsupported-member",)
    members = (
        "volumes",
        "mountPoints",
    )
    alert_logic = True

    def check_task(self, task: Task) -> None:
        if not watched(task, self.context) or not means_fargate(task):
            return
        mounts = [
            (container, index, mount)
            for container in task.containers
            for index, mount in container.objects("mountPoints")
        ]
        sockets = {name: index for index, name, path in host_volumes(task) if is_socket(path)}
        for name, index in sockets.items():
            users = [(each, at) for each, at, mount in mounts if mount.get("sourceVolume") == name]
            path = task.get("volumes", index, "host", "sourcePath")
            self.report(
                task,
                f"volume `{name}` is `{path}` of the host, and Fargate has no host to mount from",
                at=("volumes", index, "host", "sourcePath"),
                subject=[("volumes", index)],
                related=[
                    (each, ("mountPoints", at), f"mounted by `{each.title}`") for each, at in users
                ],
                help="remove the volume and its mounts; ECS would answer: Fargate compatible task "
                "definitions do not support sourcePath",
            )
        for container, index, mount in mounts:
            path = mount.get("containerPath")
            if is_socket(path) and mount.get("sourceVolume") not in sockets:
                self.report(
                    container,
                    f"`{container.title}` expects a socket at `{path}`, which Fargate doesn't have",
                    at=("mountPoints", index),
                    help="remove the mount: no container runtime can be reached on Fargate",
                )
