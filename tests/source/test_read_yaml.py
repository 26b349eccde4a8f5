from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.lint.ignore.jsonpath import plain
from fargate_lint.source import yaml as source_yaml
from fargate_lint.source.unknown import Unknown, text_of

if TYPE_CHECKING:
    from fargate_lint.source.document import Document

# Text that YAML 1.1, which PyYAML writes, and the core schema of 1.2 read alike.
TEXT = st.text(
    st.characters(exclude_characters="$%{}<>#@\x85\u2028\u2029", exclude_categories=["Cs"])
).filter(lambda text: not re.match(r"[-+]?\.?[0-9]", text) and text != "<<" and "__" not in text)
MISFIT = "this fits neither the value before it nor the keys around it"
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


def read(text: str) -> Document:
    return source_yaml.read("task.yaml", text)


def said(document: Document) -> list[str]:
    """Each fault as `line:column kind message`, with a `!` when it is fatal."""
    lines = []
    for fault in document.faults:
        line, column = document.place(fault.start)
        fatal = "!" if fault.fatal else ""
        lines.append(f"{line}:{column} {fault.kind}{fatal} {fault.message}")
    return lines


def test_scalars_are_what_people_mean() -> None:
    text = (
        "null: [~, null, '']\ntrue: [true, yes, on, 'true']\n8080: [80, -1, 0x1F, 0o17, 012]\n"
        "1.5: [1.5, 1e3, .inf, 1_000]\ntime: [12:30:45, 2024-01-31]\nempty:\n"
        "tagged: [!!str 80, !!int '80']\n"
    )
    document = read(text)
    assert document.faults == []
    assert document.value == {
        "null": [None, None, ""],
        "true": [True, "yes", "on", "true"],
        "8080": [80, -1, 31, 15, "012"],
        "1.5": [1.5, 1000.0, float("inf"), "1_000"],
        "time": ["12:30:45", "2024-01-31"],
        "empty": None,
        "tagged": ["80", 80],
    }


def test_spans_cover_what_was_written_and_no_more() -> None:
    text = (
        '# first\na: 1 # one\n\U0001f600: &q "b"\nc: |\n  d\n\n  e\n\n# then\nf:\n- {g: [1, 2]}\n'
        "- h: x\n  i: !Sub\n    - y\n\n# end\nj: *q\n'k':\n"
    ).replace("\n", "\r\n")
    document = read(text)
    written = {
        path: (text[slice(*span.key)] if span.key else None, text[slice(*span.value)])
        for path, span in document.spans().items()
    }
    assert written == {
        ("a",): ("a", "1"),
        ("\U0001f600",): ("\U0001f600", '"b"'),
        ("c",): ("c", "|\r\n  d\r\n\r\n  e"),
        ("f",): ("f", "- {g: [1, 2]}\r\n- h: x\r\n  i: !Sub\r\n    - y"),
        ("f", 0): (None, "{g: [1, 2]}"),
        ("f", 0, "g"): ("g", "[1, 2]"),
        ("f", 0, "g", 0): (None, "1"),
        ("f", 0, "g", 1): (None, "2"),
        ("f", 1): (None, "h: x\r\n  i: !Sub\r\n    - y"),
        ("f", 1, "h"): ("h", "x"),
        ("f", 1, "i"): ("i", "!Sub\r\n    - y"),
        ("f", 1, "i", 0): (None, "y"),
        ("j",): ("j", "*q"),
        ("k",): ("'k'", ""),
        (): (None, text[text.index("a: 1") : -2]),
    }
    assert document.value["c"] == "d\n\ne\n"
    assert document.value["j"] == "b"


def test_tags_of_their_own_are_unknown() -> None:
    value = read(
        "a: !Ref Image\nb: !Sub 'x-${y}'\nc: !If [d, {e: 1}, !Ref f]\ng: !!binary aGk=\n"
    ).value
    assert {key: text_of(item) for key, item in value.items()} == {
        "a": "!Ref Image",
        "b": "!Sub 'x-${y}'",
        "c": "!If [d, {e: 1}, !Ref f]",
        "g": "!!binary aGk=",
    }


def test_merge_keys_bring_what_is_not_there() -> None:
    document = read(
        "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc:\n  <<: [{z: 4}, *a]\nd: {'<<': 5}\n"
    )
    assert document.value["b"] == {"x": 1, "y": 3}
    assert document.value["c"] == {"x": 1, "y": 2, "z": 4}
    assert document.value["d"] == {"<<": 5}
    assert document.span(("b", "x")).value == (28, 30)


