from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fargate_lint.lint import fix as fix_module
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.fixing import MOST_ROUNDS, fixed
from fargate_lint.lint.located import locate
from fargate_lint.lint.rule import Rule
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from fargate_lint.launch.launch import Spot
    from fargate_lint.lint.finding import Finding
    from fargate_lint.source.document import Document

    Make = Callable[[Document], list[Fix]]


class Example(Rule):
    """Something is wrong."""

    code = "EXA101"
    name = "example"


def judge(make: Make) -> Callable[[Document], list[Finding]]:
    """What judges a document by fixes that are made of it, a finding for each."""

    def judged(document: Document) -> list[Finding]:
        rule = Example()
        for fix in make(document):
            rule.report(root(document), "wrong", fix=fix)
        return rule.findings

    return judged


def root(document: Document) -> Spot:
    from fargate_lint.launch.launch import Spot

    return Spot(document, ())


def test_fixes_that_touch_each_other_are_made_one_after_the_other() -> None:
    def make(document: Document) -> list[Fix]:
        missing = [key for key in ("b", "c") if key not in document.value]
        return [Fix(f"add {key}").set(root(document), (key,), 1) for key in missing]

    text, made = fixed("a.json", '{"a": 1}', judge(make))
    assert text == '{"a": 1, "b": 1, "c": 1}'
    assert len(made) == 2


def test_fixes_that_call_for_each_other_come_to_an_end() -> None:
    def swing(document: Document) -> list[Fix]:
        return [Fix("turn").set(root(document), ("a",), 1 - document.value["a"])]

    def grow(document: Document) -> list[Fix]:
        return [Fix("grow").set(root(document), ("a",), document.value["a"] + 1)]

    assert fixed("a.json", '{"a": 1}', judge(swing))[0] == '{"a": 0}'
    text, made = fixed("a.json", '{"a": 0}', judge(grow))
    assert json.loads(text) == {"a": MOST_ROUNDS}
    assert len(made) == MOST_ROUNDS


def test_what_may_do_harm_is_only_done_on_request() -> None:
    def make(document: Document) -> list[Fix]:
        if document.value["a"]:
            return []
        return [Fix("write 1", safe=False).set(root(document), ("a",), 1)]

    assert fixed("a.json", '{"a": 0}', judge(make)) == ('{"a": 0}', [])
    assert fixed("a.json", '{"a": 0}', judge(make), unsafe=True)[0] == '{"a": 1}'


def test_each_document_of_a_file_is_fixed() -> None:
    def make(document: Document) -> list[Fix]:
        if document.value["a"]:
            return []
        return [Fix("write 1").set(root(document), ("a",), 1)]

    assert fixed("a.yaml", "a: 0\n---\na: 0 # why\n", judge(make))[0] == "a: 1\n---\na: 1 # why\n"


def test_a_fix_is_shown_with_lines_and_columns_in_characters() -> None:
    (document,) = read("a.json", '{"ä": "🙂",\n "é": 1}'.encode())
    (finding,) = judge(lambda document: [Fix("do it").set(root(document), ("é",), 2)])(document)
    assert locate(finding).as_json()["fix"] is None
    assert locate(finding, fixes=True).as_json()["fix"] == {
        "title": "do it",
        "safe": True,
        "edits": [
            {"start": {"line": 2, "column": 7}, "end": {"line": 2, "column": 8}, "text": "2"}
        ],
    }


def test_a_fix_that_cannot_be_made_is_not_shown() -> None:
    (document,) = read("a.json", b'{"a": "${x}"}')
    fix = Fix("move it").set(root(document), ("b",), document.value["a"])
    (finding,) = judge(lambda _: [fix])(document)
    assert locate(finding, fixes=True).fix is None


def test_a_large_file_is_not_read_again_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    (document,) = read("a.json", b'{"a": 1}')
    monkeypatch.setitem(fix_module.MOST_READ, "json", 2 * len(document.text))
    fix = Fix("write 2").set(root(document), ("a",), 2)
    assert [fix_module.edits(fix) is not None for _ in range(3)] == [True, True, False]
