from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.launcher._agent import before_all, given, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class SchedulerCapMissing(Rule):
    """Fluent Bit waits up to 2000 seconds between retries, because `Scheduler.Cap` is not set.

    ## Why it matters
    The wait grows with each failed retry, up to `Scheduler.Cap`. After the agent was away for a
    while, logs arrive up to half an hour late. The vendor's example sets 60 seconds.

    ## Example
    ```json bad without="-s Scheduler.Cap 60"
    ```
    ```json fixed with="-s Scheduler.Cap 60"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/scheduling-and-retries
    """

    code = "LCH405"
    name = "scheduler-cap-missing"
    severity = "info"
    fixable = "unsafe"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        arguments = launch.arguments
        if arguments is None or launch.router is None or not arguments.certain or arguments.stops:
            return
        if given(arguments.services, "Scheduler.Cap") is None and to_agent(launch):
            self.report(
                launch.router,
                "no `Scheduler.Cap`: retries may wait 2000 seconds",
                at=("command",),
                key=True,
                help='before `--` add "-s", "Scheduler.Cap", "60"',
                fix=before_all(launch, "-s", "Scheduler.Cap", "60"),
            )
