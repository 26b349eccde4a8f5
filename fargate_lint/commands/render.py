"""`fargate-lint render`: what FireLens, the launcher and Fluent Bit make of a task definition."""

from __future__ import annotations

import sys

from fargate_lint.commands.launches import launches
from fargate_lint.commands.streams import complain
from fargate_lint.report.launch.view import View
from fargate_lint.report.terminal import Terminal, escape
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from fargate_lint.launch import Launch

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
    views = [
        View(launch, wanted, unmasked=args.unmasked, origins=args.origins)
        for launch in found
        if _has_router(launch)
    ]
    if not views:
        return 1
    if args.format == "json":
        _json(views)
    elif args.format in GRAPHS:
        _graphs(views, args.format)
    else:
        _text(views, plain=args.format == "conf")
    complaints = [lines for view in views if (lines := view.complaint())]
    for lines in complaints:
        complain(*lines)
    return 1 if complaints or len(views) < len(found) else 0


def _order(args: argparse.Namespace) -> int:
    """Print the order in which each task's containers start and stop; 1 when one never starts."""
    if args.format in {"json", "dot"}:
        raise Stop(
            f"`--format {args.format}` has no order of start",
            "write `--format mermaid`, or leave it out",
        )
    from fargate_lint.launch import order_chart  # noqa: PLC0415  (only here)
    from fargate_lint.launch.order import order_of  # noqa: PLC0415  (only here)
    from fargate_lint.lint.mask.redact import mask_of  # noqa: PLC0415  (only here)

    tasks = [launch.task for launch in launches(args)]
    show = order_chart.as_mermaid if args.format == "mermaid" else order_chart.as_text
    lead = "%%" if args.format == "mermaid" else "#"
    for at, task in enumerate(tasks):
        hide = mask_of(task.lens.document).text
        if len(tasks) > 1:
            sys.stdout.write("\n" * (at > 0) + f"{lead} {escape(hide(task.family))}\n")
        sys.stdout.writelines(f"{escape(hide(line))}\n" for line in show(task))
    return 0 if tasks and all(order_of(task).possible for task in tasks) else 1


def _has_router(launch: Launch) -> bool:
    if launch.router is not None:
        return True
    name = launch.task.family or launch.lens.document.name
    complain(
        f"`{name}` has no log router",
        "no container has a `firelensConfiguration` or starts the launcher",
    )
    return False


def _text(views: list[View], *, plain: bool) -> None:
    terminal = Terminal(sys.stdout)
    if terminal.rich and not plain:
        from fargate_lint.report.launch.highlighted import show  # noqa: PLC0415  (rich takes its time)

        show(views, terminal, sys.stdout)
        return
    for at, view in enumerate(views):
        if len(views) > 1:
            sys.stdout.write("\n" * (at > 0) + f"# {escape(view.title)}\n")
        sys.stdout.write(view.text())


def _json(views: list[View]) -> None:
    from json import dumps  # noqa: PLC0415  (only here)

    from fargate_lint.report.launch.rendered import VERSION, Rendered  # noqa: PLC0415  (only here)

    tasks = [Rendered(view.launch, view.mask).plain() for view in views]
    whole = tasks[0] if len(tasks) == 1 else {"tasks": tasks}
    # Escapes beyond ASCII, so that no encoding of a pipe can spoil it.
    sys.stdout.write(dumps({"version": VERSION, **whole}, indent=2) + "\n")


def _graphs(views: list[View], kind: str) -> None:
    from fargate_lint.report.launch.graph import WRITERS, graph  # noqa: PLC0415  (only here)

    titled = len(views) > 1
    drawn = []
    for at, view in enumerate(views):
        pipeline = view.launch.pipeline
        if view.reached and pipeline is not None:
            prefix = f"p{at}" if titled else ""
            drawn.append((view.title if titled else "", graph(pipeline, view.mask, prefix)))
    sys.stdout.write(WRITERS[kind](drawn))
