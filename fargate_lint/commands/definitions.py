"""The task definitions in a file, as the plugins that the configuration names read it too."""

from __future__ import annotations

from fargate_lint.commands.plugins import load
from fargate_lint.commands.streams import content, warn
from fargate_lint.inputs import shapes
from fargate_lint.lint.files import called
from fargate_lint.lint.settings.configuration import Configuration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.inputs.shapes import Reading


def definitions(path: str, *, plugins: bool = False) -> Reading:
    """The contents of a file. What is broken of a plugin is said on standard error.

    With `plugins`, those are loaded that any configuration beside the file names. Raises Stop for
    a file that can't be read, and for a configuration that is wrong.
    """
    data = content(path)
    known = load(Configuration({}, trust="all" if plugins else "above"), [path])
    found = shapes.read(called(path), data, known.shapes, known.tables)
    broken = [fault.message for each in found.documents for fault in shapes.broken(each)]
    for problem in broken:
        warn(problem)
    return found
