"""The pages of `check` and `explain` as people see and use them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint import registry
from fargate_lint.report.ticket import html as ticket_html
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fargate_lint.lint.located import Located
    from tests.report.browser import Browser, Tab

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent.parent.parent / "fargate_lint" / "data" / "examples"
LOG = """\
Fluent Bit v1.9.10
[2026/11/20 21:14:02] [ info] [fluent bit] version=1.9.10, commit=760956f50c, pid=1
[2026/11/20 21:14:02] [ info] [sp] stream processor started
[2026/11/20 21:14:08] [error] [output:cloudwatch_logs:cloudwatch_logs.2] CreateLogGroup API \
responded with error='InvalidParameterException', message='Value 'shop:web' at 'logGroupName' \
failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Z]+'
[2026/11/20 21:14:08] [error] [output:cloudwatch_logs:cloudwatch_logs.2] Failed to create log group
[2026/11/20 21:14:17] [error] [engine] chunk '1-1763673247.41.flb' cannot be retried: task_id=0, \
input=forward.1 > output=cloudwatch_logs.2
"""
#: Every control in sight, in the order in which Tab should reach them.
CONTROLS = """
[...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter(one => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
"""
FOCUS = f"""(() => {{
  const one = document.activeElement, style = getComputedStyle(one);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return [{CONTROLS}.indexOf(one), seen];
}})()"""
#: Text, its size and its contrast with what is behind it, by WCAG's definition.
# https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
CONTRASTS = """(() => {
  const parts = color => color.match(/[\\d.]+/g).map(Number);
  const light = color => {
    const [r, g, b] = parts(color).map(one => one / 255)
      .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = one => {
    const box = one.closest("svg g");
    if (box) return getComputedStyle(box.querySelector("rect")).fill;
    for (; one; one = one.parentElement) {
      const [r, g, b, opacity] = parts(getComputedStyle(one).backgroundColor);
      if (opacity !== 0) return `rgb(${r}, ${g}, ${b})`;
    }
    throw new Error("nothing has a background");
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim(), one = texts.currentNode.parentElement;
    if (!text || one.tagName === "SCRIPT") continue;
    const style = getComputedStyle(one);
    const two = [light(one.closest("svg") ? style.fill : style.color), light(behind(one))];
    found.push([text, (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05)]);
  }
  return found;
})()"""


def ticket() -> str:
    task: dict[str, Any] = json.loads((DATA / "cloudwatch.json").read_text())
    options = task["containerDefinitions"][0]["logConfiguration"]["options"]
    options["log_group_name"] = "shop:web"
    documents = read(
        "customer/of/ours/with/a/long/path/task.json", json.dumps(task, indent=2).encode()
    )
    logs = [("customer/of/ours/with/a/long/path/log_router.log", io.BytesIO(LOG.encode()))]
    stream = io.StringIO()
    ticket_html.write(diagnose(documents, logs, [], registry=registry.load()), stream)
    return stream.getvalue()


@pytest.fixture(params=["ticket", "findings"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(kind: str, found: Callable[..., Located], report: Callable[..., str]) -> str:
    if kind == "ticket":
        return ticket()
    text = '{"command": [' + '"-s", "Scheduler.Cap", "60", ' * 20 + '"-F", 1]}'
    path = "a/" * 40 + "task.json"
    return report(
        "html",
        found(text, '"-F"', "`-F` is for Fluent Bit", help="insert `--` before it", container="web",
              file=path, related=[("1", "as here")]),
        found(text, "1", "no text", severity="warning", file="b.json", rule="ACME101 no-owner"),
        found(text, "command", "a name", severity="info", file="a.json", rule="ACME102 no-cost"),
        min_severity="info",
    )  # fmt: skip


@pytest.fixture
def opened(page: str, browser: Browser) -> Iterator[Callable[..., Tab]]:
    """The page in a tab that complains of nothing until the test ends."""
    tabs: list[Tab] = []

    def _opened(**how: Any) -> Tab:
        tabs.append(browser.open(page, **how))
        return tabs[-1]

    yield _opened
    for tab in tabs:
        complaints = tab.complaints()
        tab.close()
        assert complaints == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_can_be_read(opened: Callable[..., Tab], kind: str, dark: bool) -> None:
    tab = opened(dark=dark)
    tab.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    back = tab.run("getComputedStyle(document.body).backgroundColor")
    assert (sum(json.loads(f"[{back[4:-1]}]")) < 200) is dark
    found = tab.run(CONTRASTS)
    assert len(found) > 20
    assert [text for text in found if text[1] < 4.5] == []
    tab.keep(f"{kind}-{'dark' if dark else 'light'}")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_is_wider_than_the_screen(
    opened: Callable[..., Tab], kind: str, width: int
) -> None:
    tab = opened(width=width)
    tab.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert tab.run("document.documentElement.scrollWidth") <= width
    tab.keep(f"{kind}-{width}")


def test_tab_reaches_every_control_and_shows_where_it_is(opened: Callable[..., Tab]) -> None:
    tab = opened()
    count = tab.run(f"{CONTROLS}.length")
    assert count > 5
    reached = []
    for _ in range(count):
        tab.press("Tab")
        reached.append(tab.run(FOCUS))
    assert reached == [[index, True] for index in range(count)]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_is_folded_opens_by_a_key(opened: Callable[..., Tab], key: str) -> None:
    tab = opened()
    folded = "document.querySelector('details:not([open])')"
    tab.run(f"{folded}.setAttribute('id', 'folded')")
    tab.run("document.querySelector('#folded summary').focus()")
    tab.press(key)
    assert tab.run("document.getElementById('folded').open") is True
    tab.press(key)
    assert tab.run("document.getElementById('folded').open") is False


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_paper_shows_everything_in_ink(opened: Callable[..., Tab], kind: str, dark: bool) -> None:
    tab = opened(paper=True, dark=dark)
    hidden = """[...document.querySelectorAll("details > :not(summary)")].filter(one =>
        !one.checkVisibility({contentVisibilityAuto: true}) || !one.getClientRects().length)
        .map(one => one.outerHTML)"""
    assert tab.run("document.querySelectorAll('details:not([open])').length") > 0
    assert tab.run(hidden) == []
    assert tab.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert [text for text in tab.run(CONTRASTS) if text[1] < 4.5] == []
    assert tab.printed(kind).startswith(b"%PDF-")


class TestTheTicket:
    @pytest.fixture
    def kind(self) -> str:
        return "ticket"

    def test_a_place_leads_to_its_line(self, opened: Callable[..., Tab]) -> None:
        tab = opened()
        tab.run("document.querySelector('#part-1 a.place').focus()")
        tab.press("Enter")
        marked = tab.run("document.querySelector(':target mark').textContent")
        assert marked.startswith("[2026/11/20 21:14:08] [error]")
        assert "CreateLogGroup API responded" in marked

    def test_a_line_of_the_configuration_leads_to_the_definition(
        self, opened: Callable[..., Tab]
    ) -> None:
        tab = opened()
        tab.run("document.querySelectorAll('details').forEach(one => one.open = true)")
        rows = "[...document.querySelectorAll('.rendered .row')]"
        row = f"{rows}.find(one => one.textContent.includes('log_group_name'))"
        tab.run(f"{row}.querySelector('a').focus()")
        tab.press("Enter")
        assert "shop:web" in tab.run("document.querySelector(':target').textContent")

    def test_the_picture_is_moved_by_keys_where_it_finds_no_room(
        self, opened: Callable[..., Tab]
    ) -> None:
        tab = opened(width=390)
        moved = "(one => [one.scrollWidth > one.clientWidth, one.tabIndex])"
        assert tab.run(f"{moved}(document.querySelector('.scrolled'))") == [True, 0]


class TestTheFindings:
    @pytest.fixture
    def kind(self) -> str:
        return "findings"

    def shown(self, tab: Tab) -> list[str]:
        found: list[str] = tab.run(
            "[...document.querySelectorAll('tbody[data-severity]:not([hidden])')]"
            ".map(one => one.dataset.severity)"
        )
        return found

    def test_no_other_script_may_run(self, page: str, browser: Browser) -> None:
        intruder = '<script>document.title = "taken over"</script></body>'
        tab = browser.open(page.replace("</body>", intruder))
        assert tab.run("document.title").startswith("fargate-lint: 1 error")
        assert "Content Security Policy" in "".join(tab.complaints())
        tab.close()

    def test_findings_are_filtered_by_words(self, opened: Callable[..., Tab]) -> None:
        tab = opened()
        tab.run("document.getElementById('search').focus()")
        tab.send("Input.insertText", text="text B.JSON")
        assert self.shown(tab) == ["warning"]
        assert tab.run("document.getElementById('shown').textContent") == "1 of 3 shown"

    def test_a_severity_is_left_out_by_the_space_bar(self, opened: Callable[..., Tab]) -> None:
        tab = opened()
        tab.run("document.querySelector('input[data-severity=info]').focus()")
        tab.press("Space")
        assert self.shown(tab) == ["error", "warning"]

    @pytest.mark.parametrize("key", ["Enter", "Space"])
    def test_columns_are_sorted_by_a_key(self, opened: Callable[..., Tab], key: str) -> None:
        tab = opened()
        tab.run("document.querySelector('th[data-column=severity] button').focus()")
        tab.press(key)
        assert self.shown(tab) == ["error", "warning", "info"]
        tab.press(key)
        assert self.shown(tab) == ["info", "warning", "error"]
        assert tab.run("document.activeElement.parentElement.ariaSort") == "descending"

    def test_a_rule_in_the_list_fills_the_filter(self, opened: Callable[..., Tab]) -> None:
        tab = opened()
        tab.run("document.querySelector('details').open = true")
        tab.run("document.querySelector('#rules a[data-search=ACME101]').focus()")
        tab.press("Enter")
        assert self.shown(tab) == ["warning"]
