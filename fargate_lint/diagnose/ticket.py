"""The files of a ticket, each taken for what it holds."""

from __future__ import annotations

import os

from fargate_lint.diagnose import folders, tasks
from fargate_lint.inputs import shapes
from fargate_lint.lint import files
from fargate_lint.lint.mask.redact import free
from fargate_lint.source.read import content, extension, read
from fargate_lint.source.text import LIMIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fargate_lint.diagnose.tasks import TaskState
    from fargate_lint.lint.registry import Registry
    from fargate_lint.source.document import Document

#: Names of files that are logs when they are nothing else.
LOGS = frozenset({"", "csv", "gz", "json", "log", "md", "out", "tsv", "txt"})
#: What a description of a task has.
TASK_WORDS = (b"stoppedReason", b"StoppedReason", b"exitCode", b"ExitCode", b"stopCode")
#: Names of files in a folder that may be evidence.
EVIDENCE = (".csv", ".gz", ".jsonl", ".log", ".ndjson", ".out", ".tsv", ".txt")
#: Names of files that are looked for in a folder.
SUFFIXES = (*files.SUFFIXES, *EVIDENCE)


class Ticket:
    """What was given for a diagnosis: task definitions, logs, tasks, and files of the router.

    `subjects` are files and folders that may be any of it, `logs` and `descriptions` those that
    were named as such. `content` reads a file, `registry` knows the shapes of files. Raises Stop
    for one that can't be read.
    """

    def __init__(
        self,
        subjects: Iterable[str],
        logs: Iterable[str],
        descriptions: Iterable[str],
        includes: dict[str, tuple[str, str]],
        registry: Registry,
        content: Callable[[str], bytes] = content,
    ) -> None:
        self.documents: list[Document] = []
        self.logs: list[str] = list(logs)
        self.states: list[TaskState] = []
        #: Files that the states come from.
        self.task_files: list[str] = []
        self.includes = includes
        #: Files that hold nothing that can be explained.
        self.skipped: list[str] = []
        #: How many of the files in a folder do.
        self.unrelated = 0
        #: Links in folders that were not followed.
        self.passed = files.Passed()
        #: What failed of plugins: a sentence each.
        self.problems: list[str] = []
        self._content = content
        self._registry = registry
        self._parts: list[str] = []
        for path in descriptions:
            self._take_tasks(path)
        for found in files.search(
            subjects, lambda _: False, SUFFIXES, self.passed, gitignore=lambda _: False
        ):
            if found.named:
                self._take(found.path)
            else:
                self._find(found.path)
        self._match_parts()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to explain."""
        return not (self.documents or self.logs or self.states)

    def _take_tasks(self, path: str) -> None:
        """A file that was named as one with tasks; text in it is read like a log."""
        found = [state for document in self._read(path) for state in tasks.states(document)]
        self.states += found
        (self.task_files if found else self.logs).append(path)

    def _take(self, path: str) -> None:
        """A file that was named, whatever it is."""
        if _is_large(path):
            self.logs.append(path)
        elif not self._document(path):
            (self.logs if extension(path) in LOGS else self.skipped).append(path)

    def _find(self, path: str) -> None:
        """A file in a folder, if it has to do with any of this."""
        if not os.path.isfile(path):
            return
        text = path.lower().endswith(EVIDENCE)
        if _is_large(path) or (text and not self._describes(path)) or not self._document(path):
            telling = text or extension(path) == "json"
            if telling and folders.is_evidence(path, self._content(path)):
                self.logs.append(path)
            else:
                self.unrelated += 1

    def _document(self, path: str) -> bool:
        """Take a file for what it holds: task definitions, tasks, a configuration."""
        documents = self._read(path)
        definitions = [document for document in documents if self._registry.tasks(document)]
        states = [state for document in documents for state in tasks.states(document)]
        if definitions:
            self.documents += definitions
        elif states:
            self.states += states
            self.task_files.append(path)
        elif extension(path) == "conf":
            self._parts.append(path)
        broken = [fault.message for document in documents for fault in shapes.broken(document)]
        self.problems += broken
        return bool(definitions or states or broken or extension(path) == "conf")

    def _match_parts(self) -> None:
        """Take a configuration for the file of the router that has its name."""
        for document in self.documents:
            for task in self._registry.tasks(document):
                for container in task.containers:
                    wanted = container.text("firelensConfiguration", "options", "config-file-value")
                    for path in self._parts if isinstance(wanted, str) else ():
                        if os.path.basename(path) == os.path.basename(str(wanted)):
                            text = self._content(path).decode("utf-8", "replace")
                            self.includes.setdefault(str(wanted), (path, text))

    def _describes(self, path: str) -> bool:
        """Whether a text may be what ECS says of a task, rather than a log."""
        data = self._content(path)
        return any(word in data for word in TASK_WORDS)

    def _read(self, path: str) -> list[Document]:
        return read(free(files.called(path)), self._content(path))


def _is_large(path: str) -> bool:
    try:
        return os.path.getsize(path) > LIMIT
    except OSError:
        return False
