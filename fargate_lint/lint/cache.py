"""Reports of earlier runs, so that a file that hasn't changed isn't checked again.

Each is a file of its own in a folder. Its name stands for the checked file's name and for all that
its report depends on but its content: the settings, the code of the rules and of plugins. It holds
a digest of that and of the content, one of itself, and the report in JSON: data, never code. What
is damaged, or was kept for another content, is as good as not there. Files appear by a rename, so
that runs side by side don't meet.
"""

from __future__ import annotations

import json
import os
import sys
import time
from hashlib import blake2b

from fargate_lint.inputs.detect import is_fluent_bit
from fargate_lint.lint.linter import MARK, Report
from fargate_lint.lint.located import Located, Point, Related
from fargate_lint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fargate_lint.lint.files import Found
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.settings import Settings

#: The folder, in the one where the program is started, unless the environment names another.
FOLDER = ".fargate_lint_cache"
VARIABLE = "FARGATE_LINT_CACHE_DIR"
#: The first file in it.
MARKER = "CACHEDIR.TAG"
#: What tells backup programs, and git, that a folder can be made again (https://bford.info/cachedir/).
TAG = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# Reports of fargate-lint on files that haven't changed. Can be removed at any time.\n"
)
#: Bytes of a digest.
SIZE = 16
#: Settings of which a report depends on other files than its own.
GIVEN = ("service", "task_role_policies", "execution_role_policies", "security_groups")


class Cache:
    """Reports that are kept under one registry, in a folder that is made where there is none.

    `flags` are what else the reports depend on. The folder that the environment names may have come
    from another machine; the one in the current folder may have come with a stranger's checkout,
    and is believed only where it was made. Where the folder can't be used, nothing is found and
    nothing is kept.
    """

    def __init__(self, registry: Registry, flags: Iterable[object]) -> None:
        given = registry.given
        stack = [given.region, repr(sorted(given.parameters.items()))] if given is not None else []
        named = os.environ.get(VARIABLE, "")
        self._folder = named or FOLDER
        #: Whether reports can be looked up, and kept.
        self._readable = self._writable = bool(named) or not os.path.islink(FOLDER)
        identity = ""
        try:
            identity = self._made() if self._readable else ""
        except OSError:
            self._readable = self._writable = False
        self._code = [*flags, *stack, *_code(registry), "" if named else identity]
        #: What the reports under some settings depend on, None where they aren't kept.
        self._bases: dict[int, bytes | None] = {}

    def _made(self) -> str:
        """When and where the folder was made, which is true of no copy of it."""
        marker = os.path.join(self._folder, MARKER)
        if not os.path.lexists(marker):
            os.makedirs(self._folder, exist_ok=True)
            _write(os.path.join(self._folder, ".gitignore"), b"*\n")
            _write(marker, TAG)
        status = os.lstat(marker)
        return f"{status.st_dev} {status.st_ino} {status.st_mtime_ns}"

    def find(self, found: Found, data: bytes, settings: Settings) -> Report | None:
        """The report on a file with these bytes, None when none was kept."""
        base = self._base(settings)
        if base is None:
            return None
        name, digest = self._key(base, found, data, settings)
        try:
            with open(os.path.join(self._folder, name), "rb") as file:
                kept = file.read()
        except OSError:
            return None
        body = kept[2 * SIZE :]
        if kept[:SIZE] != digest or kept[SIZE : 2 * SIZE] != _digest(body):
            return None
        return _report(found.path, json.loads(body))

    def keep(self, report: Report, found: Found, data: bytes, settings: Settings) -> None:
        """Keep a report that still has its documents, if the file alone has made it what it is."""
        base = self._base(settings)
        if base is None or not self._writable or report.status == "skipped" or report.broken:
            return
        # A configuration of Fluent Bit is judged with what it includes, a template of CDK with what
        # CDK has written beside it.
        if any(is_fluent_bit(document) for document in report.documents):
            return
        if any(task.definition.made_at is not None for task in report.tasks):
            return
        name, digest = self._key(base, found, data, settings)
        body = json.dumps(_kept(report)).encode()
        try:
            _write(os.path.join(self._folder, name), digest + _digest(body) + body)
        except OSError:
            # A full disk, or one that can only be read.
            self._writable = False

    def _base(self, settings: Settings) -> bytes | None:
        if not self._readable:
            return None
        if id(settings) not in self._bases:
            self._bases[id(settings)] = self._stated(settings)
        return self._bases[id(settings)]

    def _stated(self, settings: Settings) -> bytes | None:
        if any(getattr(settings, name) for name in GIVEN):
            return None
        document = settings.document
        configuration = (document.name, document.text) if document is not None else ()
        stated = [
            self._code,
            settings.command_line,
            settings.withheld,
            configuration,
        ]
        return json.dumps(stated).encode()

    def _key(self, base: bytes, found: Found, data: bytes, settings: Settings) -> tuple[str, bytes]:
        """What a report is called, and the digest of all that it depends on."""
        relative = settings.relative(found.path) if settings.document is not None else ""
        asked = json.dumps([found.path, relative, found.named]).encode()
        name = blake2b(base + asked, digest_size=SIZE)
        whole = name.copy()
        if settings.ignores or MARK.encode() in data:
            # What is ignored may be so until a day.
            whole.update(time.strftime("%Y-%m-%d").encode())
        whole.update(data)
        return name.hexdigest(), whole.digest()


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=SIZE).digest()


