from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fargate_lint.inputs.shapes import tasks
from fargate_lint.lint import fix as fix_module
from fargate_lint.lint import fixing as fixing_module
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.fixing import MOST_ROUNDS, fixed
from fargate_lint.lint.located import locate
from fargate_lint.lint.rule import Rule
from fargate_lint.source.document import Fault
from fargate_lint.source.edits import spliced
from fargate_lint.source.read import documents as read_documents
from fargate_lint.source.read import read
from tests import build

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

    def come_back(document: Document) -> list[Fix]:
        return [Fix("go on").set(root(document), ("a",), {0: 1, 1: 2, 2: 1}[document.value["a"]])]

    assert fixed("a.json", '{"a": 1}', judge(swing))[0] == '{"a": 0}'
    assert fixed("a.json", '{"a": 0}', judge(come_back))[0] == '{"a": 2}'
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


def document_of(text: str) -> Document:
    (found,) = read("a.json", text.encode())
    return found


def test_a_fix_is_a_change_of_the_value() -> None:
    text = '{"a": [1, 2], "b": {"c": 3}, "d": 4}'
    spot = root(document_of(text))
    for fix, expected in (
        (Fix("").set(spot, ("b", "c"), [5]), '{"a": [1, 2], "b": {"c": [5]}, "d": 4}'),
        (Fix("").insert(spot, ("a", 1), 8, 9), '{"a": [1, 8, 9, 2], "b": {"c": 3}, "d": 4}'),
        (Fix("").remove(spot, ("b",)), '{"a": [1, 2], "d": 4}'),
        (Fix("").rename(spot, ("d",), "e"), '{"a": [1, 2], "b": {"c": 3}, "e": 4}'),
    ):
        made = fix_module.edits(fix)
        assert made is not None
        assert made.after.text == expected
        assert spliced(text, made.edits) == expected


def test_an_item_is_put_at_the_end_of_a_list_which_is_made_where_there_is_none() -> None:
    (task,) = tasks(document_of(json.dumps(build.task(build.container(command=["a"])))))
    (container,) = task.containers
    fix = Fix("").append(container, ("command",), "b").append(container, ("links",), "c")
    path = ("containerDefinitions", 0)
    assert [change for _, change in fix.changes] == [
        ("insert", (*path, "command", 1), ("b",)), ("set", (*path, "links"), ["c"]),
    ]  # fmt: skip
    assert all(lens is container.lens for lens, _ in fix.changes)


def test_fixes_in_two_documents_or_of_another_syntax_are_none() -> None:
    one, other = document_of('{"a": 1}'), document_of('{"a": 1}')
    both = Fix("").set(root(one), ("a",), 2)
    assert fix_module.edits(both) is not None
    assert fix_module.edits(both.set(root(other), ("a",), 2)) is None
    assert fix_module.edits(Fix("nothing")) is None
    (conf,) = read("a.conf", b"[SERVICE]\n    Flush 1\n")
    assert fix_module.edits(Fix("").write(conf, 0, 1, "[")) is None


def test_reading_again_counts_once_for_each_change(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of('{"a": 1}')
    monkeypatch.setitem(fix_module.MOST_READ, "json", 5 * len(document.text))
    twice = Fix("").set(root(document), ("a",), 2).set(root(document), ("b",), 3)
    once = Fix("").set(root(document), ("a",), 2)
    assert [fix_module.edits(each) is not None for each in (twice, twice, twice, once, once)] == [
        True, True, False, True, False,
    ]  # fmt: skip
    assert document.reread == 5 * len(document.text)


def test_a_fix_whose_text_or_title_shows_a_secret_is_hidden_or_masked() -> None:
    document = document_of('{"password": "hunter2aa", "a": 1, "b": "x"}')
    spot = root(document)

    def shown(fix: Fix) -> Any:
        return fix_module.shown(fix)

    assert shown(Fix("write hunter2aa").set(spot, ("a",), 2))["title"] == "write *********"
    assert shown(Fix("").set(spot, ("a",), "hunter2aa")) is None
    # What is a secret only afterwards.
    assert shown(Fix("").set(spot, ("password",), "correct-horse")) is None
    assert shown(Fix("", safe=False).set(spot, ("b",), "correct-horse"))["safe"] is False
    assert shown(Fix("").set(spot, ("a", "b"), 2)) is None


def test_of_fixes_that_overlap_or_touch_the_first_is_made() -> None:
    text = '{"a": 1, "b": 2}'

    def make(given: Document) -> list[Fix]:
        if given.value["a"] == 3:
            return []
        late = Fix("late").set(root(given), ("b",), 4)
        both = Fix("both").set(root(given), ("a",), 3).set(root(given), ("b",), 5)
        return [late, both]

    after, made = fixed("a.json", text, judge(make))
    assert after == '{"a": 3, "b": 5}'
    assert [each.fix.title for each in made if each.fix] == ["both"]


def test_fixes_that_can_not_be_made_together_are_made_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make(document: Document) -> list[Fix]:
        return [Fix(key).set(root(document), (key,), 2) for key in "ab" if document.value[key] == 1]

    both = '{"a": 2, "b": 2}'
    assert fixed("a.json", '{"a": 1, "b": 1}', judge(make))[0] == both
    real = read_documents

    def worse(name: str, text: str) -> list[Document]:
        found = real(name, text)
        if text == both:
            found[0].faults.append(Fault("x", "", 0, 0))
        return found

    monkeypatch.setattr(fixing_module, "documents", worse)
    text, made = fixed("a.json", '{"a": 1, "b": 1}', judge(make))
    assert text == '{"a": 2, "b": 1}'
    assert [each.fix.title for each in made if each.fix] == ["a"]


def test_a_fix_that_makes_more_or_less_documents_of_a_file_is_not_made() -> None:
    def make(document: Document) -> list[Fix]:
        return [Fix("").write(document, 0, 0, "---\n")]

    assert fixed("a.yaml", "a: 1\n---\nb: 1\n", judge(make)) == ("a: 1\n---\nb: 1\n", [])


def test_what_may_be_made_is_safe_or_wanted() -> None:
    safe, unsafe = Fix(""), Fix("", safe=False)
    assert [fixing_module.may_be_made(each, unsafe=False) for each in (safe, unsafe, None)] == [
        True, False, False,
    ]  # fmt: skip
    assert [fixing_module.may_be_made(each, unsafe=True) for each in (safe, unsafe, None)] == [
        True, True, False,
    ]  # fmt: skip
