"""No secret of a template, or of its stack's parameters, is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from fargate_lint.cli import main

TEMPLATE = """\
Parameters:
  DbPassword: {Type: String, Default: "planted-1x"}
  Quiet: {Type: String, NoEcho: true, Default: "planted-2x"}
  Plain: {Type: String, Default: "harmless-1x"}
  Asked: {Type: String, NoEcho: true}
Conditions:
  IsProd: !Equals [!Ref Plain, prod]
  IsAsked: !Equals [!Ref Later, x]
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: shop
      ContainerDefinitions:
        - Name: log_router
          Image: public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.2
          FirelensConfiguration: {Type: fluentbit}
        - Name: web
          Image: web:1
          Environment:
            - {Name: DB_PASSWORD, Value: !Ref DbPassword}
            - {Name: URL, Value: !Sub "postgres://shop:${Quiet}@db/${Plain}"}
            - {Name: API_TOKEN, Value: !Ref Asked}
          LogConfiguration:
            LogDriver: awsfirelens
            Options:
              Name: datadog
              apikey: !Join ["", [planted-, 4x]]
              zork: !Ref Quiet
              other: !Ref Asked
              plain: !Ref Plain
        - !If
          - IsAsked
          - Name: jobs
            EntryPoint: [redis-cli]
            Command: ["-a", planted-5x, ping]
            Environment: [{Name: DB_PASSWORD, Value: planted-6x}]
            Memroy: 1
          - !Ref AWS::NoValue
"""


@pytest.mark.parametrize(
    "words",
    [
        *(f"check --min-severity info --output-format {form}" for form in ("text", "json", "html")),
        "extract", "render", "render --format json", "explain", "explain --format html",
    ],
)  # fmt: skip
def test_nothing_planted_is_shown(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(TEMPLATE)
    Path("p.json").write_text('{"Asked": "planted-7x"}')
    main([*words.split(), "--parameters", "p.json", "t.yaml"])
    said = "".join(capsys.readouterr())
    assert "planted-" not in said
    if words.startswith(("extract", "render")):
        assert "harmless-1x" in said
