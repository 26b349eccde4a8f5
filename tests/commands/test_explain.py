from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fargate_lint.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain")

PLUGIN = '''
from fargate_lint.lint.rule import Rule


class AcmeOne(Rule):
    """The task has no owner,
    so nobody is called.

    ## Why it matters
    Somebody must be called.

    ## Example
    ```json bad platform=mdr require-agent=true
    {"tags": []}
    ```
    ```json fixed
    {"tags": [{"key": "owner", "value": "me"}]}
    ```

    ## References
    - https://acme.example/owners
    """

    code = "ACM101"
    name = "no-owner"
    severity = "error"
    aliases = ("ownerless",)
    since = "2.0"


class AcmeTwo(Rule):
    """Two."""

    code = "ACM102"
    name = "two"


def fargate_lint_rules():
    return [AcmeOne, AcmeTwo]
'''
PAGE = """\
# no-owner

`ACM101` · **error** · since 2.0 · plugin `PLUGIN` · also `ownerless`

The task has no owner,
so nobody is called.

## Why it matters

Somebody must be called.

## Example

Reported, with `platform = "mdr"`, `require-agent = true`:

```json
{"tags": []}
```

Write instead:

```json
{"tags": [{"key": "owner", "value": "me"}]}
```

## References

- https://acme.example/owners
"""


@pytest.fixture(autouse=True)
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a plugin that the configuration of the current folder names."""
    (tmp_path / "acme.py").write_text(PLUGIN)
    (tmp_path / "fargate-lint.toml").write_text('[plugins]\npaths = ["acme.py"]\n')
    monkeypatch.chdir(tmp_path)
    return str(tmp_path / "acme.py")


def shown(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(["explain", "--plugins", *words]) == status
    captured = capsys.readouterr()
    return captured.err if status else captured.out


def test_a_page_is_markdown_in_a_pipe(capsys: pytest.CaptureFixture[str], acme: str) -> None:
    assert shown(capsys, "no-owner").replace(acme, "PLUGIN") == PAGE


@pytest.mark.parametrize("name", ["ACM101", "acm101", "ownerless", "No-Owner"])
def test_a_rule_goes_by_code_name_and_former_names(
    name: str, capsys: pytest.CaptureFixture[str], acme: str
) -> None:
    assert shown(capsys, name).replace(acme, "PLUGIN") == PAGE


def test_several_pages_are_apart_and_each_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    pages = shown(capsys, "two", "ACM").split("\n---\n\n")
    assert [page.partition("\n")[0] for page in pages] == ["# two", "# no-owner"]


def test_all_rules_have_a_page_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "ALL")
    assert text.startswith("# no-owner\n")
    assert text.count("\n---\n\n# ") > 10


def test_an_unknown_rule_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "no-ownr", status=2) == (
        "error: there is no rule `no-ownr`\n  help: did you mean `no-owner`?\n"
    )


@pytest.mark.parametrize("path", ["task.json", "./infra"])
def test_what_is_neither_a_rule_nor_a_file(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, path, status=2) == (
        f"error: `{path}` is no rule, and there is no such file\n"
    )


def test_a_file_that_holds_nothing_to_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "acme.py", status=3) == (
        "nothing to explain: no task definition, log or stopped task in `acme.py`\n"
    )


def test_a_rule_and_a_file_are_not_explained_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "no-owner", "acme.py", status=2) == (
        "error: `no-owner` is a rule and `acme.py` is a file: explain one or the other\n"
        "  help: `fargate-lint explain acme.py`\n"
    )


def test_without_a_subject_it_tells_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 3
    text = capsys.readouterr().out
    assert text.startswith("fargate-lint explain RULE…")
    assert "--logs FILE" in text


def test_a_broken_plugin_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], acme: str
) -> None:
    (tmp_path / "acme.py").write_text("1 / 0")
    assert main(["explain", "--plugins", "CFG"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("# ")
    assert captured.err == (
        f"warning: plugin `{acme}` can't be loaded: ZeroDivisionError: division by zero\n"
    )


def test_a_page_is_formatted_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = shown(capsys, "no-owner")
    assert "\x1b[1;91mReported\x1b[0m, with " in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    text = re.sub(r"\x1b\[[0-9;]*m| +$", "", shown(capsys, "ACM"), flags=re.MULTILINE)
    assert text.startswith("no-owner\n\nACM101 · error · since 2.0 · plugin")
    assert text[text.index("The task") :] == (
        """\
The task has no owner, so nobody is called.

Why it matters

Somebody must be called.

Example

Reported, with platform = "mdr", require-agent = true:

    {"tags": []}

Write instead:

    {"tags": [{"key": "owner", "value": "me"}]}

References

 • https://acme.example/owners

"""
        + "─" * 100
        + "\n\ntwo\n"
        + text[text.index("\nACM102 ") :]
    )