def test_keys_that_are_no_strings_become_their_text() -> None:
    assert read("80: a\n? [b, c]\n: d\non: e\n'x y': f\n").value == {
        "80": "a",
        "[b, c]": "d",
        "on": "e",
        "x y": "f",
    }


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: 1\na: 2\n", ["2:1 duplicate-key `a` is given twice, and only the last one counts"]),
        ("a: *b\n", ["1:4 yaml-syntax no anchor `&b` stands before this alias"]),
        ("a: &b [*b]\n", ["1:8 yaml-aliases alias `*b` stands for what it stands in"]),
        ("a: b: c\n", ["1:5 yaml-syntax! a `:` stands where no key can be"]),
        ("a: 1\n b: d", ["2:3 yaml-syntax! a `:` stands where no key can be"]),
        ("- a\nb: 1\n", ["2:1 yaml-syntax! this is no element of the list that it stands in"]),
        ("a: [1, 2\nb: 3\n", ["2:2 yaml-syntax! a list in brackets is not closed"]),
        ("a: [1, 2\n", ["2:1 yaml-syntax! a list in brackets is not closed"]),
        ("a: {b: 2\n", ["2:1 yaml-syntax! a mapping in braces is not closed"]),
        ('a: "b\n', ["1:4 yaml-syntax! a quote is opened and never closed"]),
        ('a: "b" c\n', [f"1:8 yaml-syntax! {MISFIT}"]),
        ("a: `b`\n", ["1:4 yaml-syntax! no value can begin with this character"]),
        ("a: *\n", ["1:5 yaml-syntax! `*` and `&` begin aliases and anchors"]),
        ('a: "\\d"\n', ["1:5 yaml-syntax! this escape is none of YAML's"]),
        ("a: \x01\n", ["1:4 yaml-syntax! character U+0001 is not allowed in YAML"]),
        ("a: \ud800\n", ["1:4 yaml-syntax! character U+D800 is not allowed in YAML"]),
        ("a:\n\tb: 1\n", ["2:1 yaml-tab a tab indents this line; YAML indents with spaces only"]),
        (
            "a:\n  b: 1\n\tc: 1\n\td: 1\n",
            ["3:1 yaml-tab! a tab indents this line and 1 more; YAML indents with spaces only"],
        ),
        ("\t", ["1:1 yaml-tab a tab indents this line; YAML indents with spaces only"]),
        ("- " * 600, ["1:1001 depth! values nest more than 500 deep"]),
    ],
)  # fmt: skip
def test_faults_are_said_at_their_places_in_plain_words(text: str, faults: list[str]) -> None:
    document = read(text)
    assert said(document) == faults
    assert (document.value is None) == (document.faults[0].fatal or text == "\t")


def test_tabs_are_got_over_when_spaces_make_sense() -> None:
    document = read("a:\n\tb: 1\n\tc:\n\t\t- d\n")
    assert document.value == {"a": {"b": 1, "c": ["d"]}}
    assert document.place(document.span(("a", "c", 0)).value[0]) == (4, 5)


@pytest.mark.parametrize("flow", [True, False])
def test_aliases_of_aliases_are_never_written_out(*, flow: bool) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 12):
        aliases = [f"*a{level - 1}"] * 10
        text = f"[{', '.join(aliases)}]" if flow else "".join(f"\n- {item}" for item in aliases)
        lines.append(f"a{level}: &a{level} {text}")
    document = read("\n".join(lines))
    assert [(fault.kind, fault.fatal) for fault in document.faults] == [("yaml-aliases", True)]
    assert document.value is None


def test_aliases_do_not_nest_deeper_than_brackets_may() -> None:
    lines = ["a0: &a0 x"] + [f"a{n}: &a{n} {'[' * 10}*a{n - 1}{']' * 10}" for n in range(1, 60)]
    assert [fault.kind for fault in read("\n".join(lines)).faults] == ["depth"]


def test_documents_share_one_text() -> None:
    text = "---\na: 1\n---\n# nothing\n---\nb: &x 2\n...\n---\nc: *x\n"
    first, second, third = source_yaml.documents("all.yaml", text)
    assert [first.value, second.value] == [{"a": 1}, {"b": 2}]
    assert second.place(second.span(("b",)).value[0]) == (6, 7)
    assert [fault.kind for fault in third.faults] == ["yaml-syntax"]


def test_what_stands_before_a_broken_document_is_read() -> None:
    first, second = source_yaml.documents("all.yaml", "a: 1\n---\nb: [\n")
    assert (first.value, first.faults) == ({"a": 1}, [])
    assert said(second) == ["4:1 yaml-syntax! a value is missing here"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "\n\n"])
