from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from fargate_lint.testing import base, overlay
from tests.build import web

if TYPE_CHECKING:
    from pathlib import Path


def definition(tmp_path: Path, fragment: Any, over: str = "firelens") -> str:
    path = tmp_path / "task.json"
    path.write_text(json.dumps(overlay(base(over), fragment), indent=1))
    return str(path)


@pytest.fixture(autouse=True)
def _no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def test_both_policies_with_who_needs_each_statement_and_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    definition(tmp_path, web(image="nginx"))
    assert main(["permissions", "task.json"]) == 0
    assert (
        capsys.readouterr().out
        == """\
Task role: what its containers do with the role that `taskRoleArn` names
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents"
      ],
      "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*"
    }
  ]
}
statement 1: `web`, to send logs with `cloudwatch_logs` (task.json:24:14)

Execution role: what ECS does with the role that `executionRoleArn` names
nothing

Not told by the definition
  what your own programs do with the task role
  whether ECS Exec is enabled: the task role needs {"Effect": "Allow", "Action": \
["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", \
"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"], "Resource": "*"}
"""
    )


def test_both_policies_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = definition(tmp_path, web(image="nginx"), "cloudwatch")
    assert main(["permissions", path, "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {
        "taskRole": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": [
                        "logs:CreateLogGroup",
                        "logs:CreateLogStream",
                        "logs:DescribeLogStreams",
                        "logs:PutLogEvents",
                    ],
                    "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*",
                }
            ],
        },
        "executionRole": {"Version": "2012-10-17", "Statement": []},
    }
    assert captured.err == ""


def test_values_that_are_not_known_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = web(image="${image}", logConfiguration={"options": {"region": "${region}"}})
    path = definition(tmp_path, made)
    assert main(["permissions", path]) == 0
    out = capsys.readouterr().out
    assert f"({path}:24:14, where `${{region}}` may be anything)" in out
    note = f"{path}:14:13: whether the image of `web` (`${{image}}`) is in a private Amazon ECR"
    assert f"  {note}\n" in out
    assert main(["permissions", path, "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert "arn:aws:logs:*:111122223333" in captured.out
    assert captured.err == (
        f"note: {path}:24:14: `${{region}}` is not known, so that the policy allows anything in "
        f"its place\nnote: {note}\n"
    )


def test_secrets_in_the_definition_are_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = {"environment": [{"name": "DB_PASSWORD", "value": "correct-horse"}]}
    options = {"options": {"log_group_name": "/correct-horse/web"}}
    assert (
        main(["permissions", definition(tmp_path, web(**password, logConfiguration=options))]) == 0
    )
    assert "correct-horse" not in capsys.readouterr().out


def test_a_definition_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = io.BytesIO(json.dumps(base("firelens")).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert main(["permissions", "-"]) == 0
    assert "(<stdin>:1:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "holds no task definition: it seems to be a JSON file of another kind"),
        ("\0\1", "holds no task definition: this is not a text file"),
        (
            '[{"containerDefinitions": []}, {"containerDefinitions": []}]',
            "holds 2 task definitions",
        ),
    ],
)
def test_one_task_definition_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    path = tmp_path / "task.json"
    path.write_text(text)
    assert main(["permissions", str(path)]) == 2
    assert f"error: `{path}` {message}" in capsys.readouterr().err


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["permissions", "nowhere.json"]) == 2
    assert "`nowhere.json` can't be read" in capsys.readouterr().err


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["check", "--isolated", "--output-format", "concise", *arguments])
    return status, *capsys.readouterr()


def test_what_is_printed_satisfies_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = [{"name": "A", "valueFrom": "/shop/a"}]
    path = definition(tmp_path, web(secrets=secrets), "cloudwatch")
    main(["permissions", path, "--format", "json"])
    printed = json.loads(capsys.readouterr().out)
    given = []
    for option, key in (
        ("--task-role-policy", "taskRole"),
        ("--execution-role-policy", "executionRole"),
    ):
        file = tmp_path / f"{key}.json"
        file.write_text(json.dumps(printed[key]))
        given += [option, str(file)]
    assert checked(capsys, path, *given, "--select", "IAM3") == (0, "", "")
    swapped = [given[0], given[3], given[2], given[1]]
    status, out, _ = checked(capsys, path, *swapped, "--select", "IAM3")
    assert status == 1
    assert "IAM303" in out


def test_policies_may_be_given_several_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = definition(tmp_path, {})
    given: list[str] = []
    for action in ("logs:CreateLog*", "logs:PutLogEvents"):
        file = tmp_path / f"{len(given)}.json"
        statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
        file.write_text(json.dumps({"Statement": statement}))
        given += ["--task-role-policy", str(file)]
    assert checked(capsys, path, *given[:2])[0] == 1
    assert checked(capsys, path, *given)[0] == 0


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--task-role-policy", {}, "holds no IAM policy in JSON or YAML"),
        (
            "--execution-role-policy",
            {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}},
            "says who may take on a role, not what the role may do",
        ),
        ("--security-group", {"SecurityGroups": []}, "describes no security group"),
        ("--service", {}, "describes no service that names a task definition"),
    ],
)
def test_a_file_of_another_kind_stops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: Any, message: str
) -> None:
    file = tmp_path / "given.json"
    file.write_text(json.dumps(value))
    status, _, err = checked(capsys, definition(tmp_path, {}), option, str(file))
    assert status == 2
    assert f"error: `{file}` {message}\n  help: " in err
