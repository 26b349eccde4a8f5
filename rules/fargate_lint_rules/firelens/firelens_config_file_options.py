from __future__ import annotations

import re

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.ecs._shape import clip, is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path

AT = ("firelensConfiguration", "options")
TYPE, VALUE = "config-file-type", "config-file-value"
OWN = frozenset({"/fluent-bit/etc/fluent-bit.conf", "/fluentd/etc/fluent.conf"})
#: How documentation writes that there is a choice.
CHOICE = " | "
S3 = re.compile(r"arn:[\w-]+:s3:::[^/]+/.+")


class FirelensConfigFileOptions(Rule):
    """The two options that name a configuration of your own don't go together.

    ## Why it matters
    `config-file-type` is `file` or `s3`, and `config-file-value` then is an absolute path in the
    log router, or the ARN of an object. One without the other, or a path that is none, stops the
    task before any container starts. FireLens writes its own configuration to
    `/fluent-bit/etc/fluent-bit.conf`: an include of that file includes itself, and Fluent Bit
    refuses to start.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "config-file-type": "file"}}}]}
    ```
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "config-file-type": "file", "config-file-value": "extra.conf"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "config-file-type": "file", "config-file-value": "/fluent-bit/etc/extra.conf"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html
    """

    code = "FLN302"
    name = "firelens-config-file-options"
    severity = "error"
    outranks = (
        "FLB", "firelens-pattern-invalid", "flb-stream-name-and-prefix", "no-output-configured",
    )  # fmt: skip
    members = ("config-file-type", "config-file-value")

    def check_container(self, container: Container) -> None:
        if "firelensConfiguration" not in container.value:
            return
        options = container.members(*AT)
        if not options or is_partial(container, *AT):
            return
        kind, value = options.get(TYPE), options.get(VALUE)
        if isinstance(kind, Unknown) or (kind is None and value is None):
            return
        if kind is None or value is None:
            given, missing = (TYPE, VALUE) if value is None else (VALUE, TYPE)
            self.report(
                container,
                f"`{given}` without `{missing}`",
                at=(*AT, given),
                key=True,
                help=f'add "{missing}", or remove "{given}"',
            )
        elif not isinstance(kind, str) or kind not in {"file", "s3"}:
            if CHOICE in str(kind):
                return
            self.report(
                container,
                f"`{clip(str(kind))}` is no `{TYPE}`: it is `file` or `s3`",
                at=(*AT, TYPE),
                help='write "file"',
            )
        elif isinstance(value, str):
            self._check_value(container, kind, value)

    def _check_value(self, container: Container, kind: str, value: str) -> None:
        subject: list[Path] = []
        if kind == "s3":
            if S3.fullmatch(value):
                return
            message = f"`{clip(value)}` is not the ARN of an S3 object"
            from fargate_lint.launch.needs import Home  # noqa: PLC0415  (only for a finding)

            arn = f"arn:{Home(container.task).printed}:s3:::BUCKET/FILE"
            remedy = f'write "{arn}"; ECS would answer: Invalid arn syntax.'
        elif not value.startswith("/"):
            message = f"`{clip(value)}` is no absolute path in the log router"
            remedy = f'write "/fluent-bit/etc/{clip(value.removeprefix("./"))}"'
        elif value in OWN:
            message = f"`{value}` is the file that FireLens writes: it would include itself"
            remedy = 'give your file another name, such as "/fluent-bit/etc/extra.conf"'
            # Whatever Fluent Bit says then, it is about a file that holds all twice.
            subject = [container.task.path]
        else:
            return
        self.report(container, message, at=(*AT, VALUE), help=remedy, subject=subject)
