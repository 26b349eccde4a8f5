from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.source import read as source_read
from fargate_lint.source.read import extension, read


def kinds(name: str, text: str) -> tuple[str, list[str]]:
    """The syntax that a text was read as, and the kinds of its faults."""
    document = read(name, text.encode())[0]
    return document.syntax, [fault.kind for fault in document.faults]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b.d/web.JSON", "json"),
        ("web.json.tpl", "json"),
        ("web.yaml.j2", "yaml"),
        ("web.tpl", "tpl"),
        ("web.json5", "json5"),
        ("c:\\task.yml", "yml"),
        ("Makefile", ""),
        ("-", ""),
        ("", ""),
    ],
)
def test_the_extension_is_found_behind_that_of_a_template(name: str, expected: str) -> None:
    assert extension(name) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '{"a": 1}', ("json", [])),
        ("a.json", '{"a": 1,}', ("json", ["comma-trailing"])),
        ("a.json", "a: 1\nb: [2]\n", ("yaml", [])),
        ("a.json", "a: 1\nb: [2\n", ("json", ["not-json"])),
        ("a.json", '"a": {"b": 1}', ("json", ["wrapper-missing"])),
        ("a.json", '"a": b\n"c": d\n', ("yaml", [])),
        ("a.json", "hello", ("json", ["not-json"])),
        ("a.json", "", ("json", ["not-json"])),
        ("a.jsonc", "{a: 1, // b\n}", ("json", [])),
        ("a.json5", "{'a': 1,}", ("json", [])),
        ("a.json.tftpl", '{"a": ${b}}', ("json", [])),
        ("a.yaml", '{\n\t"a": 1\n}', ("json", [])),
        ("a.yaml", "{a: 1, b: [c],}", ("yaml", [])),
        ("a.yml", "a: 1\n", ("yaml", [])),
        ("a.yml.j2", "a: {{ b }}\n", ("yaml", [])),
        ("a.conf", '{"a": 1}', ("text", [])),
        ("a.tf", "a: 1", ("text", [])),
        ("a.tpl", '[{"a": ${b}}]', ("json", [])),
        ("a.tpl", "a: {{ b }}\n", ("yaml", [])),
        ("-", '{"a": 1,}', ("json", ["comma-trailing"])),
        ("-", '// b\n{"a": 1}', ("json", ["comment"])),
        ("-", "```json\n[1]\n```", ("json", ["markdown-fence"])),
        ("-", '"a": {"b": 1}', ("json", ["wrapper-missing"])),
        ("-", '"a": b\n"c": d\n', ("yaml", [])),
        ("-", "- a: 1\n- b: 2\n", ("yaml", [])),
        ("-", "{{ if x }}\na: 1\n{{ end }}\n", ("yaml", [])),
        ("-", "just words: and more: of them\n", ("text", [])),
        ("-", "hello", ("text", [])),
        ("-", "", ("text", [])),
    ],
)
def test_a_text_is_read_as_what_it_is(
    name: str, text: str, expected: tuple[str, list[str]]
) -> None:
    assert kinds(name, text) == expected


@pytest.mark.parametrize("text", ["[SERVICE]\n    Flush 1\n", "# b\n[OUTPUT]\n    Name null\n"])
def test_a_section_is_no_list_of_json_or_yaml(text: str) -> None:
    assert kinds("-", text)[0] not in {"json", "yaml"}


def test_a_byte_order_mark_shifts_no_place() -> None:
    (document,) = read("a.json", b'\xef\xbb\xbf{"a": 1}')
    assert document.value == {"a": 1}
    assert [fault.kind for fault in document.faults] == ["byte-order-mark"]
    assert document.span(("a",)).value == (6, 7)


def test_files_in_the_encoding_of_powershell_are_read() -> None:
    (document,) = read("a.yaml", b"\xff\xfe" + "a: é\r\n".encode("utf-16-le"))
    assert document.value == {"a": "é"}


def test_each_document_of_yaml_is_one() -> None:
    assert [document.value for document in read("a.yaml", b"a: 1\n---\nb: 2\n")] == [
        {"a": 1},
        {"b": 2},
    ]


def test_binary_files_are_one_fatal_fault() -> None:
    (document,) = read("a.json", b"\x7fELF\x02\0\0\0")
    assert [(fault.kind, fault.fatal) for fault in document.faults] == [("binary", True)]
    assert (document.syntax, document.text, document.value) == ("text", "", None)


def test_files_beyond_the_limit_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_read, "LIMIT", 10)
    (document,) = read("a.json", b'{"a": 123}\n')
    assert [(fault.kind, fault.fatal) for fault in document.faults] == [("too-large", True)]
    assert document.faults[0].message == "the file has 11 bytes, more than the 10 that are read"
    assert document.text == ""


def test_a_clean_json_file_needs_neither_pyyaml_nor_the_careful_reader() -> None:
    program = (
        "import sys\n"
        "from fargate_lint.source.read import read\n"
        """assert read('a.json', b'{"a": "${b}"}')[0].value\n"""
        "print(*sorted(sys.modules))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert "fargate_lint.source.json" in loaded
    assert not loaded & {"yaml", "fargate_lint.source.recovery", "fargate_lint.source.yaml"}


@given(st.sampled_from(["a.json", "a.yaml", "a.jsonc", "a.tpl", "-"]), st.binary())
def test_any_bytes_are_read(name: str, data: bytes) -> None:
    documents = read(name, data)
    assert documents
    for document in documents:
        document.spans()


@given(st.sampled_from(["a.json", "a.yaml", "a.tpl", "-"]), st.text())
def test_any_text_is_read(name: str, text: str) -> None:
    assert read(name, text.encode(errors="surrogatepass"))


@pytest.mark.parametrize("begin", ["/" * 99, "{{ x }}" * 50, "/* */" * 50, "...," * 50, "```" * 50])
@pytest.mark.parametrize("name", ["task", "task.tpl"])
def test_what_looks_like_many_comments_is_seen_through_once(name: str, begin: str) -> None:
    assert read(name, f"{begin}\nfamily")[0].syntax == "text"
    assert read(name, begin + '\n{"family": "shop"}')[0].syntax == "json"
