"""A launch for other programs: with its final configuration, and with the way of a record."""

from __future__ import annotations

import time as clock

from fargate_lint.launch import stages
from fargate_lint.launch.journey import Journey
from fargate_lint.launch.launch import Launch
from fargate_lint.launch.record import parse
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.stages import Stage


class Simulation(Launch):
    """The simulated launch of a task. This is `fargate_lint.Launch`.

    `argv` is the command line of Fluent Bit, `pipeline` what Fluent Bit makes of it and of the
    final configuration.
    """

    __slots__ = ()

    @property
    def final(self) -> Stage:
        """The configuration that Fluent Bit is started with: `text` and `error`."""
        return stages.final(self)

    def trace(
        self,
        container: str,
        log: str = "",
        *,
        record: str | None = None,
        time: tuple[int, int] | None = None,
    ) -> Journey:
        """The way of a line that a container logs, or of a record in JSON, to every destination.

        `time` is its time in seconds and nanoseconds, now if left out. Raises Stop when the task
        has no such container, and ValueError for what is no record.
        """
        found = next((one for one in self.task.containers if one.name == container), None)
        if found is None:
            names = ", ".join(f"`{one.title}`" for one in self.task.containers)
            raise Stop(f"there is no container `{container}`", f"there are {names or 'none'}")
        journey = Journey(self, found, time or divmod(clock.time_ns(), 10**9))
        if record is None:
            journey.log(log)
        else:
            journey.send(parse(record))
        return journey
