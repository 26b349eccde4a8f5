"""A launch seen stage by stage: what each program writes, what it says, what nobody can know."""

from __future__ import annotations

import posixpath

from fargate_lint.launch.rewriting import Line, lines_of, lines_of_text
from fargate_lint.launch.sections import Origin
from fargate_lint.launch.startup import closing
from fargate_lint.source.unknown import PLACEHOLDER, Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple

    from fargate_lint.launch.arguments import Arguments
    from fargate_lint.launch.launch import Launch
    from fargate_lint.launch.pipeline import Pipeline

    class Gap(NamedTuple):
        """Something that the files do not decide: what it is, how to tell it, where it stands."""

        what: str
        remedy: str = ""
        origin: Origin | None = None
else:
    from collections import namedtuple

    Gap = namedtuple("Gap", "what remedy origin", defaults=("", None))

# The placeholders that stand for what only a running task knows.
OURS = (
    ("<cluster>", "the cluster's name", "--set cluster=NAME"),
    ("<task-arn>", "the task's ARN", "--set task-arn=ARN"),
    ("<revision>", "the revision", "--set task-definition=FAMILY:REVISION"),
    ("<half-of-memory>", "the router's memory", ""),
)
# What ends Fluent Bit before it reads a file, without an error.
ENDINGS = {
    "help": "it prints its help and ends",
    "plugin-help": "it prints a plugin's help and ends",
    "schema": "it prints its schema and ends",
    "version": "it prints its version and ends",
}


class Stage:
    """One program's part in a launch.

    `lines` are the lines of the file that it writes or reads, None when there is none. `error` is
    what it says when it refuses ("" when it doesn't); `message` and `help` are ours on that, and
    `origin` is the place to blame. `gaps` are what is not known about its part. `after` is the
    stage that ended the launch before this one, if one did.
    """

    __slots__ = ("after", "error", "gaps", "help", "lines", "message", "origin", "program")

    def __init__(self, program: str, after: Stage | None = None) -> None:
        self.program = program
        self.after = after
        self.lines: list[Line] | None = None
        self.error = ""
        self.message = ""
        self.help = ""
        self.origin: Origin | None = None
        self.gaps: list[Gap] = []

    def refuse(self, error: str, origin: Origin | None, message: str = "", help: str = "") -> None:  # noqa: A002  (the word for it)
        """Note why the program refuses."""
        self.error = error
        self.origin = origin
        self.message = message if message != error else ""
        self.help = help

    @property
    def blocker(self) -> Stage | None:
        """The stage that ends the launch, as far as this one: None when none does."""
        return self if self.error else self.after

    @property
    def text(self) -> str | None:
        """The text of the file."""
        return None if self.lines is None else "".join(line.text for line in self.lines)


def firelens(launch: Launch) -> Stage:
    """What FireLens writes."""
    stage = Stage("FireLens")
    made = launch.generated
    if made is None:
        return stage
    if made.text is not None:
        stage.lines = lines_of(made.items) if made.items else _fluentd(made.text)
    if made.error or made.stopped_reason:
        stage.refuse(made.error or made.stopped_reason or "", made.error_origin)
    stage.gaps = [
        Gap("what a template writes here, and what that adds", "", origin)
        for origin in made.unknown
    ]
    stage.gaps += _value_gaps(stage.lines or ())
    return stage


def _fluentd(text: str) -> list[Line]:
    """The lines of Fluentd's configuration: what made them is not kept."""
    return [
        Line(line.text, None, Unknown(line.text) if any(m in line.text for m, *_ in OURS) else None)
        for line in lines_of_text(text, "")
    ]


def launcher(launch: Launch) -> Stage | None:
    """What the launcher makes of that; None when it isn't started."""
    arguments, router = launch.arguments, launch.router
    if arguments is None or router is None:
        return None
    before = firelens(launch)
    stage = Stage("the launcher", before.blocker)
    if stage.after is not None:
        return stage
    if arguments.stops:
        fault = arguments.faults[0]
        stage.refuse(fault.message, _argument(launch, fault.index), help=fault.help)
        return stage
    stage.gaps = _word_gaps(launch, arguments)
    rewritten = launch.rewritten
    if rewritten is None:
        path = text_of(arguments.in_config.value)
        origin = _argument(launch, arguments.in_config.at)
        stage.gaps.append(Gap(f"what `{path}` holds", f"--include {path}=FILE", origin))
    elif rewritten.error is not None:
        stage.refuse(rewritten.error, _argument(launch, arguments.in_config.at))
    else:
        stage.lines = rewritten.lines
        stage.gaps += _value_gaps(rewritten.lines)
    return stage


