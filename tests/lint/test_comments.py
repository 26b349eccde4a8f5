from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.cli import main
from fargate_lint.inputs.shapes import tasks
from fargate_lint.lint.ignore import comments
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from pathlib import Path

TASK = """\
family: shop
containerDefinitions:
  - name: web
    image: shop/web:latest
    essential: true
  - name: job
    image: shop/job:latest
    essential: true
"""
IMAGE = "floating-image-tag"


@pytest.fixture
def check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """What `check` says of a text: `line CODE` of each finding, and what suppresses it."""
    monkeypatch.chdir(tmp_path)

    def _check(text: str, *options: str, name: str = "task.yaml", config: str = "") -> list[str]:
        (tmp_path / name).write_text(text)
        if "[severity]" not in config:
            config += '\n[severity]\nIMG103 = "warning"\n'
        (tmp_path / "fargate-lint.toml").write_text(config)
        main(["check", "--output-format", "jsonl", "--select", "IMG103,CFG", *options, name])
        out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return [
            f"{found['start']['line']} {found['code']}"
            + (f" {found['suppression']['kind']}" if "suppression" in found else "")
            for found in out
        ]

    return _check


def with_line(before: str, comment: str, text: str = TASK) -> str:
    """The text with a comment in front of the line that holds `before`, as deep as that is."""
    lines = text.splitlines()
    index = next(number for number, line in enumerate(lines) if before in line)
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    return "\n".join([*lines[:index], f"{indent}# {comment}", *lines[index:], ""])


def behind(line: str, comment: str) -> str:
    return TASK.replace(line, f"{line}  # {comment}")


def test_without_suppressions_both_images_are_reported(check: Any) -> None:
    assert check(TASK) == ["4 IMG103", "7 IMG103"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (with_line("name: web", f"fargate-lint: ignore[{IMAGE}] demo"), ["8 IMG103"]),
        (with_line("image: shop/web", "fargate-lint: ignore[IMG103] demo"), ["8 IMG103"]),
        (with_line("image: shop/job", "fargate-lint:ignore [ IMG ] - demo"), ["4 IMG103"]),
        (with_line("containerDefinitions", "fargate-lint: ignore[IMG103] demo"), []),
        (with_line("family", "fargate-lint: ignore[IMG103] demo"), []),
        (behind("image: shop/web:latest", "fargate-lint: ignore[IMG103] demo"), ["7 IMG103"]),
        (behind("containerDefinitions:", "fargate-lint: ignore[IMG103] demo"), []),
        (with_line("name: web", "fargate-lint: ignore[IMG103] until 2999-01-01 x"), ["8 IMG103"]),
    ],
    ids=[
        "item", "member", "loosely-written", "list", "top", "same-line", "key", "dated",
    ],
)  # fmt: skip
def test_a_comment_covers_its_line_or_the_node_that_follows(
    check: Any, text: str, left: list[str]
) -> None:
    assert check(text) == left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (with_line("name: web", "fargate-lint: ignore[IMG103]"), "3 CFG103"),
        (with_line("name: web", "fargate-lint: ignore[] why"), "3 CFG103"),
        (with_line("name: web", "fargate-lint: ignore why"), "3 CFG103"),
        (with_line("name: web", "fargate-lint: ignore[no-such-rule] why"), "3 CFG103"),
        (with_line("name: web", "fargate-lint: ignore[IMG103] until 2020-02-31 why"), "3 CFG103"),
        (with_line("name: web", "fargate-lint: ignore[IMG103] until 2020-01-31 why"), "3 CFG102"),
    ],
    ids=["no-reason", "empty", "no-rule", "unknown-rule", "no-date", "expired"],
)
def test_one_that_has_no_effect_is_a_finding(check: Any, text: str, said: str) -> None:
    assert check(text) == [said, "5 IMG103", "8 IMG103"]


def test_one_that_nothing_needs_is_a_finding(check: Any) -> None:
    text = with_line("essential", "fargate-lint: ignore[IMG103] why")
    assert check(text) == ["4 IMG103", "5 CFG101", "8 IMG103"]
    unneeded = text.replace(":latest", ":4.1.0")
    assert check(unneeded) == ["5 CFG101"]
    assert check(unneeded, "--ignore", "IMG103") == []


