from __future__ import annotations

import pytest

from fargate_lint.launch.configuration import Configuration, load, load_lines
from fargate_lint.launch.file_role import file_role
from fargate_lint.launch.files import Files, FolderFiles
from fargate_lint.launch.problem import CRASH
from fargate_lint.launch.rewriting import lines_of
from fargate_lint.launch.sections import Entry, Include, Origin, Section
from fargate_lint.launch.variables import Variables
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "1.9.10", "4.2.8"
NULL = "[OUTPUT]\n    Name null\n"


def read(text: str, texts: dict[str, str] | None = None, version: str = NEW) -> Configuration:
    files = Files(texts or {}, folder="/etc/fb", complete=True)
    return load(text, version=version, name="/etc/fb/main.conf", files=files)


def names(configuration: Configuration) -> list[str]:
    return [section.name for section in configuration.sections]


def said(configuration: Configuration) -> list[str]:
    return [problem.said for problem in configuration.problems]


def test_an_include_stands_where_its_sections_come() -> None:
    main = "[INPUT]\n    Name a\n@INCLUDE inc.conf\n    Tag x\n[FILTER]\n    Name b\n"
    configuration = read(main, {"/etc/fb/inc.conf": NULL})
    assert names(configuration) == ["INPUT", "OUTPUT", "FILTER"]
    # The section that was being read stays open.
    assert [entry.key for entry in configuration.sections[0].entries] == ["Name", "Tag"]


def test_paths_of_nested_includes_count_from_the_main_file() -> None:
    texts = {"/etc/fb/sub/a.conf": "@INCLUDE sub/b.conf\n", "/etc/fb/sub/b.conf": NULL}
    assert names(read("@INCLUDE sub/a.conf\n", texts)) == ["OUTPUT"]


def test_entries_know_file_and_line() -> None:
    configuration = read("@INCLUDE inc.conf\n", {"/etc/fb/inc.conf": NULL})
    assert configuration.sections[0].entries[0].origin == Origin(
        "/etc/fb//inc.conf", ("OUTPUT", 0, "Name"), 2
    )


def test_a_file_on_disk_includes_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.conf").write_text(NULL)
    (tmp_path.parent / "outside.conf").write_text(NULL)
    (tmp_path / "link.conf").symlink_to(tmp_path.parent / "outside.conf")
    files = FolderFiles(str(tmp_path))

    def included(path: str) -> Configuration:
        return load(f"@INCLUDE {path}\n", version=NEW, name=f"{tmp_path}/m.conf", files=files)

    assert names(included("sub/a.conf")) == ["OUTPUT"]
    assert names(included("sub/*.conf")) == ["OUTPUT"]
    assert names(included("sub")) == []
    assert [problem.kind for problem in included("nope.conf").problems] == ["include-missing"]
    for outside in ("../outside.conf", "link.conf", "/etc/passwd", "a\0b"):
        configuration = included(outside)
        assert not configuration.sections
        assert not [problem for problem in configuration.problems if "\0" not in outside]


def test_a_pattern_takes_all_that_match() -> None:
    texts = {"/etc/fb/a_1.conf": NULL, "/etc/fb/a_2.conf": NULL, "/etc/fb/b.conf": "[INPUT]\n"}
    assert names(read("@INCLUDE a_*.conf\n", texts)) == ["OUTPUT", "OUTPUT"]
    assert said(read("@INCLUDE c_*.conf\n", texts)) == [
        "[read_glob] glob: [/etc/fb//c_*.conf] no match"
    ]


@pytest.mark.parametrize("path", ["nope.conf", "inc.conf # more", '"inc.conf"', "inc.con?"])
def test_a_missing_include_ends_the_start(path: str) -> None:
    (problem,) = read(f"@INCLUDE {path}\n", {"/etc/fb/inc.conf": NULL}, OLD).problems
    assert (problem.kind, problem.exit) == ("include-missing", 1)
    assert problem.said == f"[config] I cannot open /etc/fb//{path} file"


def test_a_missing_absolute_include_says_nothing() -> None:
    assert said(read("@INCLUDE /nope.conf\n")) == [""]


def test_an_include_twice() -> None:
    texts = {"/etc/fb/inc.conf": NULL}
    main = "@INCLUDE inc.conf\n@INCLUDE inc.conf\n"
    assert said(read(main, texts, OLD)) == ["[config] file already included /etc/fb//inc.conf"]
    assert said(read(main, texts, NEW)) == ["[config] Read twice. path=/etc/fb//inc.conf"]
    # 1.9 compares the words, newer versions the files.
    other = "@INCLUDE inc.conf\n@INCLUDE ./inc.conf\n"
    assert said(read(other, texts, OLD)) == []
    assert len(said(read(other, texts, NEW))) == 1


