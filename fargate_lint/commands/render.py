"""`fargate-lint render`: what FireLens, the launcher and Fluent Bit make of a task definition."""

from __future__ import annotations

import sys

from fargate_lint.commands.launches import complain, launches
from fargate_lint.launch import stages
from fargate_lint.lint.settings import Stop
from fargate_lint.report.configuration import Writer
from fargate_lint.report.masking import LaunchMask, OpenMask
from fargate_lint.report.origin import Origins
from fargate_lint.report.terminal import Terminal, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from fargate_lint.launch import Launch
    from fargate_lint.launch.stages import Stage

GRAPHS = frozenset({"mermaid", "dot"})


def run(args: argparse.Namespace) -> int:
    """Print the stages of the launches; 1 when there is none, or one that ends before its time.

    Raises Stop for a wrong argument.
    """
    if args.stage == "order":
        return _order(args)
    if args.format in GRAPHS and args.stage not in {None, "pipeline"}:
        raise Stop(f"`--format {args.format}` draws the pipeline", "leave `--stage` out")
    wanted = args.stage or ("pipeline" if args.format in GRAPHS else "final")
    found = launches(args)
    views = [View(launch, wanted, args) for launch in found if _has_router(launch)]
    if not views:
        return 1
    if args.format == "json":
        _json(views)
    elif args.format in GRAPHS:
        _graphs(views, args.format)
    else:
        _text(views, plain=args.format == "conf")
    refused = [view.complain() for view in views]
    return 1 if len(views) < len(found) or any(refused) else 0


def _order(args: argparse.Namespace) -> int:
    """Print the order in which each task's containers start and stop; 1 when one never starts."""
    if args.format in {"json", "dot"}:
        raise Stop(
            f"`--format {args.format}` has no order of start",
            "write `--format mermaid`, or leave it out",
        )
    from fargate_lint.launch import order_chart  # noqa: PLC0415  (only here)
    from fargate_lint.launch.order import order_of  # noqa: PLC0415  (only here)

    tasks = [launch.task for launch in launches(args)]
    show = order_chart.as_mermaid if args.format == "mermaid" else order_chart.as_text
    lead = "%%" if args.format == "mermaid" else "#"
    for at, task in enumerate(tasks):
        if len(tasks) > 1:
            sys.stdout.write("\n" * (at > 0) + f"{lead} {escape(task.family)}\n")
        sys.stdout.writelines(f"{escape(line)}\n" for line in show(task).splitlines())
    return 0 if tasks and all(order_of(task).possible for task in tasks) else 1


class View:
    """A launch as it is to be shown, up to the stage that was asked for."""

    def __init__(self, launch: Launch, wanted: str, args: argparse.Namespace) -> None:
        self.launch = launch
        self.wanted = wanted
        self.mask = OpenMask() if args.unmasked else LaunchMask(launch)
        self.writer = Writer(launch, self.mask, comments=not args.unmasked, origins=args.origins)
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

    def complain(self) -> bool:
        """Say on stderr why the stage isn't reached, or what it refuses; whether there was that."""
        blocker = self.stage.blocker
        if blocker is not None:
            more = [blocker.message, blocker.help and f"help: {blocker.help}"]
            if blocker.origin is not None:
                more.insert(0, f"at {Origins(self.launch).text(blocker.origin)}")
            text = self.mask.text(f"{blocker.program}: {blocker.error}")
            complain(text, *(self.mask.text(line) for line in more if line))
            return True
        if self.reached:
            return False
        why = [
            f"not known: {gap.what}" + (f" ({gap.remedy})" if gap.remedy else "")
            for gap in dict.fromkeys(self.stage.gaps)
        ]
        complain(f"there is no `{self.wanted}` stage of `{self.title}`", *(why or self._absent()))
        return True

    def _absent(self) -> list[str]:
        if self.wanted == "launcher":
            return ["no container starts the launcher"]
        return ["no container has a `firelensConfiguration`, so FireLens writes nothing"]


def _has_router(launch: Launch) -> bool:
    if launch.router is not None:
        return True
    name = launch.task.family or launch.document.name
    complain(
        f"`{name}` has no log router",
        "no container has a `firelensConfiguration` or starts the launcher",
    )
    return False


def _text(views: list[View], *, plain: bool) -> None:
    terminal = Terminal(sys.stdout)
    if terminal.rich and not plain:
        from fargate_lint.report.highlighted import show  # noqa: PLC0415  (rich takes its time)

        show(views, terminal, sys.stdout)
        return
    for at, view in enumerate(views):
        if len(views) > 1:
            sys.stdout.write("\n" * (at > 0) + f"# {escape(view.title)}\n")
        sys.stdout.write(view.text())


def _json(views: list[View]) -> None:
    from json import dumps  # noqa: PLC0415  (only here)

    from fargate_lint.report.rendered import VERSION, Rendered  # noqa: PLC0415  (only here)

    tasks = [Rendered(view.launch, view.mask).plain() for view in views]
    whole = tasks[0] if len(tasks) == 1 else {"tasks": tasks}
    # Escapes beyond ASCII, so that no encoding of a pipe can spoil it.
    sys.stdout.write(dumps({"version": VERSION, **whole}, indent=2) + "\n")


def _graphs(views: list[View], kind: str) -> None:
    from fargate_lint.report.graph import WRITERS, graph  # noqa: PLC0415  (only here)

    titled = len(views) > 1
    drawn = []
    for at, view in enumerate(views):
        pipeline = view.launch.pipeline
        if view.reached and pipeline is not None:
            prefix = f"p{at}" if titled else ""
            drawn.append((view.title if titled else "", graph(pipeline, view.mask, prefix)))
    sys.stdout.write(WRITERS[kind](drawn))
