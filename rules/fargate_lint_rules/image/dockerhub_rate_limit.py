from __future__ import annotations

from fargate_lint.data.images import DOCKER_HUB, SOURCES
from fargate_lint.ecs.image import Image
from fargate_lint.launch.images import kind_of
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


class DockerhubRateLimit(Rule):
    """A sidecar's image comes from Docker Hub, which limits how often it may be pulled.

    ## Why it matters
    Every task pulls every image: Fargate keeps none. Docker Hub lets an address pull 100 times in
    six hours without an account, and all tasks behind a NAT gateway share its address. Above that
    a task stops with `CannotPullContainerError: ... toomanyrequests`, most likely in the hour when
    a service scales out or replaces its tasks. `cr.fluentbit.io` is Docker Hub under another name.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "al-agent",
      "image": "alertlogic/al-agent-container:latest"}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "al-agent",
      "image": "public.ecr.aws/alertlogic/al-agent-container:latest"}]}
    ```

    ## When not to
    The task logs in with the account of a paid subscription (`repositoryCredentials`, which this
    rule sees), or there are only ever a few tasks.

    ## References
    - https://docs.docker.com/docker-hub/usage/
    - https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "IMG105"
    name = "dockerhub-rate-limit"
    fixable = "unsafe"

    def check_task(self, task: Task) -> None:
        roles = sidecars(task)
        for container in (roles.agent, roles.router):
            if container is not None:
                self._check(container)

    def _check(self, container: Container) -> None:
        reference = container.get("image")
        if not isinstance(reference, str) or not reference or "/" not in reference:
            return
        image = Image.of(reference)
        if image.registry not in DOCKER_HUB:
            return
        if container.get("repositoryCredentials") is not None:
            return
        source = SOURCES.get(kind_of(image, container.task.tables))
        pinned = f":{image.tag}" if image.tag else ""
        self.report(
            container,
            f"`{container.name}` is pulled from Docker Hub, which limits how often that may be",
            at=("image",),
            help=f'write "{source}{pinned}"'
            if source
            else "copy it to a registry of yours, or pull it through a cache in Amazon ECR",
            fix=Fix(f"write `{source}{pinned}`", safe=False).set(
                container, ("image",), f"{source}{pinned}"
            )
            if source and not image.digest
            else None,
        )
