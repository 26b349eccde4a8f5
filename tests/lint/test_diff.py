from __future__ import annotations

import difflib

import pytest

from fargate_lint.lint.diff import masked_lines, unified

LINES = [f"line {number}\n" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\n", "a\n", []),
        ("a\n", "b\n", ["@@ -1 +1 @@", "-a", "+b"]),
        ("a\nb\n", "a\n", ["@@ -1,2 +1 @@", " a", "-b"]),
        ("", "a\n", ["@@ -0,0 +1 @@", "+a"]),
        ("a\r\n", "b\r\n", ["@@ -1 +1 @@", "-a\r", "+b\r"]),
        ("a\n", "", ["@@ -1 +0,0 @@", "-a"]),
        ("a\nb\nc\n", "a\nc\n", ["@@ -1,3 +1,2 @@", " a", "-b", " c"]),
        ("a\nb", "a\nc", [
            "@@ -1,2 +1,2 @@", " a", "-b", r"\ No newline at end of file", "+c",
            r"\ No newline at end of file",
        ]),
        ("a\rb\r\nc\n", "a\rb\r\nd\n", ["@@ -1,2 +1,2 @@", " a\rb\r", "-c", "+d"]),
        (
            "a", "a\n",
            ["@@ -1 +1 @@", "-a", r"\ No newline at end of file", "+a"],
        ),
        (
            "".join(LINES), "".join(["new\n", *LINES[1:-1], "end\n"]),
            [
                "@@ -1,4 +1,4 @@", "-line 1", "+new", " line 2", " line 3", " line 4",
                "@@ -9,4 +9,4 @@", " line 9", " line 10", " line 11", "-line 12", "+end",
            ],
        ),
    ],
)  # fmt: skip
def test_a_change_is_shown_as_patch_reads_it(before: str, after: str, expected: list[str]) -> None:
    head = ["--- task.txt", "+++ task.txt"] if expected else []
    assert list(unified("task.txt", before, after)) == [*head, *expected]


def test_secrets_are_hidden_in_both_texts_under_the_name_of_either() -> None:
    before = '{"secret": "hunter2hunter2"}\n'
    after = '{"note": "hunter2hunter2"}\n'
    shown = "\n".join(unified("task.json", before, after))
    assert "hunter2" not in shown
    assert '-{"secret": "' in shown
    assert '+{"note": "' in shown


def test_each_document_of_a_file_hides_its_secrets_and_columns_stay() -> None:
    text = "password: hunter2aa\n---\na: hunter2aa # hunter2bb\nsecret: hunter2bb\nb: 1"
    assert masked_lines("task.yaml", text) == [
        "password: *********", "---", "a: ********* # *********", "secret: *********", "b: 1",
    ]  # fmt: skip
    assert "+a: *****" in unified("task.yaml", "password: x-y-z\n", "a: x-y-z\n")
    assert masked_lines("task.yaml", "") == []


def test_changes_within_lines_are_shown_as_when_moved_lines_are_looked_for() -> None:
    before = [f"line {number}" for number in range(60)]
    after = [f"{line} x" if number % 9 in {2, 3} else line for number, line in enumerate(before)]
    old, new = "\n".join(before) + "\n", "\n".join(after) + "\n"
    expected = difflib.unified_diff(before, after, "t.yaml", "t.yaml", lineterm="")
    assert list(unified("t.yaml", old, new)) == list(expected)
