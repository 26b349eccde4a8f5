"""The task definitions in a file, as the plugins that the configuration names read it too."""

from __future__ import annotations

import sys

from fargate_lint.commands.streams import content
from fargate_lint.inputs import shapes
from fargate_lint.lint import registry
from fargate_lint.lint.files import called
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.inputs.shapes import Reading


def definitions(path: str) -> Reading:
    """The contents of a file. What is broken of a plugin is said on stderr.

    Raises Stop for a file that can't be read, and for a configuration that is wrong.
    """
    data = content(path)
    known = registry.load(*Configuration({}).plugins([path]))
    found = shapes.read(called(path), data, known.shapes, known.tables)
    broken = [fault.message for each in found.documents for fault in shapes.broken(each)]
    for problem in (*known.problems, *broken):
        print(f"warning: {escape(problem)}", file=sys.stderr)  # noqa: T201
    return found
