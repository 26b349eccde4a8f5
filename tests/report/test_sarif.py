from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from fargate_lint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.located import Located

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads(
    (Path(__file__).parent.parent / "data" / "schemas" / "sarif-2.1.0-rtm.5.json").read_text()
)
TASK = '{"a": 1,\n "b": 2}'


@pytest.fixture(scope="module")
def validate() -> Callable[[Any], None]:
    return jsonschema.Draft4Validator(SCHEMA).validate


@pytest.fixture(autouse=True)
def no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


@pytest.mark.parametrize("paths", [["fixtures/err", "examples"], ["fixtures/ok"]])
def test_all_fixtures_together_are_valid(
    paths: list[str],
    validate: Callable[[Any], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    main(["check", "--isolated", "--min-severity", "info", "--output-format", "sarif", *paths])
    log = json.loads(capsys.readouterr().out)
    validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert (ROOT / location["uri"]).is_file()
    for rule in rules:
        assert rule["help"]["markdown"].startswith(f"# {rule['name']}\n")
        assert len(set(rule["properties"]["tags"])) == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("sarif-multitool") is None, reason="needs sarif-multitool")
@pytest.mark.parametrize("kind", ["Sarif", "Ghas"])
def test_the_validator_of_microsoft_has_no_objection(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its notes ask for snippets, names in Pascal case and the like: matters of taste.
    monkeypatch.chdir(ROOT)
    main([
        "check", "--isolated", "--min-severity", "info", "--output-format",
        f"sarif:{tmp_path / 'ours.sarif'}", "fixtures", "examples",
    ])  # fmt: skip
    # It has no exit status for what it finds.
    done = subprocess.run(
        ["sarif-multitool", "validate", "ours.sarif", "--rule-kind", kind, "-o", "said.sarif"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "1 files scanned" in done.stdout
    run = json.loads((tmp_path / "said.sarif").read_text())["runs"][0]
    said = [result for result in run["results"] if result.get("level", "warning") != "note"]
    assert said == []


def test_a_result_has_its_places_and_its_fingerprint(
    found: Callable[..., Located], report: Callable[..., str], validate: Callable[[Any], None]
) -> None:
    finding = found(
        TASK, "1", "one", help="two", container="web", related=[("2", "here", "b c.json", TASK)]
    )
    log = json.loads(report("sarif", finding))
    validate(log)
    assert log["runs"][0]["results"] == [
        {
            "ruleId": "LCH101",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "one\ntwo"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "task.json", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 8},
                    },
                    "logicalLocations": [
                        {"name": "web", "kind": "container"},
                        {
                            "name": "4",
                            "fullyQualifiedName": "/containerDefinitions/1/command/4",
                            "kind": "member",
                        },
                    ],
                }
            ],
            "partialFingerprints": {"fargateLint/v1": "0123456789abcdef"},
            "relatedLocations": [
                {
                    "id": 1,
                    "message": {"text": "here"},
                    "physicalLocation": {
                        "artifactLocation": {"uri": "b%20c.json", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 8},
                    },
                }
            ],
        }
    ]


def test_files_elsewhere_and_standard_input_have_addresses_too(
    found: Callable[..., Located], report: Callable[..., str], validate: Callable[[Any], None]
) -> None:
    findings = [found(TASK, "1", "x", file=file) for file in ("/no where/é.json", "<stdin>")]
    log = json.loads(report("sarif", *findings))
    validate(log)
    assert [
        result["locations"][0]["physicalLocation"]["artifactLocation"]
        for result in log["runs"][0]["results"]
    ] == [
        {"uri": "file:///no%20where/%C3%A9.json"},
        {"uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%"},
    ]
