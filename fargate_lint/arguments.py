"""The arguments of each command."""

from __future__ import annotations

from fargate_lint.lint.finding import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

RULES = "RULE,…"


def _plugins(parser: argparse.ArgumentParser) -> None:
    """What every command has that finds a configuration beside its input."""
    parser.add_argument(
        "--plugins",
        action="store_true",
        help="load the plugins of every configuration that is found: they are code",
    )


def _stack(parser: argparse.ArgumentParser) -> None:
    """What is known of the stack of a template."""
    add = parser.add_argument
    add(
        "--parameters",
        action="append",
        default=[],
        metavar="FILE",
        help="the parameters of a template's stack (may be repeated)",
    )
    add("--region", metavar="REGION", help="the Region of a template's stack")


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
    _stack(parser)
    add(
        "--skip-unrelated",
        action="store_true",
        help="pass over named files that are something else, or excluded",
    )
    add("--no-gitignore", action="store_true", help="search also what `.gitignore` leaves out")
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
    _one(parser)
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
    formats = ("text", "json", "cloudformation")
    parser.add_argument("--format", choices=formats, default="text")
    _one(parser)
    _plugins(parser)


def _one(parser: argparse.ArgumentParser) -> None:
    """Which of several task definitions in a file is meant, and what is known of its stack."""
    parser.add_argument(
        "--address", metavar="ID", help="of several task definitions, the one with this logical id"
    )
    _stack(parser)


def _extract(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="files, `-` for standard input")
    add(
        "--format",
        choices=("json", "taskdef"),
        default="json",
        help="all that is known (default), or one definition that the AWS CLI takes",
    )
    add("--unmasked", action="store_true", help="show secrets")
    _one(parser)
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
    _one(parser)
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
    "extract": ("print the task definitions in any file as ECS would get them", _extract),
    "permissions": ("show what a task's roles must allow", _permissions),
    "schema": ("print the JSON Schema of the configuration or of an output", _schema),
    "completion": ("print a script that completes commands and options in a shell", _completion),
}
