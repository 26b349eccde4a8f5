from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fargate_lint.inputs.shapes import Shape
from fargate_lint.lint.files import SUFFIXES, called, may_be_ours, search
from fargate_lint.lint.globs import glob_pattern

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def found(
    *paths: str, excluded: tuple[str, ...] = (), suffixes: tuple[str, ...] = SUFFIXES
) -> list[str]:
    return [each.path for each in search(paths, lambda path: path in excluded, suffixes)]


def test_a_folder_is_gone_through_in_the_order_of_names_its_own_files_first(here: Path) -> None:
    make(here, "b/2.json", "b/1.yaml", "a/deep/x.conf", "a/y.YML", "z.json.tpl", "c.txt", "d.json5")
    assert found(".") == [
        "d.json5",
        "z.json.tpl",
        "a/y.YML",
        "a/deep/x.conf",
        "b/1.yaml",
        "b/2.json",
    ]
    assert found("b", suffixes=(".txt", ".yaml")) == ["b/1.yaml"]


def test_hidden_and_vendored_folders_are_left_out_unless_they_are_named(here: Path) -> None:
    make(here, ".git/a.json", "node_modules/a.json", "x/venv/a.json", "x/.hidden.json")
    assert found(".") == ["x/.hidden.json"]
    assert found("node_modules") == ["node_modules/a.json"]


def test_what_is_excluded_is_left_out_unless_it_is_named(here: Path) -> None:
    make(here, "old/a.json", "new/a.json", "new/b.json")
    without = ("./old", "new/a.json")
    assert found(".", excluded=without) == ["new/b.json"]
    assert found("new/a.json", "old", excluded=without) == ["new/a.json", "old/a.json"]


def test_what_is_named_twice_is_checked_once_and_as_it_was_named_first(here: Path) -> None:
    make(here, "a/x.json", "a/y.json")
    twice = list(search(["a/y.json", "a", "a/x.json"], lambda _: False))
    assert [(each.path, each.named) for each in twice] == [("a/y.json", True), ("a/x.json", False)]
    assert found("a", "a") == ["a/x.json", "a/y.json"]


def test_a_file_is_looked_for_no_further_when_it_is_named(here: Path) -> None:
    assert [(each.path, each.named) for each in search(["-", "gone.txt"], lambda _: True)] == [
        ("-", True), ("gone.txt", True),
    ]  # fmt: skip
    assert [called(path) for path in ("-", "./-", "a.json")] == ["<stdin>", "./-", "a.json"]
    assert here.is_dir()


@pytest.mark.parametrize(
    ("name", "data", "ours"),
    [
        ("a.json", b'{"x": {"containerDefinitions": []}}', True),
        ("a.json", b'{"image": "a"}', True),
        ("a.yaml", b"- image: a\n", True),
        ("a.yaml", b"- myimage: a\n", False),
        ("a.json", b"{}", False),
        # UTF-16 has a zero in every letter.
        ("a.json", "{}".encode("utf-16-le"), True),
        ("a.json", b" " * 199 + b"\0", True),
        ("a.json", b" " * 200 + b"\0", False),
        ("a.conf", b"a\n \t[ Output ]\n", True),
        ("a.conf", b"a\n@INCLUDE x.conf\n", True),
        ("a.conf", b"a [OUTPUT]\n", False),
        ("a.conf", b"[streams]\n", False),
        ("a.yaml", b"a: 1\nPipeline :\n", True),
        ("a.yaml", b"a:\n  pipeline:\n", False),
        ("a.JSON.tpl", b"[OUTPUT]\n", False),
    ],
)  # fmt: skip
def test_a_quick_look_tells_what_can_be_nothing_of_ours(
    name: str, data: bytes, *, ours: bool
) -> None:
    assert may_be_ours(name, data) is ours


def test_a_quick_look_knows_what_a_plugin_reads() -> None:
    shapes = [Shape("x", lambda _: [], marks=["deploy", "rollout"])]
    assert may_be_ours("a.json", b"{'rollout': 1}", shapes)
    assert not may_be_ours("a.json", b"{'roll': 1}", shapes)


@pytest.mark.parametrize(
    ("glob", "matched", "others"),
    [
        ("a.json", ["a.json", "x/y/a.json", "a.json/b"], ["aajson", "ba.json", "a.jsonx"]),
        ("x/", ["x", "x/a", "y/x/a"], ["xa"]),
        ("/x", ["x", "x/a"], ["y/x"]),
        ("x/*.json", ["x/a.json", "x/.json"], ["x/y/a.json", "y/x/a.json"]),
        ("x/**/a", ["x/a", "x/y/a", "x/y/z/a"], ["x/ya", "xy/a"]),
        ("x/**", ["x/a", "x/a/b"], ["x", "y/x/a"]),
        ("a**b/c", ["ab/c", "ax/yb/c"], ["a/c"]),
        ("?.json", ["a.json", "x/a.json"], [".json", "ab.json"]),
        ("x/?", ["x/a"], ["x//", "x/"]),
        ("x+y/(a)", ["x+y/(a)"], ["xxy/a"]),
        ("x/a", ["x/a"], ["x/a\n"]),
    ],
)
def test_a_glob_is_read_as_in_gitignore(glob: str, matched: list[str], others: list[str]) -> None:
    pattern = glob_pattern(glob)
    assert [name for name in (*matched, *others) if pattern.match(name)] == matched


def plain(glob: str) -> re.Pattern[str]:
    """A glob as it is read when time is of no matter."""
    meaning = {"*": "[^/]*", "?": "[^/]"}
    text = glob.rstrip("/")
    text = "**/" + text if "/" not in text else text.lstrip("/")
    parts = re.split(r"((?<![^/])\*\*+/|\*\*+|\*|\?)", text)
    signs = [
        meaning.get(part) or ("(?:.*/)?" if part[-1:] == "/" else ".*")
        if index % 2
        else re.escape(part)
        for index, part in enumerate(parts)
    ]
    return re.compile("".join(signs) + r"(?:/.*)?\Z", re.DOTALL)


PIECES = st.sampled_from(["a", "b", "/", "*", "**", "/**/", "**/", "?", "ab", "\n"])


@settings(max_examples=2000)
@given(st.lists(PIECES, max_size=8).map("".join), st.text("ab/\n", max_size=12))
def test_a_glob_matches_what_it_says(glob: str, path: str) -> None:
    assert bool(glob_pattern(glob).match(path)) == bool(plain(glob).match(path))


@pytest.mark.parametrize(
    "glob", ["*a" * 40 + "*b", "**a" * 40 + "b", "**/" * 40 + "b", "*" * 70, "**/a/" * 30 + "b"]
)
def test_no_glob_takes_for_ever(glob: str) -> None:
    assert not glob_pattern(glob + "x").match("a" * 60 + "/a" * 60)
