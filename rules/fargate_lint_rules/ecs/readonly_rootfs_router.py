from __future__ import annotations

import posixpath

from fargate_lint.launch.launcher import LAUNCHER
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch, Spot

#: Where the `s3` output keeps what it uploads later, unless `store_dir` says otherwise.
STORE_DIR = "/tmp/fluent-bit/s3"  # noqa: S108  (Fluent Bit's own default)
#: Where FireLens mounts its socket.
SOCKET = "/var/run"


class ReadonlyRootfsRouter(Rule):
    """The log router has a read-only file system, but Fluent Bit is to write to it.

    ## Why it matters
    With `readonlyRootFilesystem` only mounted volumes can be written. The `s3` output keeps what it
    is going to upload in files (`store_dir`, below /tmp by default), and `storage.path` is where
    Fluent Bit buffers on disk. Neither can be made on a read-only file system: the output fails,
    or Fluent Bit doesn't start.

    ## Example
    ```json bad
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task", "containerDefinitions": [
      {"name": "web", "logConfiguration": {"options": {"Name": "s3", "bucket": "shop-logs",
        "region": "us-east-1", "total_file_size": "50M"}}},
      {"name": "log_router", "readonlyRootFilesystem": true}]}
    ```
    ```json good
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task", "volumes": [{"name": "spool"}], "containerDefinitions": [
      {"name": "web", "logConfiguration": {"options": {"Name": "s3", "bucket": "shop-logs",
        "region": "us-east-1", "total_file_size": "50M", "store_dir": "/spool/s3"}}},
      {"name": "log_router", "readonlyRootFilesystem": true,
       "mountPoints": [{"sourceVolume": "spool", "containerPath": "/spool"}]}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/data-pipeline/outputs/s3
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ECS601"
    name = "readonly-rootfs-router"
    severity = "warning"
    members = ("readonlyRootFilesystem",)

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or router.flag("readonlyRootFilesystem") is not True:
            return
        # Only of these is it known that the image brings no volume of its own.
        if sidecars(launch.task).router_image.kind not in {"aws", "upstream"}:
            return
        writable = _writable(router)
        if writable is None:
            return
        for path, what, spot in _written(launch):
            whole = posixpath.normpath(path)
            if not any(whole == place or whole.startswith(place + "/") for place in writable):
                self.report(
                    spot,
                    f"{what} writes to `{path}`, but the file system of `{router.title}` is read-only",
                    related=[(router, ("readonlyRootFilesystem",), "read-only")],
                    help=f"mount a volume at `{posixpath.dirname(whole)}`, or write to one that is mounted",
                    data=(router.written_name,),
                )
                return


def _written(launch: Launch) -> Iterator[tuple[str, str, Spot]]:
    """The folders that Fluent Bit writes to: path, what writes there, and where that is said."""
    pipeline = launch.pipeline
    if pipeline is None:
        return
    for section in pipeline.outputs:
        name = section.first("Name")
        if name is None or not isinstance(name.value, str) or name.value.lower() != "s3":
            continue
        entry = section.last("store_dir")
        if entry is None:
            yield STORE_DIR, "the `s3` output", launch.spot(section)
        elif isinstance(entry.value, str):
            yield entry.value, "the `s3` output", launch.spot(entry)
    for section in pipeline.service:
        entry = section.last("storage.path")
        if entry is not None and isinstance(entry.value, str):
            yield entry.value, "`storage.path`", launch.spot(entry)


def _writable(router: Container) -> list[str] | None:
    """The paths of the router that can be written; None when they can't be known."""
    found = [SOCKET]
    for index, item in router.objects("mountPoints"):
        path = item.get("containerPath")
        if not isinstance(path, str):
            return None
        if router.flag("mountPoints", index, "readOnly") is not True:
            found.append(posixpath.normpath(path))
    for _, item in router.objects("linuxParameters", "tmpfs"):
        path = item.get("containerPath")
        if not isinstance(path, str):
            return None
        found.append(posixpath.normpath(path))
    for index, item in router.objects("volumesFrom"):
        source = router.task.container(item.get("sourceContainer"))
        if source is None or source is not sidecars(router.task).agent:
            # The volumes of another image can't be known.
            return None
        if router.flag("volumesFrom", index, "readOnly") is not True:
            found.append(posixpath.dirname(LAUNCHER))
            found += [
                posixpath.normpath(mount["containerPath"])
                for _, mount in source.objects("mountPoints")
                if isinstance(mount.get("containerPath"), str)
            ]
    return found