def test_of_two_rules_each_has_to_be_needed(check: Any) -> None:
    text = with_line("name: web", "fargate-lint: ignore[IMG103, CFG901] why")
    assert check(text) == ["3 CFG101", "8 IMG103"]


def test_what_stands_in_a_string_is_no_comment(check: Any) -> None:
    word = "      # fargate-lint: ignore[IMG103] demo\n"
    text = TASK.replace("essential: true\n  -", f"command:\n    - |\n{word}  -")
    assert check(text) == ["4 IMG103", "9 IMG103"]


def test_documents_of_one_file_have_their_own(check: Any) -> None:
    text = with_line("name: web", "fargate-lint: ignore[IMG103] demo")
    assert check(f"{text}---\n{TASK}") == ["8 IMG103", "14 IMG103", "17 IMG103"]
    assert check(f"{TASK}---\n{text}") == ["4 IMG103", "7 IMG103", "17 IMG103"]
    between = f"{TASK}# fargate-lint: ignore[IMG103] demo\n---\n{TASK}"
    assert check(between) == ["4 IMG103", "7 IMG103", "14 IMG103", "17 IMG103"]


def test_json_with_comments_takes_them_too(check: Any) -> None:
    text = """{"family": "shop", "containerDefinitions": [
      // fargate-lint: ignore[IMG103] demo
      {"name": "web", "image": "shop/web:latest", "essential": true},
      {"name": "job", "image": "shop/job:latest", "essential": true}
    ]}"""
    assert check(text, name="task.jsonc") == ["4 IMG103"]


def test_suppressed_findings_are_shown_on_demand(check: Any) -> None:
    text = with_line("name: web", "fargate-lint: ignore[IMG103] demo")
    assert check(text, "--show-suppressed") == ["8 IMG103", "5 IMG103 comment"]


def test_a_comment_may_suppress_what_is_not_shown(check: Any) -> None:
    text = with_line("name: web", "fargate-lint: ignore[IMG103] demo")
    config = '[severity]\nIMG103 = "info"\n'
    assert check(text, config=config) == []
    assert check(text, "--min-severity", "info", config=config) == ["8 IMG103"]


def test_locked_rules_are_not_suppressed(check: Any) -> None:
    text = with_line("name: web", "fargate-lint: ignore[IMG103] demo")
    entry = '[[ignore]]\nrule = "IMG103"\nreason = "why"\n'
    config = f'locked = ["{IMAGE}"]\n[per-file-ignores]\n"*" = ["IMG103"]\n{entry}'
    assert check(text, config=config) == ["3 CFG103", "5 IMG103", "8 IMG103", "5 CFG103"]
    assert check(TASK, "--ignore", "IMG103", config='locked = ["IMG103"]') == [
        "4 IMG103",
        "7 IMG103",
    ]


LABELLED = {
    "family": "shop",
    "containerDefinitions": [
        {"name": name, "image": f"shop/{name}:latest", "essential": True} for name in ("web", "job")
    ],
}


def labelled(**labels: str) -> str:
    first, second = LABELLED["containerDefinitions"]
    assert isinstance(first, dict)
    return json.dumps(
        {**LABELLED, "containerDefinitions": [{**first, "dockerLabels": labels}, second]}, indent=1
    )


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("fargate-lint.ignore", "IMG103 demo", ["14 IMG103"]),
        ("fargate-lint.ignore.image", f"{IMAGE} demo", ["14 IMG103"]),
        ("fargate-lint.ignore", "IMG103", ["6 IMG103", "9 CFG103", "14 IMG103"]),
        ("fargate-lint.ignore", "CFG901 never", ["6 IMG103", "9 CFG101", "14 IMG103"]),
        ("fargate-lint.ignored", "IMG103 demo", ["6 IMG103", "14 IMG103"]),
    ],
)
def test_a_label_covers_its_container_where_configured(
    check: Any, label: str, value: str, said: list[str]
) -> None:
    text = labelled(**{label: value})
    assert check(text, name="task.json", config="ignore-labels = true") == said
    assert check(text, name="task.json") == ["6 IMG103", "14 IMG103"]


@given(st.text(alphabet="#/: \n-[]{}\"'a", max_size=60), st.sampled_from(["yaml", "json"]))
def test_any_text_is_looked_through(text: str, kind: str) -> None:
    registry = load()
    for around in (
        f"a: 1 {text}# fargate-lint: ignore[IMG] x{text}",
        f"{text}//fargate-lint:ignore",
    ):
        for document in read(f"task.{kind}", around.encode()):
            comments.inline(document, [], Settings(), registry)