def _write(path: str, data: bytes) -> None:
    beside = f"{path}.{os.urandom(8).hex()}"
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(beside, how, 0o666), "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except OSError:
        if os.path.lexists(beside):
            os.unlink(beside)
        raise


def _code(registry: Registry) -> Iterator[str]:
    """What changes with the code and the tables of ours, and with the code of plugins."""
    yield __version__
    folder = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    record = os.path.join(folder, f"fargate_lint-{__version__}.dist-info", "RECORD")
    try:
        # An installed package has the digests of all its files.
        with open(record, "rb") as file:
            yield _digest(file.read()).hex()
        names = registry.modules
    except OSError:
        names = ["fargate_lint", "fargate_lint_rules", *registry.modules]
    for name in names:
        module = sys.modules.get(name)
        source = getattr(module, "__file__", None)
        if source is not None:
            times = [os.stat(each).st_mtime_ns for each in _files(source, module)]
            yield f"{name} {source} {len(times)} {max(times, default=0)}"


def _files(source: str, module: object) -> Iterator[str]:
    """The files of a package, or those beside a module, which may import them."""
    for parent, folders, names in os.walk(os.path.dirname(source)):
        whole = hasattr(module, "__path__")
        folders[:] = [name for name in folders if whole and name != "__pycache__"]
        yield from (os.path.join(parent, name) for name in names)


def _kept(report: Report) -> list[Any]:
    """A report as JSON can hold it."""
    findings = [
        [getattr(finding, name) for name in Located.__slots__] for finding in report.findings
    ]
    rest = report.ignored, report.hidden, report.kinds, report.unjudged
    return [report.status, findings, *rest]


def _report(name: str, kept: list[Any]) -> Report:
    """A report from what `_kept` has made of it."""
    status, findings, *rest = kept
    return Report(name, status, map(_finding, findings), *rest)


def _finding(values: list[Any]) -> Located:
    finding = Located()
    for name, value in zip(Located.__slots__, values, strict=True):
        setattr(finding, name, value)
    finding.start, finding.end = Point(finding.start), Point(finding.end)
    finding.source = _lines(finding.source)
    finding.related = [
        Related((file, path, Point(start), Point(end), message, _lines(source)))
        for file, path, start, end, message, source in finding.related
    ]
    if finding.suppression is not None:
        kind, reason = finding.suppression
        finding.suppression = kind, reason
    return finding


def _lines(source: dict[Any, str]) -> dict[int, str]:
    return {int(number): line for number, line in source.items()}
