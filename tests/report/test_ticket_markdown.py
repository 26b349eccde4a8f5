from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.report.ticket.markdown import code, inline, render

REGISTRY = registry.load()
#: As GitHub and GitLab read it, but for what they link to.
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False, "html": True})
JOINER = "\u2060"


def report(log: str) -> str:
    return render(diagnose([], [("log", io.BytesIO(log.encode()))], [], registry=REGISTRY))


def shown(html: str) -> str:
    """The text of a page."""
    text = re.sub(r"<[^>]*>", "", html)
    for name, character in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("amp", "&")):
        text = text.replace(f"&{name};", character)
    return text


def prose(html: str) -> str:
    """The text of a page that is no code."""
    return shown(re.sub(r"<code>.*?</code>", "", html))


def test_a_whole_ticket_is_what_it_is_meant_to_be() -> None:
    log = (
        "[error] [output:http:http.0] a:1, HTTP status=403 | **x** `y` @team #12 !7 <b>z</b>\n"
        "[ warn] [engine] chunk '1-1.2.flb' cannot be retried: task_id=0, input=x > output=http.0\n"
    )
    page = MARKDOWN.render(report(log))
    assert re.findall(r"<h\d>(.*?)</h\d>", page)[1:] == [
        "Why", "What to change", "How to verify", "What else was found",
        "What was not checked, and what would tell more",
    ]  # fmt: skip
    assert page.count("<h2>") == 1
    assert not re.search(r"<(?:b|table|a|img|em>[^f])", page)
    assert "@" not in prose(page)
    assert "#12" not in prose(page)
    assert log.splitlines()[0] in shown(page)
    assert page.count("<ol>") == 1
    assert page.rstrip().endswith("</em></p>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a | b", "a | b"),
        ("*a* _b_ ~~c~~ [d](e) <f> # g", "*a* _b_ ~~c~~ [d](e) &lt;f&gt; # g"),
        ("&lt; &", "&amp;lt; &amp;"),
        ("say `*a*` and `", "say <code>*a*</code> and `"),
        ("@team", f"@{JOINER}team"),
        ("acme/web#12, GH !7, $3, # 4", f"acme/web#{JOINER}12, GH !{JOINER}7, ${JOINER}3, # 4"),
        ("`a``b`", "<code>a</code> <code>b</code>"),
        ("`@team #12`", "<code>@team #12</code>"),
    ],
)
def test_text_stays_text(text: str, html: str) -> None:
    assert MARKDOWN.render(f"x {inline(text)}") == f"<p>x {html}</p>\n"


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=30))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    seen = " ".join(shown(MARKDOWN.render(f"x {inline(text)} x")).replace(JOINER, "").split())
    # What stands between backticks is code, without them and without a blank at both ends.
    assert re.sub(r"[`\s]", "", seen) == re.sub(r"[`\s]", "", f"x {text} x")


@given(st.text(st.sampled_from("`a |\\*@<&"), min_size=1, max_size=12))
def test_code_is_code_whatever_it_holds(text: str) -> None:
    html = MARKDOWN.renderInline(f"x {code(text)} x")
    found = re.fullmatch(r"x <code>(.*)</code> x", html)
    assert found is not None
    assert shown(found[1]) in {text, text[1:-1]}
