"""Secrets in what is of no document: names of files, reasons, values of a configuration."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from fargate_lint.cli import main
from fargate_lint.report.findings import FORMATS

#: Assembled, so that nobody takes it for one that is in use.
TOKEN = "ghp_" + "aB3dE5fG7hI9kL1m" + "N3oP5qR7sT9uV1wX3yZ5"
TASK = '{"family": "a b", "containerDefinitions": [{"name": "web", "image": "a", "cpu": 1}]}'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a task definition with a token in it."""
    monkeypatch.chdir(tmp_path)
    name = f"td-{TOKEN}.json"
    Path(name).write_text(TASK)
    return name


def test_the_name_of_a_file_shows_no_secret(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = "[error] [output:http:http.0] no upstream connections available\n"
    Path(f"{TOKEN}.log").write_text(given)
    for words in (
        *(["check", "--isolated", "-v", "--output-format", form, file] for form in FORMATS),
        ["check", "--isolated", "--show-files", "."],
        ["check", "--isolated", f"{TOKEN}/none.json"],
        *(
            ["explain", "--format", form, file, "--logs", f"{TOKEN}.log"]
            for form in ("text", "markdown", "json", "html")
        ),
        ["explain", "--logs", f"none-{TOKEN}.log"],
        ["bundle", "-o", "ticket.zip", file, f"{TOKEN}.log"],
    ):
        main(words)
        captured = capsys.readouterr()
        assert captured.out + captured.err
        assert TOKEN[:20] not in captured.out + captured.err, words
    with zipfile.ZipFile("ticket.zip") as archive:
        for entry in archive.namelist():
            assert TOKEN[:20] not in entry
            assert TOKEN[:20].encode() not in archive.read(entry)


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl", "sarif", "markdown"])
def test_the_reason_of_an_ignore_shows_no_secret(
    form: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("fargate-lint.toml").write_text(
        f'[[ignore]]\nrule = "family-name"\nreason = "the token {TOKEN} is rotated"\n'
    )
    main(["check", "--show-suppressed", "--output-format", form, file])
    assert TOKEN[:20] not in capsys.readouterr().out


def test_a_wrong_value_of_a_configuration_shows_no_secret(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("fargate-lint.toml").write_text(f'min-severity = "{TOKEN}"\n')
    assert main(["check", file]) == 2
    captured = capsys.readouterr().err
    assert "min-severity" in captured
    assert TOKEN[:20] not in captured
