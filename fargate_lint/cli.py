"""The command line: arguments only. Each command's module is imported when it is chosen."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from fargate_lint import stop
from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

RULES = "RULE,…"


def _plugins(parser: argparse.ArgumentParser) -> None:
    """What every command has that finds a configuration beside its input."""
    parser.add_argument(
        "--plugins",
        action="store_true",
        help="load the plugins of every configuration that is found: they are code",
    )


def _run(parser: argparse.ArgumentParser) -> None:
    """What `check` and `baseline` have in common."""
    add = parser.add_argument
    add(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and folders, `-` for standard input (default: .)",
    )
    add("--select", metavar=RULES, help="only these rules: codes, prefixes, names, ALL")
    add("--ignore", metavar=RULES, help="all but these")
    add("--extend-select", metavar=RULES, help="these too, whatever the configuration says")
    add("--min-severity", choices=SEVERITIES, help="show findings from here up (default: warning)")
    add("--config", metavar="FILE", help="use this configuration for all files")
    add("--isolated", action="store_true", help="use no configuration at all")
    _plugins(parser)
    add("--no-plugins", action="store_true", help="load no plugins, not even installed ones")
    add("--fluent-bit", metavar="VERSION", help="the router's Fluent Bit, whatever its image says")
    add(
        "--service",
        metavar="FILE",
        help="a description of the service: does it run this revision, and where?",
    )
    for option, what in (
        ("--task-role-policy", "a policy of the task role: does it allow what the task does?"),
        ("--execution-role-policy", "the same for the execution role"),
        ("--security-group", "a description of a security group: who reaches the sidecars?"),
    ):
        add(option, action="append", metavar="FILE", help=f"{what} (may be repeated)")
    add(
        "--skip-unrelated",
        action="store_true",
        help="pass over named files that are something else, or excluded",
    )
    add("--no-cache", action="store_true", help="neither use nor keep reports of earlier runs")
    add("-q", "--quiet", action="store_true", help="nothing but findings and errors")
    add("-v", "--verbose", action="store_true", help="also what was read, and what was passed over")
    add("-j", "--jobs", type=int, metavar="N", help="processes (default: one for each core)")


def _check(parser: argparse.ArgumentParser) -> None:
    _run(parser)
    add = parser.add_argument
    add("--stdin-filename", metavar="NAME", help="what to call standard input")
    add("--fix", action="store_true", help="fix what can be fixed for certain, in the files")
    add("--unsafe-fixes", action="store_true", help="also what may change how a task behaves")
    add("--diff", action="store_true", help="write nothing, show what --fix would do")
    add(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        help="exit with 1 at findings from here up (default: warning)",
    )
    add("--exit-zero", action="store_true", help="exit with 0 even so")
    add(
        "--output-format",
        action="append",
        metavar="FORMAT[:FILE]",
        help="text, concise, json, jsonl, sarif, github, gitlab, junit, markdown or html, to a "
        "file when one is named; may be repeated",
    )
    add("--baseline", metavar="FILE", help="report only what this baseline hasn't")
    add("--changed-since", metavar="REF", help="check only what differs from this commit (git)")
    add(
        "--show-suppressed",
        action="store_true",
        help="report what is suppressed too, and why it is",
    )
    add("--statistics", action="store_true", help="count findings by rule")
    add("--show-settings", action="store_true", help="print what applies, and from where")
    add("--show-files", action="store_true", help="print the files that would be checked")
    add("--color", choices=("auto", "always", "never"), help="(default: auto)")
    add("--watch", action="store_true", help="check again whenever a file changes")


def _baseline(parser: argparse.ArgumentParser) -> None:
    _run(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="fargate-lint-baseline.json",
        help="the baseline (default: %(default)s)",
    )
    parser.add_argument("--prune", action="store_true", help="only take out what is fixed")
    parser.set_defaults(
        baseline=None, changed_since=None, fail_on=None, show_suppressed=False, stdin_filename=None
    )


def _ticket(parser: argparse.ArgumentParser) -> None:
    """What `explain` and `bundle` have in common."""
    add = parser.add_argument
    for option, what in (
        ("--logs", "console output, as any tool prints it"),
        ("--tasks", "describe-tasks output, or an event"),
    ):
        add(option, action="append", default=[], metavar="FILE", help=f"{what} (may be repeated)")
    add("--reason", metavar="TEXT", help="why the task stopped, as ECS says it")
    add("--exit-code", type=int, metavar="N", help="with which code a container ended")
    add("--container", metavar="NAME", help="which container that was")
    add(
        "--include",
        action="append",
        default=[],
        metavar="CONTAINER_PATH=LOCAL_FILE",
        help="a file or folder that the router's image has (may be repeated)",
    )
    add("--anonymize", action="store_true", help="other account ids, addresses and host names")
    add("--fluent-bit", metavar="VERSION", help="the router's Fluent Bit, whatever its image says")
    add("--config", metavar="FILE", help="use this configuration")
    add("--isolated", action="store_true", help="use no configuration at all")
    _plugins(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "subjects",
        nargs="*",
        metavar="RULE|PATH",
        help="rules, to show their pages; or files of a ticket: task definitions, logs, tasks",
    )
    _ticket(parser)
    formats = ("text", "markdown", "json", "html")
    parser.add_argument("--format", choices=formats, default="text")


def _bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("subjects", nargs="*", metavar="PATH", help="task definitions, logs, tasks")
    _ticket(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="ticket.zip", help="(default: %(default)s)"
    )


def _rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--config", metavar="FILE", help="the configuration that names plugins")
    parser.add_argument(
        "--no-plugins", action="store_true", help="load no plugins, not even installed ones"
    )
    parser.add_argument("--test", metavar="FILE", help="run the examples of its `[[rule]]`s")


def _permissions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("taskdef", metavar="TASKDEF", help="a task definition, `-` for stdin")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    _plugins(parser)


def _launch(parser: argparse.ArgumentParser) -> None:
    """What `render` and `trace` have in common."""
    add = parser.add_argument
    add("path", nargs="?", metavar="TASKDEF", help="a task definition, `-` for standard input")
    add("--task", metavar="FAMILY", help="of several task definitions in the file, only this one")
    add(
        "--include",
        nargs="+",
        action="extend",
        default=[],
        metavar="CONTAINER_PATH=LOCAL_FILE",
        help="a file or folder that the router's image has; may be repeated",
    )
    add(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUE",
        help="what only a running task knows: cluster=…, task-arn=…, task-definition=…",
    )
    add("--fluent-bit", metavar="VERSION", help="the router's Fluent Bit, whatever its image says")
    add("--unmasked", action="store_true", help="show secrets, and nothing but exact bytes")
    _plugins(parser)


def _render(parser: argparse.ArgumentParser) -> None:
    _launch(parser)
    add = parser.add_argument
    add(
        "--stage",
        choices=("order", "firelens", "launcher", "final", "argv", "pipeline"),
        help="how far to go: the order in which containers start and stop, FireLens' file, the "
        "launcher's, the final one with the command (default), only the command, all that Fluent "
        "Bit works with",
    )
    add("--format", choices=("conf", "json", "mermaid", "dot"), help="(default: conf)")
    add("--origins", action="store_true", help="comments on what made each line")


def _trace(parser: argparse.ArgumentParser) -> None:
    _launch(parser)
    add = parser.add_argument
    add("--container", metavar="NAME", help="the container that logs")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--log", metavar="TEXT", help="the line that it logs")
    what.add_argument("--record", metavar="JSON", help="the whole record, as it reaches the router")
    add("--time", metavar="SECONDS[.FRACTION]", help="Unix time of the record (default: now)")
    add("--format", choices=("text", "json"), default="text")


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("config", "findings", "render"), help="of what")


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="for which shell")
    parser.set_defaults(parser=lambda: _parser([]))


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("check task definitions", _check),
    "render": (
        "show what FireLens, the launcher and Fluent Bit make of a task definition",
        _render,
    ),
    "trace": ("follow one record of a container to every destination", _trace),
    "baseline": ("accept what is there, so that only what is new counts", _baseline),
    "explain": ("show a rule's page, or what went wrong with a task", _explain),
    "bundle": ("put what a ticket needs into one file, without secrets", _bundle),
    "rules": ("list the rules", _rules),
    "permissions": ("show what a task's roles must allow", _permissions),
    "schema": ("print the JSON Schema of the configuration or of an output", _schema),
    "completion": ("print a script that completes commands and options in a shell", _completion),
}


class Plain:
    """`check` with nothing but paths and FLAGS, read without argparse, a sixth of a cold start.

    All other options have the defaults that argparse gives them.
    """

    command = "check"
    baseline = changed_since = color = config = execution_role_policy = extend_select = None
    fail_on = fluent_bit = ignore = jobs = min_severity = output_format = security_group = None
    select = service = stdin_filename = task_role_policy = None
    diff = exit_zero = fix = isolated = no_plugins = plugins = quiet = show_files = False
    show_settings = show_suppressed = skip_unrelated = statistics = unsafe_fixes = False
    no_cache = verbose = watch = False

    def __init__(self, arguments: Sequence[str]) -> None:
        self.paths = [word for word in arguments if word not in FLAGS]
        for word, name in FLAGS.items():
            setattr(self, name, word in arguments)


#: Flags of `check` that Plain knows.
FLAGS = {
    "--isolated": "isolated",
    "--no-cache": "no_cache",
    "--skip-unrelated": "skip_unrelated",
}


def run() -> None:
    """The program: `main`, and then the end, without taking the interpreter apart (8 ms)."""
    # A short run ends before there is anything to collect; a long one has few cycles to a file.
    gc.set_threshold(50_000, 20, 20)
    stop.program = True
    full = False
    try:
        if sys.stdin is None or sys.stdout is None or sys.stderr is None:
            from fargate_lint import ending  # noqa: PLC0415  (closed by a careless caller)

            closed = ending.fill_streams()
            status = ending.said(closed) if closed else main()
        else:
            status = main()
    except BaseException as error:  # noqa: BLE001  (1 is what Python would end with: findings)
        status = 2
        full = _is_memory(error)
        if not full:
            from fargate_lint import ending  # noqa: PLC0415  (hardly ever needed)

            status = ending.status(error)
    if full:
        # The error is let go, and with it what the run has held: there is room to say so.
        gc.collect()
        from fargate_lint import ending  # noqa: PLC0415  (hardly ever needed)

        status = ending.said("there is not enough memory")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            from fargate_lint import ending  # noqa: PLC0415  (hardly ever needed)

            status = ending.unflushed(stream, error) or status
    os._exit(status)


def _is_memory(error: BaseException | None) -> bool:
    """Whether an error came of too little memory, as may one that was raised while handling it."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__context__
    return error is not None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` (default: the process' arguments) names; the exit status.

    0 nothing found, 1 findings, 2 usage or configuration, 3 nothing to check, 4 a bug.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # Half of a surrogate pair in somebody's file must not end a report. What a caller has put
        # in the place of a stream may take any text.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        if arguments[:1] == ["check"] and all(
            word in FLAGS or word == "-" or not word.startswith("-") for word in arguments
        ):
            args: argparse.Namespace | Plain = Plain(arguments[1:])
        else:
            args = _parser(arguments).parse_args(arguments)
        _colour(getattr(args, "color", None))
        return import_module(f"fargate_lint.commands.{args.command}").run(args)  # type: ignore[no-any-return]
    except Stop as error:
        from fargate_lint.commands.streams import complain  # noqa: PLC0415  (not in a run that ends well)

        complain(error.message, *([f"help: {error.help}"] if error.help else ()))
        return 2
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        return 0
    except KeyboardInterrupt:
        return 130


def _colour(wish: str | None) -> None:
    """Pass a wish for colours on, as the environment says it (https://no-color.org)."""
    if wish == "always":
        os.environ["FORCE_COLOR"] = "1"
        os.environ.pop("NO_COLOR", None)
    elif wish == "never":
        os.environ["NO_COLOR"] = "1"


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    from fargate_lint.commands.parser import Formatter, Parser  # noqa: PLC0415  (see Plain)
    from fargate_lint.version import __version__  # noqa: PLC0415  (not for a plain check)

    parser = Parser(
        prog="fargate-lint",
        formatter_class=Formatter,
        description="Launches an AWS Fargate task with FireLens on paper: what ECS would refuse, "
        "what FireLens would generate, what Fluent Bit would do with it.",
    )
    parser.add_argument("--version", action="version", version=f"fargate-lint {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, prog="fargate-lint"
    )
    chosen = [word for word in arguments[:1] if word in COMMANDS]
    # The parsers of the other commands are only needed to tell that they exist.
    for name in chosen or COMMANDS:
        help_text, fill = COMMANDS[name]
        command = commands.add_parser(
            name, help=help_text, description=help_text, formatter_class=Formatter
        )
        fill(command)
    return parser
