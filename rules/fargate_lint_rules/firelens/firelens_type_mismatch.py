from __future__ import annotations

from fargate_lint.data.images import AWS_FLUENT_BIT
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Path


class FirelensTypeMismatch(Rule):
    """FireLens is told to write the configuration of another program than the one that runs.

    ## Why it matters
    `type` decides what FireLens writes: `fluentbit` makes `/fluent-bit/etc/fluent-bit.conf`,
    `fluentd` makes `/fluentd/etc/fluent.conf`, in another language. With the wrong one the program
    in the image starts with its own default configuration and never sees a record, or refuses to
    start. The same holds for log options: `@type` is how Fluentd's outputs are named, `Name` how
    Fluent Bit's are.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentd"}}]}
    ```
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {
      "options": {"Name": null, "@type": "cloudwatch_logs"}}}]}
    ```
    ```json fixed
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"type": "fluentbit"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html
    """

    code = "FLN103"
    name = "firelens-type-mismatch"
    severity = "error"
    fixable = "safe"
    outranks = ("firelens-name-option-missing",)

    def check_launch(self, launch: Launch) -> None:
        router = launch.task.router
        if router is None:
            return
        kind = launch.sidecars.router_image.kind
        at = ("firelensConfiguration", "type")
        if launch.fluentd and launch.sidecars.launcher is router and kind != "fluentd":
            self.report(
                router,
                "`type` is `fluentd`, but the launcher starts Fluent Bit",
                at=at,
                subject=_subject(launch.task, (*router.path, *at)),
                related=[(router, ("entryPoint",), "the launcher")],
                help='write "type": "fluentbit"',
                fix=Fix('write "type": "fluentbit"').set(router, at, "fluentbit"),
            )
        elif launch.fluentd and kind in {"aws", "upstream"}:
            self.report(
                router,
                "`type` is `fluentd`, but this image has Fluent Bit",
                at=at,
                subject=_subject(launch.task, (*router.path, *at)),
                related=[(router, ("image",), "the image")],
                help='write "type": "fluentbit", or take an image of Fluentd',
                fix=Fix('write "type": "fluentbit"', safe=False).set(router, at, "fluentbit"),
            )
        elif router.get(*at) == "fluentbit" and kind == "fluentd" and launch.arguments is None:
            self.report(
                router,
                "`type` is `fluentbit`, but this image has Fluentd",
                at=at,
                subject=_subject(launch.task, (*router.path, *at)),
                related=[(router, ("image",), "the image")],
                help=f'write "type": "fluentd", or take the image {AWS_FLUENT_BIT}:stable',
            )
        elif router.get(*at) == "fluentbit":
            self._check_options(launch, router)

    def _check_options(self, launch: Launch, router: Container) -> None:
        for container in launch.task.containers:
            if container.driver == "awsfirelens" and "@type" in container.options:
                self.report(
                    container,
                    "`@type` is an option for Fluentd, but the log router runs Fluent Bit",
                    at=("logConfiguration", "options", "@type"),
                    key=True,
                    related=[(router, ("firelensConfiguration", "type"), "`fluentbit`")],
                    help="name Fluent Bit's output plug-in with `Name`, for example "
                    '"Name": "cloudwatch_logs"',
                )


def _subject(task: Task, at: Path) -> Iterator[Path]:
    """The type, and what names an output in the options that are meant for the other program."""
    yield at
    for container in task.containers:
        yield from ((*container.path, "logConfiguration", key) for key in ("name", "@type"))
