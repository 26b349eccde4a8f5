from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from fargate_lint.lint.linter import Report
from fargate_lint.lint.located import Located, Point, Related
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.summary import Summary
from fargate_lint.report.findings import FORMATS
from tests.report.browser import BINARY, Browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Screen(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture(autouse=True)
def _plain(plain: None) -> None:
    del plain


@pytest.fixture
def found() -> Callable[..., Located]:
    """A finding about the first `what` in `text`, with (what, message) pairs that belong to it."""

    def _place(text: str, what: str) -> tuple[Point, Point, dict[int, str]]:
        def point(offset: int) -> Point:
            line = text.count("\n", 0, offset) + 1
            return Point((line, offset - text.rfind("\n", 0, offset)))

        start, end = point(text.index(what)), point(text.index(what) + len(what))
        lines = text.split("\n")
        return start, end, {line: lines[line - 1] for line in range(start[0], end[0] + 1)}

    def _found(
        text: str,
        what: str,
        message: str,
        *,
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        related: Sequence[tuple[str, ...]] = (),
        rule: str = "LCH101 launcher-missing-double-dash",
        severity: str = "error",
        file: str = "task.json",
        container: str = "",
    ) -> Located:
        located = Located()
        located.code, located.name = rule.split()
        located.severity = severity
        located.message = message
        located.help = help
        located.file = file
        located.path = located.member = "/containerDefinitions/1/command/4"
        located.task = "shop"
        located.container = container
        located.start, located.end, located.source = _place(text, what)
        located.related = []
        for word, label, *elsewhere in related:
            name, body = elsewhere or (file, text)
            start, end, source = _place(body, word)
            located.related.append(Related((name, "/family", start, end, label, source)))
        located.fingerprint = "0123456789abcdef"
        return located

    return _found


@pytest.fixture
def report() -> Callable[..., str]:
    """What a format prints about findings in a file, or in results of several files."""

    def _report(
        name: str,
        *findings: Located,
        statistics: bool = False,
        terminal: bool = False,
        skipped: int = 0,
        **settings: str,
    ) -> str:
        summary = Summary(Configuration(settings, isolated=True), skip_unrelated=False)
        summary.add(Report("task.json", "checked", findings))
        for index in range(skipped):
            summary.add(Report(f"package{index}.json", "skipped"))
        screen = Screen(terminal=terminal)
        FORMATS[name].write(summary, screen, statistics=statistics)
        return screen.getvalue()

    return _report


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if BINARY is None:
        pytest.skip("needs chromium on the PATH")
    found = Browser(tmp_path_factory.mktemp("browser"))
    yield found
    found.close()
