from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.report import ticket_html
from fargate_lint.source.read import read

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "fargate_lint" / "data" / "examples" / "cloudwatch.json"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
EVIL = "\"'></code></pre></script><script>alert(1)</script><img src=//x onerror=y>{{ 7*7 }}"
VOID = {"meta"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(log: str, evil: str = "", *, broken: bool = True) -> str:
    task = json.loads(EXAMPLE.read_text())
    router = next(one for one in task["containerDefinitions"] if one["name"] == "log_router")
    if broken:
        router["command"].remove("--")
    task["containerDefinitions"][0]["environment"] = [{"name": "X", "value": evil}]
    text = json.dumps(task, indent=1)
    stream = io.StringIO()
    documents = read("task.json", text.encode())
    logs = [(f"log{evil}", io.BytesIO(log.encode()))]
    ticket_html.write(diagnose(documents, logs, [], registry=registry.load()), stream)
    return stream.getvalue()


def tags(text: str) -> Tags:
    found = Tags()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


LOG = "[error] [output:http:http.0] a:1, HTTP status=403 "


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    text = page(LOG)
    found = tags(text)
    assert "script" not in found.names
    assert not {"src", "href", "onload", "onclick"} & set(found.attributes)
    assert "url(" not in text
    assert "default-src 'none'" in text


def test_the_page_has_all_parts() -> None:
    text = page(LOG)
    for title in (
        "Why", "What to change", "How to verify", "What else was found", "The lines that say so",
        "Task definition task.json", "Who reaches whom",
    ):  # fmt: skip
        assert f">{title}" in text, title
    assert "<mark>[error] [output:http:http.0] a:1, HTTP status=403</mark>" in text
    assert re.search(r'<span class="note">\^ [^<]*is for Fluent Bit', text)
    # Where the launcher stops, there is no configuration to show.
    whole = page(LOG, broken=False)
    assert ">The configuration that Fluent Bit reads" in whole
    assert re.search(r"Mem_Buf_Limit 50M</code></td><td class=.faint.>task.json:\d+<", whole)


def test_nothing_that_is_given_becomes_markup() -> None:
    plain, evil = tags(page(LOG)), tags(page(LOG + EVIL, EVIL))
    assert set(evil.names) <= set(plain.names)
    assert set(evil.attributes) <= set(plain.attributes)


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser")
@pytest.mark.parametrize("size", ["1280,1600", "390,844"])
def test_a_browser_shows_it_without_complaint(size: str, tmp_path: Path) -> None:
    assert BROWSER is not None
    file = tmp_path / "page.html"
    file.write_text(page(LOG))
    pictures = ROOT / ".artifacts"
    pictures.mkdir(exist_ok=True)
    picture = pictures / f"ticket-{size.partition(',')[0]}.png"
    run = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={size}",
            "--enable-logging=stderr", "--v=0", f"--screenshot={picture}", file.as_uri(),
        ],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert picture.stat().st_size > 10_000
    assert not re.search(r"CONSOLE|Refused to", run.stderr)
