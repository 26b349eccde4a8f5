from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.network._reach import running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Node, Task
    from fargate_lint.source.document import Path


class PlatformVersionTooOld(Rule):
    """The service asks for a platform version of Fargate that can't do what the task asks for.

    ## Why it matters
    What a task may use depends on the platform version, which stands in the service rather than in
    the task definition. FireLens came with 1.3.0. File systems, larger ephemeral storage, a shared
    process namespace, kernel parameters, environment files, FireLens' buffer limit and tasks of 8
    vCPU and more came with 1.4.0. ECS refuses the service, or starts no task. Services that named
    a version years ago still have it.

    The rule reads the description of the service given with `check --service FILE`.

    ## Example
    ```json bad base=cloudwatch given=service
    {"serviceName": "shop", "taskDefinition": "shop", "platformVersion": "1.2.0"}
    ```
    ```json fixed base=cloudwatch given=service
    {"serviceName": "shop", "taskDefinition": "shop", "platformVersion": "LATEST"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-versions-retired.html
    """

    code = "NET206"
    name = "platform-version-too-old"
    severity = "error"
    places_are_one = True
    inputs = ("service", "services")

    def check_task(self, task: Task) -> None:
        if text_of(task.get("runtimePlatform", "operatingSystemFamily")).startswith("WINDOWS"):
            return
        from fargate_lint.data.network import PLATFORMS  # noqa: PLC0415  (services are rarely given)

        for node in running(task, self.context):
            version = node.get("platformVersion")
            if version not in PLATFORMS:
                continue
            found = [need for need in _needs(task) if need[3] > version]
            # What is only inferred must not speak for what is known.
            found.sort(key=lambda need: need[4])
            if found:
                where, path, what, least, severity = found[0]
                self.report(
                    where,
                    f"{what} needs platform version {least}, but the service asks for {version}",
                    at=path,
                    related=[
                        (
                            Spot(node.lens, (*node.path, "platformVersion")),
                            (),
                            "asked for here",
                        ),
                        *((node, path, f"{what} too") for node, path, what, _, _ in found[1:]),
                    ],
                    help='write "platformVersion": "LATEST" into the service',
                    severity=severity,
                )


def _needs(task: Task) -> Iterator[tuple[Node, Path, str, str, str]]:
    """What a task uses: the node and path, what it is, its first version, and the severity."""
    from fargate_lint.data import network  # noqa: PLC0415  (services are rarely given)
    from fargate_lint.ecs.fargate import cpu_units  # noqa: PLC0415  (the same)

    least = network.ALL_FROM
    units = cpu_units(task.get("cpu"))
    if units is not None and units >= network.LARGE:
        yield task, ("cpu",), f"a task of {units} CPU units", least, ""
    for key, what in (
        ("ephemeralStorage", "ephemeral storage of another size"),
        ("pidMode", "a shared process namespace"),
    ):
        if key in task.value:
            yield task, (key,), what, least, ""
    for index, volume in task.objects("volumes"):
        if "efsVolumeConfiguration" in volume:
            yield task, ("volumes", index), "a file system of Amazon EFS", least, ""
    for container in task.containers:
        for key, what, severity in (
            ("systemControls", "a kernel parameter", ""),
            ("environmentFiles", "an environment file", ""),
            ("volumesFrom", "`volumesFrom`", "warning"),
        ):
            if container.list(key):
                yield container, (key,), what, least, severity
        options: Path = ("logConfiguration", "options", "log-driver-buffer-limit")
        if container.driver == "awsfirelens" and container.get(*options):
            yield container, options, "`log-driver-buffer-limit`", least, ""
    if task.router is not None:
        at: Path = ("firelensConfiguration",)
        yield task.router, at, "FireLens", network.FIRELENS_FROM, ""
