from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.finding import LONGEST, LONGEST_HELP, Finding, Place, pointer, rank
from fargate_lint.lint.located import Located, fingerprint, locate
from fargate_lint.lint.rule import Rule
from fargate_lint.source.document import Document
from fargate_lint.source.read import read
from tests.build import container, parsed, task

if TYPE_CHECKING:
    from fargate_lint.source.document import Path


class Wrong(Rule):
    code, name = "TST001", "wrong"


class Together(Rule):
    code, name = "TST002", "together"
    places_are_one = True


def document(value: Any) -> Document:
    (found,) = read("task.json", json.dumps(value, indent=1).encode())
    return found


def at(lens: Any, path: Path = (), rule: type[Rule] = Wrong, **more: Any) -> Finding:
    return Finding(rule(), "error", "wrong", Place(lens, path), **more)


def test_severities_weigh_more_and_more_and_never_most() -> None:
    assert [rank(each) for each in ("info", "warning", "error", "never")] == [0, 1, 2, 3]


def test_a_pointer_escapes_tildes_before_slashes() -> None:
    assert pointer(()) == ""
    assert pointer(("a/b", 0, "~1", "")) == "/a~1b/0/~01/"


@pytest.mark.parametrize(
    ("path", "key", "text"),
    [
        (("containerDefinitions", 0), False, '"web"'),
        (("containerDefinitions", 0, "image"), False, '"web:1"'),
        (("containerDefinitions", 0, "image"), True, '"image"'),
        ((), False, '"shop"'),
        (("tags", 0), False, '{"key": "a"}'),
        (("tags", 5, "x"), False, '[{"key": "a"}]'),
    ],
)
def test_a_place_is_the_value_the_key_or_the_name_of_an_object(
    path: Path, text: str, *, key: bool
) -> None:
    (source,) = read("task.json", json.dumps(task(container(), tags=[{"key": "a"}])).encode())
    where, written, start, end = Place(source, path, key=key).written
    assert where is source
    assert written == path
    assert source.text[start:end] == text


def test_of_a_key_with_an_object_the_key_is_the_place() -> None:
    (source,) = read("task.json", b'{"a": {"name": "x"}}')
    assert Place(source, ("a",), key=True).written[2:] == (1, 4)
    assert Place(source, ("a",)).written[2:] == (15, 18)
    assert Place(source, ("a",), span=(3, 5)).written[1:] == (("a",), 3, 5)


def test_a_place_in_a_definition_has_a_member_and_one_in_a_document_none() -> None:
    found = parsed({"taskDefinition": task(container())})
    place = Place(found.lens, ("containerDefinitions", 0))
    assert place.member == "/containerDefinitions/0"
    assert place.pointer == "/taskDefinition/containerDefinitions/0"
    assert Place(found.lens.document, ("taskDefinition",)).member is None


def test_a_finding_lies_in_the_container_that_its_place_is_below() -> None:
    found = parsed(task(container(), "no container", container("job")))
    lens = found.lens

    def of(*path: str | int, where: Any = lens, whose: Any = found) -> str:
        return at(where, path, task=whose).container

    assert of("containerDefinitions", 0, "image") == "web"
    assert of("containerDefinitions", 2) == "job"
    assert of("containerDefinitions", 1) == ""
    assert of("containerDefinitions") == ""
    assert of("volumes", 0) == ""
    assert of("containerDefinitions", 0, where=lens.document) == ""
    assert of("containerDefinitions", 0, whose=None) == ""


def test_secrets_are_hidden_in_all_texts_of_a_finding() -> None:
    source = document({"password": "hunter2hunter2"})
    secret = "has hunter2hunter2"
    found = at(source, help=secret, related=[Place(source, message=secret)])
    found.message = secret
    found.mask()
    assert {found.message, found.help, found.related[0].message} == {"has **************"}


