from __future__ import annotations

from fargate_lint_rules._subjects import ROUTES
from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.problem import Problem
    from fargate_lint.lint.finding import Place
    from fargate_lint.source.document import Path


class FlbArgumentRefused(ProblemRule):
    """Fluent Bit does not understand a word of its command line, or makes nothing of it.

    ## Why it matters
    The router's `command` replaces the one of the image, and its words go to Fluent Bit as they
    stand. An unknown flag or one without its value ends the start with usage information and exit
    status 1. `-p`, `-m` and `-t` belong to the plugin before them; with none before, newer versions
    crash.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router",
      "command": ["/fluent-bit/bin/fluent-bit", "-c", "/fluent-bit/etc/fluent-bit.conf", "-x"]}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router",
      "command": ["/fluent-bit/bin/fluent-bit", "-c", "/fluent-bit/etc/fluent-bit.conf"]}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    """

    code = "FLB109"
    name = "flb-argument-refused"
    severity = "error"
    outranks = ("no-output-configured",)

    def subjects(self, at: Place, problem: Problem) -> Iterator[Path]:
        """The word, and where logs go when the words behind it are not read."""
        yield from super().subjects(at, problem)
        yield ROUTES
