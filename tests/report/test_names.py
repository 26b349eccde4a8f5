"""Names that strangers gave to files, containers and families, in everything that is written."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fargate_lint.cli import main
from fargate_lint.report.findings import FORMATS
from fargate_lint.report.terminal import UNSEEN
from fargate_lint.report.ticket.bundle import _safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

TASK = '{"a": 1,\n "b": 2}'
#: What a terminal or a runner of GitHub's would obey.
EVIL = "e\x1b[31m\u202e\n::error::x,y:z%\r\x9b\\..\\<script>`.json"
NAMES = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\u202e\n\r\t\x9b\\:,%\ud83d\udc80\udcff")),
    min_size=1,
)
#: Line ends and blanks are the formats' own.
OBEYED = re.compile(UNSEEN.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))


@pytest.mark.parametrize("name", FORMATS)
@given(file=NAMES, word=NAMES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_format_writes_what_would_be_obeyed(
    name: str, file: str, word: str, found: Callable[..., Located], report: Callable[..., str]
) -> None:
    made = found(TASK, "1", f"message {word}", help=word, file=file, container=word)
    text = report(name, made)
    if name == "markdown":
        # It puts joiners of its own into what GitHub would take for a reference.
        text = text.replace("\u2060", "")
    assert OBEYED.search(text) is None
    if name == "github":
        # One annotation: no line more is a command.
        assert sum(line.startswith("::") for line in text.splitlines()) == 1
    elif name in {"json", "sarif", "gitlab"}:
        json.loads(text)
    elif name == "jsonl":
        assert all(json.loads(line) for line in text.splitlines())
    elif name == "junit":
        ET.fromstring(text)  # noqa: S314  (our own)


@given(NAMES)
def test_the_name_of_an_entry_is_one_on_every_system(name: str) -> None:
    safe = _safe(os.path.basename(name))
    assert safe
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', safe)
    assert safe.strip(". ") != ""
    assert safe.encode()
    assert _safe(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("task.json", "task.json"),
        ("a\\..\\..\\evil.json", "a_.._.._evil.json"),
        ("C:evil.json", "C_evil.json"),
        ("..", "_"),
        ("nul.json", "_nul.json"),
        ("a\udcff\udcfe.json", "a__.json"),
        ("e\x1b[31m\u202e.json", "e_[31m_.json"),
        ("tâche 1.json", "tâche 1.json"),
    ],
)
def test_an_entry_is_called_like_its_file_as_far_as_that_is_safe(name: str, safe: str) -> None:
    assert _safe(name) == safe


@pytest.mark.skipif(os.name != "posix", reason="no such names there")
@pytest.mark.parametrize("name", [os.fsencode(EVIL.replace("/", "")), b"a\xff\xfe.json"])
def test_every_command_takes_a_file_of_any_name(
    name: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    task = '{"family": "a b", "containerDefinitions": [{"name": "web", "image": "a", "cpu": 1}]}'
    file = os.fsdecode(name)
    Path(file).write_text(task)
    for output in FORMATS:
        main(["check", "--isolated", "--output-format", output, "."])
        main(["check", "--isolated", "-v", "--output-format", f"{output}:out", file])
        lines = capsys.readouterr().out.splitlines()
        assert all(line.startswith("::error file=") for line in lines if line.startswith("::"))
    for words in (
        ["check", "--isolated", "--show-files", "."],
        ["check", "--isolated", "--diff", "--unsafe-fixes", file],
        ["check", "--isolated", "no such " + file],
        ["baseline", "--isolated", "-o", "base", file],
        *(["explain", "--format", form, file] for form in ("text", "markdown", "json", "html")),
        *(["render", "--stage", "order", "--format", form, file] for form in ("mermaid", "dot")),
        ["permissions", file],
        ["bundle", "-o", "ticket.zip", "."],
    ):
        assert main(words) in {0, 1, 2, 3}
        captured = capsys.readouterr()
        assert OBEYED.search(captured.out) is None, words
        assert OBEYED.search(captured.err) is None, words
        assert "\n::" not in captured.out, words
    with zipfile.ZipFile("ticket.zip") as archive:
        entries = archive.namelist()
        assert any(entry.startswith("inputs/") for entry in entries)
        assert all(
            _safe(entry.removeprefix("inputs/")) == entry.removeprefix("inputs/")
            for entry in entries
        )
        for entry in entries:
            archive.read(entry).decode()
