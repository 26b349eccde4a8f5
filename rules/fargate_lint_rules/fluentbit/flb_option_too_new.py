from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.problem import Problem


class FlbOptionTooNew(ProblemRule):
    """The option exists only in newer versions of Fluent Bit than the one that runs.

    ## Why it matters
    AWS's image has Fluent Bit 1.9 under the tags `stable`, `latest` and 2.x. Options that were
    added later, as the documentation of today's version describes them, are unknown to it and end
    the start with exit status 255. Take an image with a newer Fluent Bit (tag `3` and up), or do
    without the option.

    Where the version is not known, what 1.9 lacks is a warning.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web",
      "logConfiguration": {"options": {"log_group_class": "INFREQUENT_ACCESS"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [
      {"name": "web", "logConfiguration": {"options": {"log_group_class": "INFREQUENT_ACCESS"}}},
      {"name": "log_router", "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.14"}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    - https://github.com/aws/aws-for-fluent-bit/releases
    """

    code = "FLB203"
    name = "flb-option-too-new"
    severity = "error"

    def together(self, problems: list[Problem]) -> Iterator[list[Problem]]:
        """A file for newer versions is one mistake, however many options show it."""
        groups: dict[object, list[Problem]] = {}
        for problem in super().together(problems):
            first = problem[0]
            groups.setdefault(first.versions or id(first), []).append(first)
        yield from groups.values()
