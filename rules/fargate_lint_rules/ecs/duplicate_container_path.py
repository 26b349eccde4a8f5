from __future__ import annotations

from posixpath import normpath

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip
from fargate_lint_rules.ecs._volumes import mounts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path

#: What FireLens mounts into the log router, for Fluent Bit and for Fluentd.
FIRELENS = {
    "/var/run": "the socket",
    "/fluent-bit/etc/fluent-bit.conf": "the configuration",
    "/fluentd/etc/fluent.conf": "the configuration",
}
#: Mounting here leaves FireLens' own file in place, and hides what else the image has.
HIDES = {"/fluent-bit/etc": "its parsers", "/fluentd/etc": "its files"}


class DuplicateContainerPath(Rule):
    """Two mounts of a container are at the same path, or one is where FireLens mounts its own.

    ## Why it matters
    A path can hold one mount only: the container doesn't start with two (`Duplicate mount point`).
    FireLens mounts its socket at `/var/run` of the log router and the configuration that it wrote
    at `/fluent-bit/etc/fluent-bit.conf`. A volume at `/fluent-bit/etc` hides the parsers of the
    image, which is a warning.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "a"}, {"name": "b"}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "a", "containerPath": "/data"}, {"sourceVolume": "b", "containerPath": "/data/"}]}]}
    ```
    ```json fixed base=plain
    {"volumes": [{"name": "a"}, {"name": "b"}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "a", "containerPath": "/data"}, {"sourceVolume": "b", "containerPath": "/cache"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html
    - https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/firelens/firelens_unix.go
    """

    code = "ECS313"
    name = "duplicate-container-path"
    severity = "error"
    members = ("mountPoints",)

    def check_container(self, container: Container) -> None:
        if not container.value.get("mountPoints"):
            return
        seen: dict[str, Path] = {}
        router = isinstance(container.get("firelensConfiguration"), dict)
        for index, mount in mounts(container):
            path = mount.get("containerPath")
            if not isinstance(path, str) or not path:
                continue
            at = ("mountPoints", index, "containerPath")
            plain = normpath(path)
            if plain in seen:
                self.report(
                    container,
                    f"`{container.title}` has two mounts at `{clip(plain)}`",
                    at=at,
                    related=[(container, seen[plain], "the first one")],
                    help="mount one of them elsewhere",
                    data=(container.written_name, plain),
                )
            elif router:
                self._check_router(container, plain, at)
            seen[plain] = at

    def _check_router(self, container: Container, path: str, at: Path) -> None:
        related = [(container, ("firelensConfiguration",), "what makes it the log router")]
        if path in FIRELENS:
            self.report(
                container,
                f"`{path}` of the log router is where FireLens mounts {FIRELENS[path]}",
                at=at,
                related=related,
                help="mount the volume elsewhere",
            )
        elif path in HIDES:
            self.report(
                container,
                f"a volume at `{path}` hides {HIDES[path]} from the log router",
                at=at,
                related=related,
                help=f"mount it at a folder of its own, such as {path}/extra",
                severity="warning",
            )
