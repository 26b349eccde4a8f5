"""The shapes in which people keep task definitions, and the definitions that a document holds."""

from __future__ import annotations

from fargate_lint.ecs.task import Task
from fargate_lint.inputs import direct
from fargate_lint.source.document import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fargate_lint.data.private import Tables
    from fargate_lint.ecs.definition import Definition
    from fargate_lint.inputs.cloudformation.template import Given
    from fargate_lint.source.document import Document


class Shape:
    """A shape of files: `definitions` gives the task definitions in a document of it, else [].

    `marks` are words of which each file of the shape has at least one, encoded in UTF-8: files in
    folders that have none of any shape's are skipped without being parsed. What `definitions`
    raises is one finding, `broken-rule`, and other shapes are tried.
    """

    __slots__ = ("definitions", "marks", "name", "plugin")

    def __init__(
        self,
        name: str,
        definitions: Callable[[Document], list[Definition]],
        *,
        marks: Iterable[str],
    ) -> None:
        self.name = name
        self.definitions = definitions
        #: The name of the plugin that gives it.
        self.plugin = ""
        self.marks = tuple(mark.encode() for mark in marks)


class Reading:
    """The contents of a file: its documents, and the tasks that they define, in order."""

    __slots__ = ("documents", "name", "tasks")

    def __init__(self, name: str, documents: list[Document], tasks: list[Task]) -> None:
        self.name = name
        #: The documents in the file, at least one: several only in YAML.
        self.documents = documents
        #: The task definitions as rules and simulations see them.
        self.tasks = tasks

    @property
    def definitions(self) -> list[Definition]:
        """The task definitions, with the way back to where each part of them is written."""
        return [task.definition for task in self.tasks]


def read(
    name: str,
    data: bytes | str,
    shapes: Iterable[Shape] = (),
    tables: Tables | None = None,
    given: Given | None = None,
    *,
    beside: bool = False,
) -> Reading:
    """The documents and task definitions in a file, of which `data` are the bytes or the text.

    `name` tells the syntax; `shapes` and `tables` are those of plugins, `given` is what is known of
    the stack of a template. With `beside`, files are read that CDK has written beside a template.
    Never raises: what can't be read is a fault of a document.
    """
    from fargate_lint.source.read import read as documents  # noqa: PLC0415  (not for skipped files)

    found = documents(name, data)
    inside = [
        task for document in found for task in tasks(document, shapes, tables, given, beside=beside)
    ]
    return Reading(name, found, inside)


def tasks(
    document: Document,
    shapes: Iterable[Shape] = (),
    tables: Tables | None = None,
    given: Given | None = None,
    *,
    beside: bool = False,
) -> list[Task]:
    """The tasks that a document defines, in order; of one shape, the first that it has.

    `tables` have private images and plugins. A shape that fails is a fault of the document.
    """
    found = [
        Task(definition, tables) for definition in _definitions(document, given, beside=beside)
    ]
    for shape in () if found else shapes:
        try:
            made = shape.definitions(document)
            for definition in made:
                definition.plugin = shape.plugin
            found = [Task(definition, tables) for definition in made]
        except Exception as error:  # noqa: BLE001  (whatever a stranger's function does)
            _note(document, shape, error)
        if found:
            break
    return found


def _definitions(document: Document, given: Given | None, *, beside: bool) -> Sequence[Definition]:
    """The task definitions of a document, in a shape that everybody has."""
    found = direct.definitions(document)
    value = document.value
    if found or not isinstance(value, dict):
        return found
    if "Resources" in value or "ContainerDefinitions" in value:
        from fargate_lint.inputs import cloudformation  # noqa: PLC0415  (only for templates)

        return cloudformation.definitions(document, given, beside=beside)
    return found


def first_cases(tasks: Iterable[Task]) -> list[Task]:
    """The tasks, of those that differ only by the conditions of a template the first."""
    found: dict[object, Task] = {}
    for task in tasks:
        definition = task.definition
        key = (id(definition.document), definition.address) if definition.case else id(task)
        found.setdefault(key, task)
    return list(found.values())


def broken(document: Document) -> list[Fault]:
    """The faults of shapes that failed on a document."""
    return [fault for fault in document.faults if fault.kind == "broken-shape"]


def _note(document: Document, shape: Shape, error: Exception) -> None:
    from fargate_lint.source.failure import failure  # noqa: PLC0415  (never without a bug)

    what = f"shape `{shape.name}` of plugin `{shape.plugin}` failed: {failure(error)}"
    if all(fault.message != what for fault in document.faults):
        advice = f"please report this to the authors of `{shape.plugin}`"
        document.faults.append(Fault("broken-shape", what, 0, 0, help=advice))
