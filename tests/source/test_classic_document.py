from __future__ import annotations

import pytest

from fargate_lint.source.classic_document import is_classic, is_yaml, read
from fargate_lint.source.read import read as read_file

FLUENT_BIT = [
    "[INPUT]\n    Name tail\n",
    "# comment\n\n[output]\n  name stdout\n  match *\n",
    "[SERVICE]\n    Flush 1\n",
    "[Service]\n    Parsers_File p.conf\n",
    "[PARSER]\n    Name json\n    Format json\n",
    "[MULTILINE_PARSER]\n    name x\n",
    "[STREAM_TASK]\n    Name x\n    Exec SELECT 1;\n",
    "[UPSTREAM]\n    name x\n",
    "[PLUGINS]\n    Path /a.so\n",
    "[INPUT]\nName=tail\n",
    "[INPUT]\n    Name: tail\n",
    "[OUTPUT\n    Name stdout\n",
    "   [FILTER]\n      Name grep\n",
    "@INCLUDE a.conf\n",
    "@SET A=b\n",
]
OTHERS = [
    "",
    "text",
    "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nType=simple\n",
    "[Service]\nEnvironment=A=b\nUser=root\n",
    "[mysqld]\nname = x\n",
    "[output]\nname = x\n",
    "[service]\nlog_level = info\n",
    "[program:web]\ncommand=/bin/x\n",
    "server {\n  listen 80;\n}\n",
    "<source>\n  @type forward\n</source>\n@include x.conf\n",
    "<source>\n  @type forward\n</source>\n@INCLUDE x.conf\n",
    "input {\n  beats { port => 5044 }\n}\n",
    'module(load="imuxsock")\ninput(type="imtcp" port="514")\n',
    "[input] tail.1 paused (mem buf overlimit)\n",
]


@pytest.mark.parametrize("text", FLUENT_BIT)
def test_fluent_bits_format_is_told_by_its_look(text: str) -> None:
    assert is_classic(text)
    assert read_file("x.conf", text.encode())[0].syntax == "classic"


@pytest.mark.parametrize("text", OTHERS)
def test_other_programs_files_are_something_else(text: str) -> None:
    assert not is_classic(text)
    assert read_file("x.conf", text.encode())[0].syntax == "text"


@pytest.mark.parametrize("name", ["a.conf", "a.conf.tpl", "a.cfg", "a.txt", "a", "<stdin>"])
def test_the_name_does_not_matter(name: str) -> None:
    assert read_file(name, FLUENT_BIT[0].encode())[0].syntax == "classic"


@pytest.mark.parametrize("name", ["README.md", "run.sh", "a.log", "a.py", "main.tf"])
def test_what_quotes_a_configuration_is_none(name: str) -> None:
    assert read_file(name, FLUENT_BIT[0].encode())[0].syntax == "text"


def test_yaml_under_a_wrong_name_is_fluent_bits_too() -> None:
    text = "service:\n  flush: 1\npipeline:\n  inputs:\n    - name: cpu\n"
    assert is_yaml(text)
    assert not is_yaml("pipeline:\n  build:\n    image: go\n")
    assert read_file("a.conf", text.encode())[0].syntax == "classic"
    assert read_file("a.yaml", text.encode())[0].syntax == "yaml"


def test_values_are_by_section_and_repeated_keys_are_lists() -> None:
    text = "[INPUT]\n    Name a\n[filter]\n    Record a b\n    Record c d\n[INPUT]\n    Name b\n"
    document = read("x.conf", text)
    assert document.value == {
        "INPUT": [{"Name": "a"}, {"Name": "b"}],
        "FILTER": [{"Record": ["a b", "c d"]}],
    }
    span = document.span(("INPUT", 1, "Name"))
    assert document.place(span.value[0]) == (7, 10)


def test_a_byte_order_mark_and_other_encodings_have_kinds_of_their_own() -> None:
    document = read_file("x.conf", b"\xef\xbb\xbf" + FLUENT_BIT[0].encode())[0]
    assert [fault.kind for fault in document.faults] == ["byte-order-mark"]
    wide = read_file("x.conf", FLUENT_BIT[0].encode("utf-16"))[0]
    assert [fault.message for fault in wide.faults] == ["the file is UTF-16, but is read as UTF-8"]