def test_a_configuration_of_fluent_bit_takes_comments_on_lines_of_their_own(check: Any) -> None:
    text = """\
[SERVICE]
    Flush 1
[INPUT]
    Name dummy
    Tag app
[OUTPUT]
    Name stdout
    Match *
    Frobnicate yes
"""
    rules = ("--select", "FLB")
    found = [line.split()[1] for line in check(text, *rules, name="fluent-bit.conf")]
    assert found
    comment = f"# fargate-lint: ignore[{found[0]}] private build"
    for place in ("[OUTPUT]", "    Frobnicate"):
        covered = text.replace(place, f"{comment}\n{place}")
        assert check(covered, *rules, name="fluent-bit.conf") == []
    behind_it = text.replace("Frobnicate yes", f"Frobnicate yes  {comment}")
    assert found[0] in " ".join(check(behind_it, *rules, name="fluent-bit.conf"))


def test_every_comment_of_a_long_block_is_about_what_follows_it(check: Any) -> None:
    block = "\n".join(f"  # fargate-lint: ignore[{IMAGE}] reason {n}" for n in range(3000))
    text = TASK.replace("  - name: job", f"{block}\n  - name: job")
    assert check(text) == ["4 IMG103"]
    assert check(f"{TASK}# end\n" + block.replace("  #", "#")) == ["4 IMG103", "7 IMG103"]


def test_a_comment_among_comments_and_empty_lines_is_about_the_node_below_them(check: Any) -> None:
    comment = f"# fargate-lint: ignore[{IMAGE}] why"
    for between in ("", "\n", "  # another\n", " \t\r\n\n  # a\n"):
        assert check(TASK.replace("  - name: job", f"{comment}\n{between}  - name: job")) == [
            "4 IMG103"
        ]
    # Two that are apart have a node each.
    apart = TASK.replace("  - name: job", f"{comment}\n  - name: job")
    assert check(apart.replace("  - name: web", f"{comment}\n\n  - name: web")) == []


def test_comments_that_cover_nothing_say_nothing(check: Any) -> None:
    comment = f"# fargate-lint: ignore[{IMAGE}] why\n"
    both = ["4 IMG103", "7 IMG103"]
    assert check(f"{TASK}{comment}") == both
    assert check(f"{TASK}{comment}\n  \n# end") == both
    # Behind the last node, below the first and in front of a document that is none.
    assert check(f"{TASK}--- {comment}a: 1\n") == both


def test_a_comment_is_one_with_a_blank_before_it_and_the_mark_of_its_syntax(check: Any) -> None:
    order = f"fargate-lint: ignore[{IMAGE}] why"
    line = "image: shop/web:latest"
    assert check(TASK.replace(line, f"{line} # {order}")) == ["7 IMG103"]
    assert check(TASK.replace(line, f"{line}\t#{order}")) == ["7 IMG103"]
    json_text = json.dumps(LABELLED).replace('"essential"', f'// {order}\n"essential"')
    assert check(json_text, name="task.jsonc") == []
    assert check(json_text.replace("//", "#"), name="task.jsonc") == ["1 IMG103", "2 IMG103"]


def test_a_comment_behind_a_line_is_about_that_line_or_the_list_that_begins_there(
    check: Any,
) -> None:
    order = f"fargate-lint: ignore[{IMAGE}] why"
    text = """{"family": "shop",
    "containerDefinitions": [ // %s
      {"name": "web", "image": "shop/web:latest"}, {"name": "b", "image": "b:latest"},
      {"name": "job", "image":
          "shop/job:latest"}
    ]}"""
    assert check(text % order, name="task.jsonc") == []
    at = text.replace('b:latest"},', f'b:latest"}}, // {order}') % ""
    assert check(at, name="task.jsonc") == ["5 IMG103"]
    at = text.replace('"image":\n', f'"image": // {order}\n') % ""
    # A value on the next line is of the member, not of the line.
    assert check(at, name="task.jsonc") == ["3 IMG103", "3 IMG103"]


def test_a_comment_behind_a_key_is_about_the_value_on_the_next_line(check: Any) -> None:
    text = TASK.replace(
        "image: shop/web:latest", f"image: # fargate-lint: ignore[{IMAGE}] why\n      web:latest"
    )
    assert check(text) == ["8 IMG103"]


