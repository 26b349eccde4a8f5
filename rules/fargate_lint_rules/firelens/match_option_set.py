from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules._subjects import routes_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch

#: Keys of an output that say which records it gets, in lower case.
KEYS = frozenset({"match", "match_regex"})


class MatchOptionSet(Rule):
    """The log options set `Match`, which FireLens writes itself.

    ## Why it matters
    FireLens makes an output for each container and gives it `Match NAME-firelens*`, so that it gets
    this container's records and no others. A `Match` among the options is a second line, and of two
    Fluent Bit takes the last: with `*` the output gets the records of all containers and those of
    the health check, with anything else perhaps none. `Match_Regex` adds to what it gets.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Match": "web"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Match": null}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://docs.fluentbit.io/manual/concepts/data-pipeline/router
    """

    code = "FLN403"
    name = "match-option-set"
    severity = "error"
    fixable = "unsafe"
    outranks = ("flb-duplicate-option", "flb-match-without-tag", "no-output-configured")

    def check_launch(self, launch: Launch) -> None:
        if launch.fluentd:
            return
        for container in launch.task.containers:
            if container.driver != "awsfirelens":
                continue
            for key in container.options:
                value = container.options[key]
                # What FireLens writes itself does no harm a second time.
                if key.lower() not in KEYS or value == f"{container.name}-firelens*":
                    continue
                self.report(
                    container,
                    f"`{key} {text_of(value)}` takes the place of `Match {container.name}-firelens*`",
                    at=("logConfiguration", "options", key),
                    key=True,
                    subject=[
                        (*container.path, "logConfiguration", "options", key),
                        routes_of(container),
                    ],
                    help=f"remove `{key}`: FireLens matches this container's records itself",
                    fix=Fix(f"remove `{key}`", safe=False).remove(
                        container, ("logConfiguration", "options", key)
                    ),
                )
