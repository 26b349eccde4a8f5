from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fargate_lint.diagnose import tasks
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.report.ticket import html as ticket_html
from fargate_lint.source.read import read

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "fargate_lint" / "data" / "examples" / "cloudwatch.json"
EVIL = "\"'></code></pre></script><script>alert(1)</script><img src=//x onerror=y>{{ 7*7 }}"
VOID = {"meta"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(
    log: str, evil: str = "", *, broken: bool = True, state: dict[str, Any] | None = None
) -> str:
    task = json.loads(EXAMPLE.read_text())
    router = next(one for one in task["containerDefinitions"] if one["name"] == "log_router")
    if broken:
        router["command"].remove("--")
    task["containerDefinitions"][0]["environment"] = [{"name": "X", "value": evil}]
    text = json.dumps(task, indent=1)
    stream = io.StringIO()
    documents = read("task.json", text.encode())
    logs = [(f"log{evil}", io.BytesIO(log.encode()))]
    states = [
        found
        for document in read("state.json", json.dumps(state, indent=1).encode())
        for found in tasks.states(document)
    ]
    ticket_html.write(diagnose(documents, logs, states, registry=registry.load()), stream)
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
    assert not {"src", "onload", "onclick"} & set(found.attributes)
    assert found.links
    assert all(link.startswith("#") and f'id="{link[1:]}"' in text for link in found.links)
    assert "url(" not in text
    assert "default-src 'none'" in text
    assert text.isascii()


def test_the_page_has_all_parts() -> None:
    text = page(LOG)
    for title in (
        "Why", "What to change", "How to verify", "What else was found", "The lines that say so",
        "Task definition task.json", "Who reaches whom",
    ):  # fmt: skip
        assert f">{title}" in text, title
    assert "<mark>[error] [output:http:http.0] a:1, HTTP status=403</mark>" in text
    assert '<span class="row note">^ <code>-e</code> is for Fluent Bit, but no' in text
    # Where the launcher stops, there is no configuration to show.
    whole = page(LOG, broken=False)
    assert ">The configuration that Fluent Bit reads" in whole
    assert re.search(r'Mem_Buf_Limit 50M</span><a class="origin" href="#d1-\d+">line \d+<', whole)


def rows(text: str) -> list[str]:
    """The lines of logs: number, mark and text."""
    part = text.partition('<section id="lines">')[2].partition("</section>")[0]
    found = re.findall(
        r'<span class="row (\w*)"[^>]*><span class="number">(\S+?)</span>(?:<mark>)?(.*?)[<\n]',
        part,
    )
    return [" ".join(filter(None, (number, mark, shown))) for mark, number, shown in found]


def test_decisive_lines_stand_among_those_around_them() -> None:
    log = [f"GET /{number}" for number in range(1, 31)]
    log[9] = LOG
    log[11] = "[error] [output:http:http.0] a:1, HTTP status=401"
    log[24] = "[warn] [engine] chunk '1-1.2.flb' cannot be retried: task_id=0, input=x > output=y.0"
    text = page("\n".join(log))
    assert rows(text) == [
        "7 GET /7", "8 GET /8", "9 GET /9", f"10 decisive {LOG.strip()}", "11 GET /11",
        f"12 decisive {log[11]}", "13 GET /13", "14 GET /14", "15 GET /15", "&#8942; gap",
        "22 GET /22", "23 GET /23", "24 GET /24",
        f"25 named {log[24].replace('>', '&gt;').replace(chr(39), '&#39;')}",
        "26 GET /26", "27 GET /27", "28 GET /28",
    ]  # fmt: skip


def test_lines_around_decisive_ones_are_masked() -> None:
    body = ["MIIEpAIBAAKCAQEA1c7Q", "k" * 64, "short=="]
    key = ["-----BEGIN RSA PRIVATE KEY-----", *body, "-----END RSA PRIVATE KEY-----"]
    for log in (
        ["password=planted-1", LOG, "Authorization: Bearer planted-2-planted"],
        [*key, LOG],
        [LOG, *key],
        [*key[-2:], LOG, *key[:2]],
        [*key[1:3], LOG, key[2]],
    ):
        shown = page("\n".join(log))
        assert f"<mark>{LOG.strip()}</mark>" in shown
        assert "planted" not in shown
        assert not any(line in shown for line in key[2:])


def test_a_line_of_the_task_s_state_stands_among_those_around_it() -> None:
    state = {
        "tasks": [{
            "lastStatus": "STOPPED",
            "containers": [{"name": "log_router", "exitCode": 255, "runtimeId": "x"}],
        }]
    }  # fmt: skip
    text = page("", state=state)
    assert rows(text) == [
        "5 &#34;containers&#34;: [", "6  {", "7   &#34;name&#34;: &#34;log_router&#34;,",
        "8 decisive   &#34;exitCode&#34;: 255,", "9   &#34;runtimeId&#34;: &#34;x&#34;", "10  }",
        "11 ]",
    ]  # fmt: skip


def test_nothing_that_is_given_becomes_markup() -> None:
    plain, evil = tags(page(LOG)), tags(page(LOG + EVIL, EVIL))
    assert set(evil.names) <= set(plain.names)
    assert set(evil.attributes) <= set(plain.attributes)