def test_a_date_is_the_last_day(check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Clock:
            return cls(2030, 5, 7, 23, 59, tzinfo=tz or UTC)

    monkeypatch.setattr(comments, "datetime", Clock)
    for until, left in (
        ("2030-05-07", ["8 IMG103"]),
        ("2030-05-08 : ,-", ["8 IMG103"]),
        ("2030-05-06", ["3 CFG102", "5 IMG103", "8 IMG103"]),
    ):
        order = f"fargate-lint: ignore[{IMAGE}] until {until} so"
        assert check(with_line("name: web", order)) == left


def test_each_rule_of_a_comment_and_of_a_label_stands_alone() -> None:
    registry = load()
    settings = Settings()
    settings.ignore_labels = True
    labels = {
        "fargate-lint.ignore": "IMG103,,SEC  two reasons ",
        "fargate-lint.ignore.x": " AGT so",
    }
    order = "# fargate-lint: ignore[IMG103, , SEC ] - until 2999-01-31, two reasons \n"
    text = order + yaml.safe_dump(json.loads(labelled(**labels)))
    (document,) = read("task.yaml", text.encode())
    found = comments.inline(document, tasks(document), settings, registry)
    assert [(each.rule, each.reason, each.kind, str(each.until), each.wrong) for each in found] == [
        ("IMG103", "two reasons", "comment", "2999-01-31", ""),
        ("SEC", "two reasons", "comment", "2999-01-31", ""),
        ("IMG103", "two reasons", "label", "None", ""),
        ("SEC", "two reasons", "label", "None", ""),
        ("AGT", "so", "label", "None", ""),
    ]
    assert [each.line for each in found[:2]] == [1, 1]
    assert [each.span for each in found[:2]] == [(0, len(order) - 1)] * 2
    container = ("containerDefinitions", 0)
    assert [each.covered for each in found] == [(), (), container, container, container]
    assert found[-1].place == (*container, "dockerLabels", "fargate-lint.ignore.x")
    settings.ignore_labels = False
    assert len(comments.inline(document, tasks(document), settings, registry)) == 2


@pytest.mark.parametrize(
    ("order", "locked", "wrong"),
    [
        ("ignore[SEC]", [], "the ignore of `SEC` has no reason, so it has no effect"),
        ("ignore[SEX] so", [], "there is no rule `SEX`, so this ignore has no effect"),
        ("ignore so", [], f"this ignore names no rule: write `{comments.FORM}`"),
        ("ignore[ , ] so", [], f"this ignore names no rule: write `{comments.FORM}`"),
        (
            "ignore[SEC] until 2999-02-30 so", [],
            "`2999-02-30` is no date, so this ignore has no effect",
        ),
        ("ignore[IMG103] so", ["IMG"], "`IMG103` is locked: it can't be ignored"),
        # A part of a family that is locked leaves something to ignore.
        ("ignore[IMG] so", ["IMG103"], ""),
    ],
)  # fmt: skip
def test_an_ignore_without_effect_says_why(order: str, locked: list[str], wrong: str) -> None:
    settings = Settings()
    settings.locked = locked
    (document,) = read("task.yaml", f"# fargate-lint: {order}\n{TASK}".encode())
    (found,) = comments.inline(document, [], settings, load())
    assert found.wrong == wrong


def test_a_fault_of_syntax_is_accepted_by_its_line_and_by_what_is_around_it(check: Any) -> None:
    comment = "// fargate-lint: ignore[json-ellipsis] sketch"
    text = """{"family": "shop", "containerDefinitions": [{"name": "web", "image": "web:1",
      "command": [
        "a",
      ],
      "links": ["b",]
    }]}"""
    rules = ("--select", "json-ellipsis")
    assert check(text, *rules, name="task.jsonc") == []
    assert check(text, *rules, name="task.json") == ["3 DOC103", "5 DOC103"]
    above = text.replace('      "command"', f'      {comment}\n      "command"')
    assert check(above, *rules, name="task.json") == ["6 DOC103"]
    beside = text.replace('"a",', f'"a", {comment}')
    assert check(beside, *rules, name="task.json") == ["5 DOC103"]
    first = text.replace('"command": [', f'"command": [ {comment}')
    assert check(first, *rules, name="task.json") == ["5 DOC103"]
