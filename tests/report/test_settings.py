from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.registry import Registry
from fargate_lint.lint.rule import Rule
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.report.settings import write

if TYPE_CHECKING:
    from pathlib import Path

DEFAULTS = """\
  select                      ["ALL"]       default
  extend-select               []            default
  ignore                      []            default
  locked                      []            default
  min-severity                "warning"     default
  fail-on                     "warning"     default
  exclude                     []            default
  respect-gitignore           true          default
  platform                    -             default
  profile                     "production"  default
  require-agent               false         default
  ignore-labels               false         default
  fluent-bit                  -             default
  rules.owner-unknown.tags    ["owner"]     default
  rules.owner-unknown.strict  false         default
  plugins.modules             []            default
  plugins.paths               []            default
"""


class Owner(Rule):
    code = "TST001"
    name = "owner-unknown"
    options: dict[str, Any] = {"tags": ["owner"], "strict": False}  # noqa: RUF012  (as in Rule)


class Cost(Rule):
    code = "TST002"
    name = "cost-unknown"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def shown(capsys: pytest.CaptureFixture[str], paths: list[str], **overrides: Any) -> str:
    registry = Registry()
    registry.add("test", [Owner, Cost])
    configuration = Configuration(overrides)
    configuration.validate(registry)
    write(configuration, registry, paths, sys.stdout)
    return capsys.readouterr().out


def test_without_a_configuration_everything_is_a_default(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lead = "Settings for .\nfrom no configuration file; 2 of 2 rules apply\n\n"
    assert shown(capsys, ["."]) == lead + DEFAULTS


def test_each_value_comes_with_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fargate-lint.toml").write_text(
        textwrap.dedent("""\
        select = []
        fail-on = "error"
        platform = "mdr"

        [per-file-ignores]
        "dev/*.json" = ["TST"]

        [severity]
        TST = "info"

        [rules.TST001]
        severity = "error"
        tags = ["team \\"a\\"", "owner"]

        [[ignore]]
        rule = "TST001"
        file = "a.json"
        path = "$"
        reason = "ours"
        until = 2020-01-31
        """)
    )
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "fargate-lint.toml").write_text("require-agent = true")
    out = shown(
        capsys,
        [".", "a.json", "b", "-", "c.json", "d.json"],
        min_severity="info",
        ignore=["TST002"],
    )
    below = DEFAULTS
    for default, changed in (
        ("ignore                      []            default",
         'ignore                      ["TST002"]    command line'),
        ('"warning"     default\n  fail-on', '"info"        command line\n  fail-on'),
        ("require-agent               false         default",
         "require-agent               true          b/fargate-lint.toml:1"),
    ):  # fmt: skip
        assert default in below
        below = below.replace(default, changed)
    own, _, rest = out.partition("\nSettings for b\n")
    assert rest == "from b/fargate-lint.toml; 1 of 2 rules apply\n\n" + below
    assert own == textwrap.dedent("""\
        Settings for ., a.json, standard input and 2 more
        from fargate-lint.toml; 0 of 2 rules apply

          select                         []                       fargate-lint.toml:1
          extend-select                  []                       default
          ignore                         ["TST002"]               command line
          locked                         []                       default
          min-severity                   "info"                   command line
          fail-on                        "error"                  fargate-lint.toml:2
          exclude                        []                       default
          respect-gitignore              true                     default
          platform                       "mdr"                    fargate-lint.toml:3
          profile                        "production"             default
          require-agent                  false                    default
          ignore-labels                  false                    default
          fluent-bit                     -                        default
          per-file-ignores."dev/*.json"  ["TST"]                  fargate-lint.toml:6
          severity.TST                   "info"                   fargate-lint.toml:9
          rules.owner-unknown.severity   "error"                  fargate-lint.toml:12
          rules.owner-unknown.tags       ["team \\"a\\"", "owner"]  fargate-lint.toml:13
          rules.owner-unknown.strict     false                    default
          plugins.modules                []                       default
          plugins.paths                  []                       default
          [[ignore]]                     TST001 a.json $ expired 2020-01-31  fargate-lint.toml:15
        """)


def test_defaults_step_back_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("TERM", raising=False)
    lines = shown(capsys, ["."], fail_on="never").splitlines()
    assert lines[0] == "\x1b[1mSettings for .\x1b[0m"
    assert lines[7].startswith("\x1b[2m  min-severity ")
    assert lines[8].split() == ["fail-on", '"never"', "command", "line"]