def test_a_file_that_includes_itself_crashes_1_9() -> None:
    texts = {"/etc/fb/inc.conf": "@INCLUDE inc.conf\n"}
    assert [problem.exit for problem in read("@INCLUDE inc.conf\n", texts, OLD).problems] == [CRASH]
    assert [problem.exit for problem in read("@INCLUDE inc.conf\n", texts, NEW).problems] == [1]


def test_an_include_that_is_not_known_is_no_fault() -> None:
    configuration = load("@INCLUDE /fluent-bit/x.conf\n" + NULL, version=NEW)
    assert not configuration.complete
    assert not configuration.problems
    assert names(configuration) == ["OUTPUT"]


def test_an_included_file_begins_with_a_header() -> None:
    configuration = read("[INPUT]\n@INCLUDE inc.conf\n", {"/etc/fb/inc.conf": "    Tag x\n"})
    assert said(configuration) == [
        "[config] error in /etc/fb//inc.conf:1: could not allocate key value pair"
    ]


def test_settings_count_wherever_they_stand() -> None:
    configuration = read("@SET a=1\n@SET b\n@SET a=2\n", {})
    assert configuration.settings == {"a": "2"}
    assert said(configuration) == ["[meta SET] invalid parameter 'b'"]


def test_generated_sections_keep_their_origins() -> None:
    origin = Origin("task.json", ("containerDefinitions", 0, "logConfiguration", "options", "Host"))
    items: list[Section | Include] = [
        Section("OUTPUT", [Entry("Name", "syslog"), Entry("Host", Unknown("${h}"), origin)]),
        Include("/extra.conf", Origin("task.json", ("x",))),
        Section("FILTER", [Entry("Name", ""), Entry("Match", "*")]),
    ]
    configuration = load_lines(lines_of(items), version=NEW)
    host = configuration.sections[0].entries[1]
    assert host.origin == origin
    assert isinstance(host.value, Unknown)
    assert not configuration.complete
    assert [problem.kind for problem in configuration.problems] == ["value-empty"]


def test_templates_are_not_known() -> None:
    text = "[OUTPUT]\n    Name {{ name }}\n    Match *\n"
    configuration = load(text, version=NEW, templates=True)
    assert isinstance(configuration.sections[0].entries[0].value, Unknown)
    loop = "{{#each x}}\n[OUTPUT]\nName y\n{{/each}}\n"
    assert not load(loop, version=NEW, templates=True).problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${A}", "1"),
        ("a${A}b${B}c", "a1b2c"),
        ("${NO}x", "x"),
        ("$A ${} ${", "$A ${} ${"),
        ("}${A}", "}${A}"),
        ("${A}x${B", "1"),
        ("${A}x${}y", "1y"),
        ("${EMPTY}", ""),
    ],
)
def test_variables_are_replaced_once(text: str, expected: str) -> None:
    variables = Variables({"A": "1", "B": "2", "EMPTY": "", "C": "${A}"}, version=OLD)
    assert variables.expand(text) == expected
    assert variables.expand("${C}") == "${A}"


def test_settings_beat_the_environment() -> None:
    variables = Variables({"A": "1"}, version=NEW)
    variables.settings["A"] = "2"
    assert variables.expand("${A}") == "2"


def test_defaults_are_new() -> None:
    unset: list[str] = []
    assert Variables(version=NEW).expand("${A:-web}", unset) == "web"
    assert Variables(version=OLD).expand("${A:-web}", unset) == ""
    assert unset == ["A:-web"]


def test_a_default_counts_as_long_as_nothing_else_is_known() -> None:
    variables = Variables({"A": "1"}, version=NEW, complete=False)
    assert variables.expand("${A:-2} ${B:-3}") == "1 3"


def test_a_variable_that_may_be_set_makes_the_value_unknown() -> None:
    assert isinstance(Variables(complete=False).expand("a${A}"), Unknown)
    assert isinstance(Variables({"A": Unknown("secret")}).expand("a${A}"), Unknown)
    assert isinstance(Variables().expand("${HOSTNAME}"), Unknown)


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        (["SERVICE", "PARSER"], "main"),
        (["Parser"], "parsers"),
        (["Unit", "Service", "Install"], ""),
        (["STREAM_TASK"], "streams"),
        (["UPSTREAM", "NODE"], "upstream"),
        (["PLUGINS"], "plugins"),
        (["mysqld"], ""),
    ],
)
def test_what_a_file_is_for(sections: list[str], expected: str) -> None:
    assert file_role(sections) == expected
