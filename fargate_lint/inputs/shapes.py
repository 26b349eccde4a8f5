"""The shapes in which people keep task definitions, and the definitions that a document holds."""

from __future__ import annotations

from fargate_lint.ecs.task import Task
from fargate_lint.inputs import direct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.source.document import Document


class Shape:
    """A shape of files: `definitions` gives the task definitions in a document of it, else [].

    `marks` are words, in UTF-8, of which each file of the shape has at least one: files in folders
    that have none of any shape's are skipped without being parsed.
    """

    __slots__ = ("definitions", "marks", "name")

    def __init__(
        self,
        name: str,
        definitions: Callable[[Document], list[Definition]],
        *,
        marks: Iterable[str],
    ) -> None:
        self.name = name
        self.definitions = definitions
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


def read(name: str, data: bytes | str, shapes: Iterable[Shape] = ()) -> Reading:
    """The documents and task definitions in a file, of which `data` are the bytes or the text.

    `name` tells the syntax; `shapes` are those of plugins. Never raises: what can't be read is a
    fault of a document.
    """
    from fargate_lint.source.read import read as documents  # noqa: PLC0415  (not for skipped files)

    found = documents(name, data)
    return Reading(name, found, [task for document in found for task in tasks(document, shapes)])


def tasks(document: Document, shapes: Iterable[Shape] = ()) -> list[Task]:
    """The tasks that a document defines, in order; of one shape, the first that it has."""
    found = direct.definitions(document)
    for shape in () if found else shapes:
        found = shape.definitions(document)
        if found:
            break
    return [Task(definition) for definition in found]
