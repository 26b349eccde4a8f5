from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

TASK = '{"a": 1,\n "b": 2}'


class Tags(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.tags


@pytest.fixture
def page(found: Callable[..., Located], report: Callable[..., str]) -> str:
    return report(
        "html",
        found(
            TASK, "1", "needs `two`", container="web", help="write `2`", related=[("2", "as here")]
        ),
        found(TASK, "2", "three", severity="warning", file="b.json", rule="ACME101 no-owner"),
        found(TASK, "a", "four", severity="info", file="a.json", rule="ACME102 no-cost"),
        min_severity="info",
    )


def test_the_page_loads_nothing_from_anywhere(page: str) -> None:
    for tag, attributes in tags(page):
        assert tag not in {"link", "img", "iframe"}
        assert "src" not in attributes
    assert "@import" not in page
    assert page.isascii()
    assert "url(" not in page


def test_a_finding_stands_with_its_source(page: str) -> None:
    assert "1 error, 1 warning, 1 note in 1 file" in page
    assert '<span class="number">1 | </span>{&#34;a&#34;: <mark>1</mark>,' in page
    assert "task.json:2:7: as here" in page
    assert '<span class="help">write <code>2</code></span>' in page
    assert "<td>needs <code>two</code><br>" in page


def test_nothing_in_a_file_becomes_markup(
    found: Callable[..., Located], report: Callable[..., str], page: str
) -> None:
    evil = "\"'></td></script><script>alert(1)</script><img onerror=x>{{ 7*7 }}\x1b[0m"
    text = f"{evil} 1\n{evil}"
    written = report(
        "html", found(text, "1", evil, file=evil, container=evil, help=evil, related=[("1", evil)])
    )
    kinds = {tag for tag, _ in tags(page)}
    assert {tag for tag, _ in tags(written)} <= kinds
    assert sum(tag == "script" for tag, _ in tags(written)) == 1
    assert "\x1b" not in written


def test_a_long_line_is_cut_around_the_fault(
    found: Callable[..., Located], report: Callable[..., str]
) -> None:
    line = "x" * 5000 + "1" + "y" * 5000
    written = report("html", found(line, "1", "here"))
    assert f"&#8230;{'x' * 120}<mark>1</mark>{'y' * 120}&#8230;" in written


def test_a_clean_run_says_so(report: Callable[..., str]) -> None:
    written = report("html")
    assert "<p>No problems.</p>" in written
    assert "<table" not in written