def final(launch: Launch) -> Stage:
    """What Fluent Bit is started with, and what it makes of it."""
    before = launcher(launch) or firelens(launch)
    stage = Stage("Fluent Bit", before.blocker)
    if stage.after is not None:
        return stage
    pipeline = launch.pipeline
    if launch.fluentd or pipeline is None:
        stage.gaps = [Gap("what Fluentd makes of it: only Fluent Bit is simulated")]
        return stage
    stage.gaps = _start_gaps(launch)
    stage.lines = pipeline.lines
    if before.program == "the launcher":
        stage.gaps += before.gaps
    else:
        stage.gaps += _value_gaps(stage.lines or ())
    stage.gaps += _include_gaps(pipeline)
    line = launch.line
    fatal = next((problem for problem in pipeline.problems if problem.fatal), None)
    if fatal is not None:
        said = fatal.said or closing(fatal, pipeline.version) or fatal.message
        stage.refuse(said, fatal.origin, fatal.message, fatal.help)
    elif line.ending is not None and line.ending[0] in ENDINGS:
        stage.refuse(ENDINGS[line.ending[0]], launch.word_origin(line.ending[2]))
    return stage


def value_gap(value: Unknown, origin: Origin | None = None) -> Gap:
    """The gap that a value leaves which something else writes."""
    for mark, what, remedy in OURS:
        if mark in value.text:
            return Gap(what, remedy, origin)
    found = PLACEHOLDER.findall(value.text)
    if not found:
        return Gap("this value", "", origin)
    return Gap("what stands for " + ", ".join(f"`{mark}`" for mark in found), "", origin)


def _include_gaps(pipeline: Pipeline) -> list[Gap]:
    """The gaps that each `@INCLUDE` leaves whose file is not given."""
    gaps = []
    for path, origin in pipeline.unseen:
        if PLACEHOLDER.search(path):
            # The line itself says so.
            continue
        whole = posixpath.normpath(posixpath.join(pipeline.files.folder, path))
        many = "*" in path
        place = f"{posixpath.dirname(whole)}=FOLDER" if many else f"{whole}=FILE"
        gaps.append(Gap(f"what `{path}` holds", f"--include {place}", origin))
    return gaps


def _value_gaps(lines: Iterable[Line]) -> list[Gap]:
    return [value_gap(line.value, line.origin) for line in lines if line.value is not None]


def _word_gaps(launch: Launch, arguments: Arguments) -> list[Gap]:
    """Words of the launcher's command that may be anything."""
    if arguments.certain:
        return []
    at = next(
        (at for at, word in enumerate(arguments.words) if isinstance(word, Unknown)),
        len(arguments.words),
    )
    return [Gap("this word of the command, and what follows from it", "", _argument(launch, at))]


def _argument(launch: Launch, at: int | None) -> Origin | None:
    """The place of a word of the launcher's command."""
    arguments, router = launch.arguments, launch.router
    if arguments is None or router is None:
        return None
    path = ("entryPoint",) if at is None else arguments.path(at)
    return Origin(launch.lens.document.name, (*router.path, *path))


def _start_gaps(launch: Launch) -> list[Gap]:
    """What is not known of the way in which Fluent Bit is started."""
    gaps = []
    router = launch.router
    image = launch.sidecars.router_image.image.text
    by_image = Origin(launch.lens.document.name, (*router.path, "image")) if router else None
    if not launch.argv:
        gaps.append(Gap(f"how the image `{image}` starts Fluent Bit", "", by_image))
    elif launch.line.unknown is not None:
        origin = launch.word_origin(launch.line.unknown)
        gaps.append(Gap("this word of the command, and what follows from it", "", origin))
    if not launch.version:
        what = f"the version of Fluent Bit in `{image}`: {launch.table} is taken"
        gaps.append(Gap(what, "--fluent-bit VERSION", by_image))
    pipeline = launch.pipeline
    if pipeline is not None and pipeline.lines is None and launch.argv:
        config = launch.line.config
        if config is not None:
            path = text_of(config[1])
            origin = launch.word_origin(config[0])
            gaps.append(Gap(f"what `{path}` holds", f"--include {path}=FILE", origin))
    return gaps