def test_an_empty_text_is_one_empty_document(text: str) -> None:
    (document,) = source_yaml.documents("task.yaml", text)
    assert (document.value, document.faults) == (None, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a: {{ must_env "X" }}\n', {"a": '{{ must_env "X" }}'}),
        ("a: [${x}, {{ y }}]\nb: {c: ${z}}\n", {"a": ["${x}", "{{ y }}"], "b": {"c": "${z}"}}),
        ('a: "{{ env "X" }}:1"\n', {"a": '{{ env "X" }}:1'}),
        ("a: %X%\nb: @y@\nc: #{Z}#\n", {"a": "%X%", "b": "@y@", "c": "#{Z}#"}),
        ("a: $X\nb: <y z>\n", {"a": "$X", "b": "<y z>"}),
        ("{{ key }}: 1\n", {"{{ key }}": 1}),
        ("a: |\n  x {{ y }}\n  z\n", {"a": "x {{ y }}\nz\n"}),
        ("# {{ if\na: 1\n", {"a": 1}),
        ("a: 1\n{{ if .X }}\nb: 2\n{{- end }}\n", {"a": 1, "b": 2}),
        ("a: {{if x}}1{{else}}2{{end}}\n", {"a": "1{{else}}2{{end}}"}),
        ("a: 1\n{{ if x }}\nb: 2\n{{ else }}\nb: 3\n{{ end }}\n", {"a": 1, "b": "3"}),
        ('{{ include "labels" . }}\na: 1\n', {"a": 1}),
        ("{# note #}\na: 1\n{{- /* more */}}\n", {"a": 1}),
    ],
)
def test_templates_are_unknown_values_without_faults(text: str, value: Any) -> None:
    document = read(text)
    assert said(document) == []
    assert plain(document.value) == value


def test_values_of_templates_keep_their_known_parts_and_places() -> None:
    document = read("a: 1\nimage: repo:{{ tag }}\nb: [${x}, 2]\n")
    assert document.value["image"].known == "repo:"
    assert isinstance(document.value["b"][0], Unknown)
    assert document.value["b"][1] == 2
    start, end = document.span(("b", 1)).value
    assert document.text[start:end] == "2"


def test_lists_that_a_template_writes_may_go_on() -> None:
    document = read(
        "a:\n{% for x in y %}\n  - b: {{ x }}\n{% endfor %}\nc:\n  - d\n"
        "e:\n  f: 1\n  {{ if g }}\n  h: 2\n  {{ end }}\n"
    )
    assert document.faults == []
    assert plain(document.value) == {"a": [{"b": "{{ x }}"}, ""], "c": ["d"], "e": {"f": 1, "h": 2}}
    assert document.partial == {("a",), ("e",)}


def test_a_template_that_only_its_engine_reads_is_unknown_without_faults() -> None:
    document = read("a: 1{{ if b }}\n  c:{{ range d }}\n - e{{ end }}{{ end }}\n]")
    assert document.faults == []
    assert isinstance(document.value, Unknown)


def test_private_characters_in_the_text_stay() -> None:
    assert read("a: \ue000\U000f0000\nb: 1\n").value == {"a": "\ue000\U000f0000", "b": 1}


def test_the_parser_in_python_is_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert read("a: &x [1, {b: c}]\nd: *x\n").value["d"] == [1, {"b": "c"}]
    for text in ("a: b: c", "a: [1", "- a\nb: 1", 'a: "b', "a: `b`", "a:\n\tb: 1", "a: *"):
        assert len(read(text).faults) == 1


@given(DATA, st.sampled_from([None, True, False]))
def test_what_pyyaml_writes_is_read_back(data: Any, flow: bool | None) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True)
    document = read(text)
    assert document.faults == []
    assert document.value == data


@given(DATA)
def test_the_span_of_a_scalar_holds_it(data: Any) -> None:
    document = read(yaml.safe_dump(data, width=10**6, allow_unicode=True, sort_keys=False))
    for path, span in document.spans().items():
        value = document.value
        for key in path:
            value = value[key]
        if not isinstance(value, (dict, list)):
            assert read(document.text[slice(*span.value)]).value == value


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    check_sane(text)


@given(
    st.lists(
        st.sampled_from(
            [*"{}[],:\"'`|>&*!%@#-?~ \n\ta1<$", "\n  ", "- ", "a: ", "{{ if x }}", "{{ x }}", "${"]
        )
    ).map("".join)
)
def test_any_text_that_looks_like_yaml_is_read(text: str) -> None:
    check_sane(text)


def check_sane(text: str) -> None:
    for document in source_yaml.documents("task.yaml", text):
        for fault in document.faults:
            assert fault.message
            assert 0 <= fault.start <= fault.end <= len(text)
            assert all(0 <= start <= end <= len(text) for start, end, _ in fault.related)
        for span in document.spans().values():
            assert 0 <= span.value[0] <= span.value[1] <= len(text)
