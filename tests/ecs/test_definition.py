from __future__ import annotations

import json
from typing import Any

import pytest

from fargate_lint.ecs.definition import Definition
from fargate_lint.source.document import Document
from fargate_lint.source.read import read

# Two texts: the definition with names of its own, and its containers in another file.
OUTER = {"Stack": {"Body": {"Family": "shop", "Volumes": [{"Name": "logs"}]}}}
INNER = {"list": [{"NAME": "web", "LINKS": ["db"]}, "..."]}
NAMES = {"family": "Family", "volumes": "Volumes"}


class Stack(Definition):
    """Names its members as the made-up files above do."""

    __slots__ = ()

    def step(self, path: tuple[str | int, ...]) -> str | int:
        last = path[-1]
        if isinstance(last, int):
            return last
        if path[0] == "containerDefinitions" and len(path) == 3:
            return last.upper()
        return NAMES.get(last, last.capitalize())


def document(name: str, value: object) -> Document:
    (found,) = read(name, json.dumps(value, indent=1).encode())
    return found


def stack() -> tuple[Stack, Document, Document]:
    outer, inner = document("outer.json", OUTER), document("inner.json", INNER)
    definition = Stack(
        outer,
        {
            "family": "shop", "volumes": [{"name": "logs"}],
            "containerDefinitions": [{"name": "web", "links": ["db"]}],
        },
        anchors={
            (): (outer, ("Stack", "Body")),
            ("containerDefinitions",): (inner, ("list",)),
        },
        kind="stack", address="Web",
    )  # fmt: skip
    return definition, outer, inner


@pytest.mark.parametrize(
    ("path", "file", "place"),
    [
        ((), "outer.json", ("Stack", "Body")),
        (("family",), "outer.json", ("Stack", "Body", "Family")),
        (("volumes", 0, "name"), "outer.json", ("Stack", "Body", "Volumes", 0, "Name")),
        (("containerDefinitions",), "inner.json", ("list",)),
        (("containerDefinitions", 0, "links", 0), "inner.json", ("list", 0, "LINKS", 0)),
    ],
)
def test_a_path_is_written_below_its_nearest_anchor_and_leads_back(
    path: tuple[str | int, ...], file: str, place: tuple[str | int, ...]
) -> None:
    definition, outer, inner = stack()
    found, at = definition.locate(path)
    assert (found.name, at) == (file, place)
    assert definition.canonical(inner if file == "inner.json" else outer, place) == path
    assert definition.shows(path)


def test_an_anchor_that_leads_nowhere_is_shown_at_what_is_around_it_in_the_definition() -> None:
    text = '{"Stack":\n {"Family": "shop"}}'
    outer = read("outer.json", text)[0]
    definition = Definition(
        outer,
        {"family": "shop", "containerDefinitions": [{"name": "web"}]},
        anchors={
            (): (outer, ("Stack",)),
            ("containerDefinitions",): (outer, ("Parts", "List")),
        },
    )
    for path in (("containerDefinitions",), ("containerDefinitions", 0, "name")):
        found = definition.written(path)
        assert (found.path, outer.place(found.start)) == (("Stack",), (2, 2))


def test_what_is_not_written_is_shown_at_the_nearest_thing_around_it() -> None:
    definition, _, inner = stack()
    path = ("containerDefinitions", 0, "image")
    assert not definition.shows(path)
    written = definition.written(path)
    assert written.document is inner
    assert json.loads(inner.text[written.start : written.end]) == INNER["list"][0]


def test_the_key_of_a_member_is_shown_when_asked_for() -> None:
    definition, _, inner = stack()
    path = ("containerDefinitions", 0, "name")
    for key, text in ((False, '"web"'), (True, '"NAME"')):
        written = definition.written(path, key=key)
        assert inner.text[written.start : written.end] == text
    value = definition.written(path)
    assert inner.text[value.start : value.end] == '"web"'


