"""Commands that take templates: which definition is meant, and what is known of the stack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fargate_lint.cli import main

TEMPLATE = """\
Parameters:
  Group: {Type: String}
Resources:
  Sound: &task
    Type: AWS::ECS::TaskDefinition
    Properties: &properties
      Family: sound
      ContainerDefinitions:
        - Name: log_router
          Image: public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3
          FirelensConfiguration: {Type: fluentbit}
        - Name: web
          Image: web:1
          LogConfiguration:
            LogDriver: awsfirelens
            Options: {Name: stdout}
  Faulty:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: faulty
      ContainerDefinitions:
        - Name: log_router
          Image: public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3
          FirelensConfiguration: {Type: fluentbit}
        - Name: web
          Image: web:1
          LogConfiguration:
            LogDriver: awsfirelens
            Options: {Name: stdout, Group: !Ref Group, zork: x}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(TEMPLATE)


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return main(list(words)), *capsys.readouterr()


@pytest.mark.parametrize("command", [["render"], ["trace", "--log", "x"], ["explain"], ["extract"]])
def test_an_address_chooses_a_definition(
    capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    _, sound, said = ran(capsys, *command, "--address", "Sound", "t.yaml")
    assert "Faulty" not in sound + said
    assert "`Group`" not in sound + said
    assert "Group ${Group}" not in sound + said
    _, faulty, said = ran(capsys, *command, "--address", "Faulty", "t.yaml")
    assert any(word in faulty + said for word in ("Faulty", "`Group`", "Group ${Group}"))


def test_permissions_are_those_of_one_definition(capsys: pytest.CaptureFixture[str]) -> None:
    with_all = ran(capsys, "permissions", "t.yaml")
    assert with_all[0] == 2
    assert "choose one with --address: `Sound`, `Faulty`" in with_all[2]
    assert ran(capsys, "permissions", "--address", "Sound", "t.yaml")[0] == 0


def test_an_address_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = ran(capsys, "extract", "--address", "Nope", "t.yaml")
    assert status == 2
    assert said == (
        "error: `t.yaml` has no task definition with the address `Nope`\n"
        "  help: it has `Sound`, `Faulty`\n"
    )


def test_a_definition_for_the_cli_has_to_be_known_as_a_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("extract", "--format", "taskdef", "--address", "Faulty", "t.yaml")
    status, out, said = ran(capsys, *words)
    assert (status, out) == (1, "")
    assert "/containerDefinitions/1/logConfiguration/options/Group" in said
    Path("p").write_text('[{"ParameterKey": "Group", "ParameterValue": "/a"}]')
    status, out, _ = ran(capsys, *words, "--parameters", "p")
    assert status == 0
    options = json.loads(out)["containerDefinitions"][1]["logConfiguration"]["options"]
    assert options == {"Name": "stdout", "Group": "/a", "zork": "x"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.json", '[{"ParameterKey": "Group", "ParameterValue": "/a"}]'),
        ("p.json", '{"Parameters": {"Group": "/a"}, "Tags": {"x": "y"}}'),
        ("p.json", '["Group=/a"]'),
        ("p.yaml", "Group: /a\n"),
        ("samconfig.toml", '[default.deploy.parameters]\nparameter_overrides = "Group=/a X=1"\n'),
        ("samconfig.toml", '[default.deploy.parameters]\nparameter_overrides = ["Group=/a"]\n'),
    ],
)
def test_files_of_parameters(capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    Path(name).write_text(text)
    _, out, _ = ran(capsys, "extract", "--address", "Faulty", "--parameters", name, "t.yaml")
    assert '"Group": "/a"' in out


@pytest.mark.parametrize(
    ("name", "text"),
    [("p.json", "[1]"), ("p.json", '{"a": {"b": 1}}'), ("p.toml", "= 1"), ("p.toml", "a = 1")],
)
def test_files_that_are_no_parameters(
    capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    Path(name).write_text(text)
    status, out, said = ran(capsys, "check", "--parameters", name, "t.yaml")
    assert (status, out) == (2, "")
    assert said.startswith("error: `p.")
