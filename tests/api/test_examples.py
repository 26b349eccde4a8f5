"""The examples of docs/api.md: they run, and they are typed."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "fargate_lint" / "data" / "examples" / "agent.json").read_text()
BAD = TEXT.replace('"512"', "512")
EXAMPLES = dict(
    re.findall(
        r"^## ([^\n]+)\n\n[^\n]+\n\n```python\n(.*?)```",
        (ROOT / "docs" / "api.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )
)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("task.json").write_text(TEXT)
    Path("bad.json").write_text(BAD)


def executed(title: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "example"}
    exec(EXAMPLES[title], names)  # noqa: S102  (our own documentation)
    return names


def test_there_are_four_examples() -> None:
    assert list(EXAMPLES) == [
        "A web handler", "A notebook cell", "A test of your own definitions",
        "A report of your own",
    ]  # fmt: skip


def test_the_web_handler_answers_with_findings() -> None:
    answered = []
    application = executed("A web handler")["application"]
    data = BAD.encode()
    environ = {"CONTENT_LENGTH": str(len(data)), "wsgi.input": io.BytesIO(data)}
    [body] = application(environ, lambda status, _: answered.append(status))
    assert answered == ["200 OK"]
    assert body.startswith(b'{"status": "checked", "findings": [{"code": "ECS203"')


def test_the_notebook_cell_shows_the_configuration_and_a_delivery() -> None:
    with redirect_stdout(io.StringIO()) as output:
        executed("A notebook cell")
    assert output.getvalue().startswith("\n[INPUT]\n    Name forward\n")
    assert re.search(
        r"^syslog.0 <14>.* web\[1\]: GET /health 200$", output.getvalue(), re.MULTILINE
    )


def test_the_test_of_definitions_finds_each_and_fails_for_a_bad_one() -> None:
    Path("deploy").mkdir()
    for name in ("task.json", "bad.json"):
        Path(name).rename(Path("deploy", name))
    test = executed("A test of your own definitions")["test_a_task_definition_has_no_findings"]
    [mark] = test.pytestmark
    assert mark.args[1] == [Path("deploy/bad.json"), Path("deploy/task.json")]
    test(Path("deploy/task.json"))
    with pytest.raises(AssertionError):
        test(Path("deploy/bad.json"))


def test_the_report_has_a_line_for_each_finding() -> None:
    stream = io.StringIO()
    executed("A report of your own")["write"]([Path("bad.json"), Path("task.json")], stream)
    assert stream.getvalue() == (
        'bad.json,5,ECS203,"`cpu` of the task is the number 512, not a string"\r\n'
    )


@pytest.mark.slow
def test_the_examples_and_all_public_names_are_typed() -> None:
    from mypy import api

    for at, text in enumerate(EXAMPLES.values()):
        Path(f"example{at}.py").write_text(text)
    Path("wrong.py").write_text("from fargate_lint import Lintr\n")
    options = ["--strict", "--config-file", "", "--follow-imports", "silent"]
    cache = ["--cache-dir", str(ROOT / ".mypy_cache" / "examples")]
    names = [f"example{at}.py" for at in range(len(EXAMPLES))]
    assert api.run([*options, *cache, *names]) == (
        f"Success: no issues found in {len(names)} source files\n", "", 0
    )  # fmt: skip
    said, _, status = api.run([*options, *cache, "wrong.py"])
    assert status == 1
    assert said.startswith('wrong.py:1: error: Module "fargate_lint" has no attribute "Lintr"')
