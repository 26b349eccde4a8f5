from __future__ import annotations

from fargate_lint.data import images as known
from fargate_lint.launch.images import numbers
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class FluentBitKnownBadVersion(Rule):
    """The log router's version of Fluent Bit is known to fail with this configuration.

    ## Why it matters
    A few releases have faults that stop the router in everyday use, and with it the task. The one
    that matters here: in Fluent Bit 5.0 before 5.0.8 (AWS for Fluent Bit 3.3.0 to 3.4.8) the output
    `cloudwatch_logs` crashes when CloudWatch answers that a log group or stream doesn't exist.
    AWS for Fluent Bit 2.34.0 didn't start at all with some configurations: `section 'env' is missing
    the 'name' property`. Reported are only versions that a tag names.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.7"}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router",
      "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.14"}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/issues/1164
    - https://github.com/aws/aws-for-fluent-bit/issues/1002
    """

    code = "IMG203"
    name = "fluent-bit-known-bad-version"
    severity = "warning"
    members = ("firelensConfiguration",)

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.fluentd:
            return
        found = launch.sidecars.router_image
        # A tag that moves has left the bad version behind.
        if found.moving or not found.version:
            return
        tag = found.image.tag
        if found.kind == "aws":
            for release, fixed, fault, address in known.KNOWN_BAD_AWS:
                if numbers(tag.rpartition("-")[2])[:3] == release:
                    self._report(launch, f"`{tag}`: {fault}", fixed, address)
                    return
        version = numbers(found.version)
        for lowest, first_good, plugin, fault, address in known.KNOWN_BAD:
            if lowest <= version < first_good and _uses(launch, plugin):
                fixed = known.FIXED_IN[found.kind].get(first_good, "") if found.kind else ""
                self._report(launch, f"Fluent Bit {found.version}: {fault}", fixed, address)
                return

    def _report(self, launch: Launch, message: str, fixed: str, address: str) -> None:
        if launch.router is not None:
            self.report(
                launch.router,
                message,
                at=("image",),
                help=(
                    f"write the tag `{fixed}` or a newer one" if fixed else "take a newer version"
                )
                + f" ({address})",
            )


def _uses(launch: Launch, plugin: str) -> bool:
    return any(output.plugin == plugin for output in launch.outputs)
