"""A launch as it is to be shown: one of its stages, or why there is none."""

from __future__ import annotations

from fargate_lint.launch import stages
from fargate_lint.report.launch.configuration import Writer
from fargate_lint.report.launch.masking import LaunchMask, OpenMask
from fargate_lint.report.launch.origin import refusal
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch
    from fargate_lint.launch.stages import Stage


class View:
    """A launch up to the stage that was asked for: `wanted` is a value of `render --stage`.

    With `unmasked` it shows exact bytes, secrets included, and no comments; with `origins` there
    are comments on what made each line.
    """

    def __init__(self, launch: Launch, wanted: str, *, unmasked: bool, origins: bool) -> None:
        self.launch = launch
        self.wanted = wanted
        self.mask = OpenMask() if unmasked else LaunchMask(launch)
        self.writer = Writer(launch, self.mask, comments=not unmasked, origins=origins)
        self.stage: Stage
        if wanted == "firelens":
            self.stage = stages.firelens(launch)
        elif wanted == "launcher":
            self.stage = stages.launcher(launch) or stages.Stage("the launcher")
        else:
            self.stage = stages.final(launch)

    @property
    def title(self) -> str:
        """What to call the task."""
        return self.launch.task.family or "task definition without a family"

    @property
    def reached(self) -> bool:
        """Whether the launch gets as far as this stage, and what it makes is known."""
        if self.stage.after is not None:
            return False
        if self.wanted == "argv":
            return bool(self.launch.argv)
        return self.stage.lines is not None or (
            self.wanted == "pipeline" and self.launch.pipeline is not None
        )

    def text(self) -> str:
        """The stage as plain text; where the launch ends before it, the stage before."""
        if not self.reached:
            return self._before()
        if self.wanted == "argv":
            return self.writer.argv()
        if self.wanted == "pipeline" and self.launch.pipeline is not None:
            return self.writer.pipeline(self.stage, self.launch.pipeline)
        return (
            self.writer.final(self.stage)
            if self.wanted == "final"
            else self.writer.file(self.stage)
        )

    def _before(self) -> str:
        """What there is when a stage isn't reached: why, and what FireLens wrote."""
        blocker = self.stage.blocker
        if not self.writer.comments or blocker is None:
            return ""
        made = stages.firelens(self.launch)
        reason = escape(self.mask.text(f"# {blocker.program} stops: {blocker.error}"))
        if made.lines is None or blocker.program == made.program or self.wanted == "argv":
            return f"{reason}\n"
        return f"{reason}\n# This is what FireLens writes before:\n{self.writer.file(made)}"

    def complaint(self) -> list[str]:
        """An error and lines on it: why the stage isn't reached, or what it refuses; [] if fine."""
        blocker = self.stage.blocker
        if blocker is not None:
            lines = [f"{blocker.program}: {blocker.error}", *refusal(self.launch, blocker)]
            return [self.mask.text(line) for line in lines]
        if self.reached:
            return []
        why = [
            f"not known: {gap.what}" + (f" ({gap.remedy})" if gap.remedy else "")
            for gap in dict.fromkeys(self.stage.gaps)
        ]
        head = f"there is no `{self.wanted}` stage of `{self.title}`"
        return [head, *(why or self._absent())]

    def _absent(self) -> list[str]:
        if self.wanted == "launcher":
            return ["no container starts the launcher"]
        return ["no container has a `firelensConfiguration`, so FireLens writes nothing"]
