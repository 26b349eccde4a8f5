"""`fargate-lint trace`: one record's way from a container to every destination, byte for byte."""

from __future__ import annotations

import re
import sys
import time

from fargate_lint.commands.launches import launches
from fargate_lint.commands.streams import complain
from fargate_lint.launch.journey import Journey
from fargate_lint.launch.record import Record, parse, plain
from fargate_lint.report.launch.masking import LaunchMask, OpenMask
from fargate_lint.report.launch.origin import refusal
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch

TIME = re.compile(r"([0-9]{1,12})(?:\.([0-9]+))?")


def run(args: argparse.Namespace) -> int:
    """Follow a record; 1 when nothing can arrive because the launch ends before its time.

    Raises Stop for a wrong argument.
    """
    moment = _time(args.time)
    found = launches(args, made_up=True)
    if not found:
        return 1
    chosen = _chosen(found, args.container)
    if chosen is None:
        complain("no container logs to FireLens: none has the log driver `awsfirelens`")
        return 1
    launch, container = chosen
    journey = Journey(launch, container, moment)
    try:
        if args.record is None:
            journey.log(args.log)
        else:
            journey.send(_given(args.record))
        mask = OpenMask() if args.unmasked else LaunchMask(launch, plain(journey.record))
        if args.format == "json":
            from fargate_lint.report.launch.journey_json import write  # noqa: PLC0415  (only here)
        else:
            from fargate_lint.report.launch.journey import write  # noqa: PLC0415  (only here)
        write(journey, mask, sys.stdout)
    except RecursionError:
        raise Stop("the record is nested too deeply") from None
    if journey.error:
        more = refusal(launch, journey.blocker) if journey.blocker is not None else []
        complain(*(mask.text(line) for line in (journey.error, *more)))
    return 1 if journey.error else 0


def _given(text: str) -> Record:
    try:
        return parse(text)
    except ValueError as error:
        raise Stop(
            f"`--record` is no record: {error}", """write `--record '{"log": "x"}'`"""
        ) from error


def _time(text: str | None) -> tuple[int, int]:
    if text is None:
        return divmod(time.time_ns(), 10**9)
    found = TIME.fullmatch(text)
    if found is None:
        raise Stop(f"`{text}` is no Unix time", "write `--time 1700000000.25`")
    return int(found[1]), int((found[2] or "")[:9].ljust(9, "0"))


def _chosen(found: list[Launch], name: str | None) -> tuple[Launch, Container] | None:
    """The container that logs, and its launch; None when no name was given and none logs.

    Stops when it can't be told which is meant.
    """
    every = [(launch, one) for launch in found for one in launch.task.containers]
    if name is None:
        meant = [pair for pair in every if pair[1].driver == "awsfirelens"]
    else:
        meant = [pair for pair in every if pair[1].name == name]
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(f"`{one.title}`" for _, one in (meant if name is None else every))
    if name is None:
        if not meant:
            return None
        raise Stop("several containers log to FireLens", f"name one with --container: {names}")
    if not meant:
        raise Stop(f"there is no container `{name}`", f"there are {names or 'none'}")
    raise Stop(
        f"several task definitions have a container `{name}`", "choose one with --task FAMILY"
    )