def test_texts_that_nobody_reads_to_the_end_lose_their_middle() -> None:
    half = LONGEST // 2
    source = document({})
    found = at(source, help="h" * LONGEST_HELP, related=[Place(source, message="r" * LONGEST)])
    found.message = "a" * half + "b" + "c" * half
    found.mask()
    assert found.message == "a" * half + "…" + "c" * half
    assert found.help == "h" * LONGEST_HELP
    assert found.related[0].message == "r" * LONGEST
    found.help += "h"
    found.related[0].message = "s" * half + "r" * LONGEST
    found.mask()
    assert found.help == "h" * (LONGEST_HELP // 2) + "…" + "h" * (LONGEST_HELP // 2)
    assert found.related[0].message == "s" * half + "…" + "r" * half


def located(value: Any, *path: str | int, **more: Any) -> Located:
    return locate(at(document(value), path, **more))


def test_a_located_finding_has_lines_columns_and_source() -> None:
    found = located({"a": "x", "b": {"c": [1, 2]}}, "b", "c", 1)
    assert repr(found) == "<Finding task.json:6:4 TST001 'wrong'>"
    assert (found.rule.code, found.rule.name) == ("TST001", "wrong")
    assert (found.range.start.line, found.range.start.column) == (6, 4)
    assert (found.range.end.line, found.range.end.column) == (6, 5)
    assert found.source == {6: "   2"}
    assert found.as_json() == {
        "code": "TST001",
        "name": "wrong",
        "severity": "error",
        "message": "wrong",
        "help": None,
        "file": "task.json",
        "path": "/b/c/1",
        "member": None,
        "address": "",
        "task": None,
        "container": None,
        "start": {"line": 6, "column": 4},
        "end": {"line": 6, "column": 5},
        "related": [],
        "fix": None,
        "fingerprint": found.fingerprint,
    }


def test_a_located_finding_says_what_it_belongs_to_and_what_suppresses_it() -> None:
    found = parsed(task(container()))
    made = at(found.lens, ("containerDefinitions", 0), task=found, help="write 1")
    made.related = [Place(found.lens, ("family",), "see")]
    made.suppression = ("comment", "so")
    shown = locate(made)
    assert (shown.task, shown.container, shown.member) == ("shop", "web", "/containerDefinitions/0")
    (related,) = shown.related
    assert (related.file, related.path, related.message) == ("task.json", "/family", "see")
    assert related.range == ((1, 12), (1, 18))
    written = shown.as_json()
    assert written["help"] == "write 1"
    assert (written["task"], written["container"]) == ("shop", "web")
    assert written["suppression"] == {"kind": "comment", "reason": "so"}
    assert written["related"] == [
        {
            "file": "task.json",
            "path": "/family",
            "start": {"line": 1, "column": 12},
            "end": {"line": 1, "column": 18},
            "message": "see",
        }
    ]


def test_of_a_long_value_the_first_three_lines_are_shown_without_secrets() -> None:
    found = located({"a": {"password": "hunter2", "b": 1, "c": 2}}, "a")
    assert found.source == {2: ' "a": {', 3: '  "password": "*******",', 4: '  "b": 1,'}
    assert (found.start, found.end) == ((2, 7), (6, 3))
    assert list(located({"a": {"b": 1}}, "a").source) == [2, 3, 4]


def test_a_span_that_ends_before_it_starts_is_empty() -> None:
    (source,) = read("task.json", b"{}\n")
    found = locate(Finding(Wrong(), "error", "", Place(source, span=(1, 0))))
    assert (found.start, found.end) == ((1, 2), (1, 2))


def known(value: Any, *path: str | int) -> str:
    return fingerprint(at(document(value), path))


@pytest.mark.parametrize(
    "member",
    [
        "name", "containerName", "sourceContainer", "SourceVolume", "container_port", "hostPort",
        "hostname", "Key", "namespace", "hostPath", "containerPath", "deviceName", "type",
    ],
)  # fmt: skip
def test_a_thing_in_a_list_is_known_by_what_tells_it_from_the_others(member: str) -> None:
    one, other, none = {member: "a"}, {member: "b"}, {"x": "a"}
    assert known([one, none], 0) == known([none, one], 1) != known([other], 0)
    assert known([none], 0) == known([{"y": 1}], 0) != known([one], 0)


def test_of_several_names_the_first_of_the_list_counts_and_no_list_is_one() -> None:
    assert known([{"value": 1, "type": "t", "name": "a"}], 0) == known([{"name": "a"}], 0)
    assert known([{"name": None, "key": "k"}], 0) == known([{"key": "k"}], 0)
    assert known([{"name": ["a"], "key": "k"}], 0) == known([{"key": "k"}], 0)
    assert known([{"name": {"a": 1}}], 0) == known([{}], 0) == known([[]], 0)


def test_a_value_in_a_list_is_known_by_its_text_without_secrets() -> None:
    assert known(["a", "b"], 1) == known(["b"], 0) != known(["a"], 0)
    assert known([7], 0) == known(["7"], 0)
    text = Document("task.json", "json", "", ["${x}"])
    assert known(["${x}"], 0) == fingerprint(at(text, (0,))) != known(["${y}"], 0)
    one, other = ({"password": secret, "l": [secret]} for secret in ("hunter2aa", "hunter2bb"))
    assert known(one, "l", 0) == known(other, "l", 0)


def test_a_place_that_is_not_there_is_known_all_the_same() -> None:
    assert known({"a": 1}, "a", "b", 3) == known({}, "a", "b", 9)
    assert known({"a": []}, "a", 1, "x") != known({"a": []}, "a", 1, "y")


def test_places_that_count_alike_are_one_in_any_order() -> None:
    source, elsewhere = document({"a": 1, "b": 2, "c": 3}), document({"c": 3})

    def of(rule: type[Rule], *places: Place) -> str:
        return fingerprint(Finding(rule(), "error", "", places[0], related=places[1:]))

    a, b, c = (Place(source, (key,)) for key in "abc")
    assert of(Together, a, b) == of(Together, b, a) == of(Together, b, a, b)
    assert of(Together, a, b) != of(Together, a, c)
    assert of(Together, a) == of(Together, a, Place(elsewhere, ("c",)))
    assert of(Wrong, a, b) == of(Wrong, a) != of(Wrong, b, a)


def test_the_data_of_a_rule_stand_for_the_place_and_the_rule_and_the_family_count() -> None:
    source, shop = document({"a": 1}), parsed(task(container()))
    assert fingerprint(at(source, ("a",), data=[1, "x"])) == fingerprint(
        at(source, data=["1", "x"])
    )
    assert fingerprint(at(source, data=[])) != fingerprint(at(source, ("a",)))
    assert fingerprint(at(source)) != fingerprint(at(source, task=shop))
    assert fingerprint(at(source)) != fingerprint(at(source, rule=Together))
    assert len(fingerprint(at(source, ("\ud800",)))) == 16
