"""Rules about one property of the output to the agent, which has one value that the agent needs."""

from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules._properties import added, written
from fargate_lint_rules.launcher._agent import about, is_open, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch, Output
    from fargate_lint.launch.sections import Entry


class AgentOutputRule(Rule):
    """Reports outputs to the agent in which a property is missing or has a wrong value."""

    fixable = "unsafe"
    only_if_problems = True
    #: The property.
    key = ""
    #: The value to write.
    wanted = ""

    def is_right(self, value: str) -> bool:
        """Whether the agent takes the property with this value."""
        return value == self.wanted

    def problem(self, value: str | None) -> str:
        """The message about a wrong value; about a missing property for None."""
        raise NotImplementedError

    def check_launch(self, launch: Launch) -> None:
        for output in to_agent(launch):
            entry = output.section.first(self.key)
            if entry is not None or not is_open(launch):
                self.check_output(launch, output, entry)

    def check_output(self, launch: Launch, output: Output, entry: Entry | None) -> None:
        """Report one output, of which `entry` is the property."""
        if entry is None:
            self.report(
                launch.spot(output.section),
                self.problem(None),
                help=f"add {self.key}={self.wanted}",
                subject=about(output, self.key),
                fix=added(launch, output, {self.key: self.wanted}, safe=False),
            )
        elif isinstance(entry.value, str) and not self.is_right(entry.value):
            self.report(
                launch.spot(entry),
                self.problem(entry.value),
                help=f"write {self.key}={self.wanted}",
                subject=about(output, self.key),
                fix=written(launch, entry, self.wanted, safe=False),
            )
