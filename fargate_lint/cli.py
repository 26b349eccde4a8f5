"""The command line: arguments only. Each command's module is imported when it is chosen."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from fargate_lint import stop
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


class Plain:
    """`check` with nothing but paths and FLAGS, read without argparse, a sixth of a cold start.

    All other options have the defaults that argparse gives them.
    """

    command = "check"
    baseline = changed_since = color = config = execution_role_policy = extend_select = None
    fail_on = fluent_bit = ignore = jobs = min_severity = output_format = security_group = None
    region = select = service = stdin_filename = task_role_policy = None
    diff = exit_zero = fix = isolated = no_plugins = plugins = quiet = show_files = False
    show_settings = show_suppressed = skip_unrelated = statistics = unsafe_fixes = False
    no_cache = no_gitignore = verbose = watch = False

    def __init__(self, arguments: Sequence[str]) -> None:
        self.parameters: list[str] = []
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
    from fargate_lint.arguments import COMMANDS  # noqa: PLC0415  (see Plain)
    from fargate_lint.commands.parser import Formatter, Parser  # noqa: PLC0415  (the same)
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
        if name == "completion":
            command.set_defaults(parser=lambda: _parser([]))
    return parser
