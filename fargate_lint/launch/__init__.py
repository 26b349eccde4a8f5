"""The task, launched on paper: FireLens, the launcher, Fluent Bit."""

from __future__ import annotations

from fargate_lint.launch.launch import (
    FIRELENS_OPTIONS,
    Launch,
    Output,
    Spot,
    concerns,
    launch_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from fargate_lint.ecs.task import Task
    from fargate_lint.launch.firelens import Settings
    from fargate_lint.launch.simulation import Simulation

__all__ = [
    "FIRELENS_OPTIONS", "Launch", "Output", "Spot", "concerns", "launch_of", "simulate",
]  # fmt: skip


def simulate(
    task: Task,
    *,
    fluent_bit: str | None = None,
    includes: Mapping[str, str | tuple[str, str]] | None = None,
    settings: Settings | None = None,
) -> Simulation:
    """The launch of a task on paper.

    `fluent_bit` is a version that overrides the image's, `includes` maps paths in the router to the
    text of files that are known, or to (name, text), `settings` is what only the running task would
    tell. Each stage is worked out when it is first asked for.
    """
    from fargate_lint.launch.simulation import Simulation  # noqa: PLC0415  (`check` has its launches)

    files = {
        path: (path, file) if isinstance(file, str) else file
        for path, file in (includes or {}).items()
    }
    return Simulation(task, fluent_bit=fluent_bit, includes=files, settings=settings)
