"""The task definitions in a file, as the plugins that the configuration names read it too."""

from __future__ import annotations

from fargate_lint.commands.plugins import load
from fargate_lint.commands.streams import content, remark, warn
from fargate_lint.inputs import shapes
from fargate_lint.lint.files import called
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from fargate_lint.ecs.task import Task
    from fargate_lint.inputs.cloudformation.template import Given
    from fargate_lint.inputs.shapes import Reading


def definitions(path: str, args: argparse.Namespace) -> Reading:
    """The contents of a file: of its task definitions those with the `address` that is asked for.

    What is broken of a plugin is said on standard error. With `plugins`, those are loaded that any
    configuration beside the file names. Raises Stop for a file that can't be read, for a
    configuration that is wrong, and for an address that the file hasn't.
    """
    data = content(path)
    known = load(Configuration({}, trust="all" if args.plugins else "above"), [path])
    found = shapes.read(called(path), data, known.shapes, known.tables, given(args), beside=True)
    broken = [fault.message for each in found.documents for fault in shapes.broken(each)]
    for problem in broken:
        warn(problem)
    if args.address is not None:
        found.tasks = _addressed(found.tasks, args.address, path)
    return found


def given(args: argparse.Namespace) -> Given | None:
    """What the command line tells of the stack of a template."""
    if not args.parameters and not args.region:
        return None
    from fargate_lint.commands import stack  # noqa: PLC0415  (only for templates)

    return stack.given(args.parameters, args.region)


def one_case(tasks: Sequence[Task]) -> list[Task]:
    """The tasks, of each one case of the conditions around it, which is said."""
    found = shapes.first_cases(tasks)
    for task in found:
        case = task.definition.case
        if case:
            shown = ", ".join(f"`{name}` {str(holds).lower()}" for name, holds in case.items())
            remark(
                f"`{task.definition.address}` depends on conditions: this is the case {shown}; "
                "--parameters tells which holds"
            )
    return found


def _addressed(tasks: Sequence[Task], address: str, path: str) -> list[Task]:
    found = [task for task in tasks if task.definition.address == address]
    if not found:
        names = {task.definition.address: None for task in tasks if task.definition.address}
        listed = ", ".join(f"`{name}`" for name in names)
        raise Stop(
            f"`{path}` has no task definition with the address `{address}`",
            f"it has {listed}" if listed else "its task definitions have no addresses",
        )
    return found
