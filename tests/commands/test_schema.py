from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fargate_lint.cli import main
from fargate_lint.lint.settings import keys
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.stated import policy
from fargate_lint.stop import Stop

ROOT = Path(__file__).parent.parent.parent
FIXTURES = sorted((ROOT / "fixtures").glob("*/*.json"))
RULE = '[[rule]]\ncode = "ACME101"\nname = "x"\nselect = "$.a"\n'


def schema(what: str, capsys: pytest.CaptureFixture[str]) -> Any:
    assert main(["schema", what]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(
        found, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_all_findings_about_all_fixtures_are_as_stated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    validator = schema("findings", capsys)
    words = ["--isolated", "--min-severity", "info", "--output-format"]
    main(["check", *words, "json", "--statistics", "fixtures"])
    validator.validate(json.loads(capsys.readouterr().out))
    main(["check", *words, "json", "fixtures/ok/plain.json"])
    validator.validate(json.loads(capsys.readouterr().out))


def test_a_suppressed_finding_is_as_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    validator = schema("findings", capsys)
    (tmp_path / "task.yaml").write_text(
        "family: 'a b'  # fargate-lint: ignore[ALL] why\n"
        "containerDefinitions: [{name: web, image: a, cpu: 1}]\n"
    )
    main(["check", "--output-format", "json", "--show-suppressed", "task.yaml"])
    written = json.loads(capsys.readouterr().out)
    assert written["suppressed"]
    validator.validate(written)


@pytest.mark.parametrize("path", FIXTURES[:40], ids=lambda path: path.stem)
def test_what_render_prints_is_as_stated(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validator = schema("render", capsys)
    main(["render", "--format", "json", str(path)])
    out = capsys.readouterr().out
    if out:
        validator.validate(json.loads(out))


@pytest.mark.parametrize(
    "text",
    [
        "",
        'select = ["LCH", "OUT101"]\nlocked = ["SEC"]\nignore-labels = true\nfail-on = "never"',
        'ignore = ["IMG", {rule = "LCH", reason = "x", until = 2027-01-31}]',
        '[[ignore]]\nrule = "LCH"\nreason = "x"\nfile = "a"\npath = "$.a"',
        '[severity]\nLCH = "info"\n[rules.launcher-run-path]\nseverity = "error"',
        '[per-file-ignores]\n"*.json" = ["LCH"]\n[plugins]\nmodules = []',
        RULE
        + "must-exist = true\nwhen = {select = '$.b', one-of = [1]}\nbad = '{}'\ngood = ['{}']",
        (ROOT / "examples" / "policy" / "fargate-lint.toml").read_text(),
        'profil = "production"',
        'profile = "x"',
        'select = "LCH"',
        'fluent-bit = "new"',
        '[[ignore]]\nrule = "LCH"',
        '[[ignore]]\nrule = "LCH"\nreason = "x"\nlines = 1',
        "[plugins]\nnames = []",
        RULE,
        RULE + "must-exist = 1",
        RULE + "must-exist = true\nwhen = {x = 1}",
        RULE + "one-of = []",
    ],
)
def test_the_schema_and_the_reader_agree_about_a_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    validator = schema("config", capsys)
    (tmp_path / "fargate-lint.toml").write_text(text)
    try:
        Configuration({}, file=str(tmp_path / "fargate-lint.toml"))
    except Stop:
        reads = False
    else:
        reads = True
    value = json.loads(json.dumps(tomllib.loads(text), default=str))
    assert validator.is_valid(value) == reads


def test_the_schema_has_every_key_of_a_configuration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = schema("config", capsys).schema
    assert set(found["properties"]) == set(keys.KEYS)
    assert set(found["$defs"]["ignore"]["properties"]) == set(keys.IGNORE_KEYS)
    assert set(found["properties"]["plugins"]["properties"]) == set(keys.PLUGIN_KEYS)
    defined = found["$defs"]["rule"]["properties"] | found["$defs"]["conditions"]["properties"]
    assert set(defined) == set(policy.KEYS)