def test_places_that_no_canonical_path_leads_to() -> None:
    definition, outer, inner = stack()
    assert definition.canonical(outer, ("Stack",)) is None
    assert definition.canonical(outer, ("Stack", "Other", "Family")) is None
    assert definition.canonical(document("other.json", OUTER), ("Stack", "Body")) is None
    assert definition.canonical(inner, ()) is None


def test_a_place_that_the_definition_has_no_value_for_keeps_its_own_names() -> None:
    definition, outer, inner = stack()
    body = ("Stack", "Body")
    assert definition.canonical(outer, (*body, "Else", 3, "More")) == ("Else", 3, "More")
    assert definition.canonical(inner, ("list", 1, "NAME")) == ("containerDefinitions", 1, "NAME")
    assert definition.canonical(outer, (*body, "Volumes", 0, "Host")) == ("volumes", 0, "Host")


def test_of_two_anchors_at_one_place_the_longer_path_is_meant() -> None:
    container = {"name": "web", "image": "web:1"}
    alone = document("web.json", container)
    part = ("containerDefinitions", 0)
    definition = Definition(
        alone,
        {"containerDefinitions": [container]},
        anchors={(): (alone, ()), part: (alone, ())},
        scope="container",
    )
    assert definition.canonical(alone, ()) == part
    assert definition.canonical(alone, ("image",)) == (*part, "image")


@pytest.mark.parametrize(
    ("verb", "path", "value", "place", "written"),
    [
        ("replace", ("family",), "store", ("Stack", "Body", "Family"), "store"),
        (
            "replace", ("volumes", 0), {"name": "data", "host": {"sourcePath": "/"}},
            ("Stack", "Body", "Volumes", 0), {"Name": "data", "Host": {"Sourcepath": "/"}},
        ),
        ("rename", ("containerDefinitions", 0, "nam"), "name", ("list", 0, "NAM"), "NAME"),
        (
            "insert", ("containerDefinitions", 0, "links", 1), [{"to": 1}],
            ("list", 0, "LINKS", 1), [{"To": 1}],
        ),
        (
            "insert", ("containerDefinitions", 1), [{"name": "db", "links": [{"to": 1}]}, "x"],
            ("list", 1), [{"NAME": "db", "LINKS": [{"To": 1}]}, "x"],
        ),
    ],
)  # fmt: skip
def test_a_change_is_made_in_the_names_of_the_file(
    verb: str, path: tuple[str | int, ...], value: Any, place: object, written: object
) -> None:
    definition, outer, inner = stack()
    changed = definition.change(verb, path, value)
    assert changed == (
        inner if path[0] == "containerDefinitions" else outer,
        (verb, place, written),
    )


def test_what_may_be_written_more_is_told_in_canonical_paths() -> None:
    inner = Document("inner.json", "json", "", INNER, partial=frozenset({("list", 0), ()}))
    definition = Stack(
        inner,
        {"containerDefinitions": [{"name": "web"}]},
        anchors={
            (): (document("outer.json", OUTER), ("Stack", "Body")),
            ("containerDefinitions",): (inner, ("list",)),
        },
    )
    assert definition.partial == {("containerDefinitions", 0)}


@pytest.mark.parametrize("anchors", [{}, {("containerDefinitions",): ()}])
def test_a_definition_says_where_it_is_written_itself(anchors: dict[Any, Any]) -> None:
    outer = document("outer.json", OUTER)
    with pytest.raises(ValueError, match="definition itself"):
        Definition(outer, {}, anchors=anchors)


def test_names_are_those_of_the_definition_alone() -> None:
    definition, outer, _ = stack()
    assert definition.names == {
        "family", "volumes", "name", "containerDefinitions", "links",
    }  # fmt: skip
    assert Definition(outer, outer.value).names == {"Stack", "Body", "Family", "Volumes", "Name"}


def test_a_definition_that_is_its_document() -> None:
    whole = document("task.json", {"family": "shop"})
    definition = Definition(whole, whole.value)
    assert (definition.scope, definition.kind, definition.address, definition.wrapper) == (
        "task", "direct", "", (),
    )  # fmt: skip
    assert definition.locate(("family",)) == (whole, ("family",))
