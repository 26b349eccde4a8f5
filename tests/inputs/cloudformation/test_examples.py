"""The examples of SAM and CDK, each with one mistake; and what CDK writes beside a template."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fargate_lint.cli import main
from fargate_lint.inputs.cloudformation.cdk import Assembly

ROOT = Path(__file__).parent.parent.parent.parent
TRACE = {"type": "aws:cdk:creationStack", "data": ["...node internals...", "f (src/a b.ts:3:9)"]}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main(["check", "--isolated", "--output-format", "concise", *words])
    return capsys.readouterr().out


def test_the_sam_application_has_one_mistake_in_one_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    template = "examples/sam/template.yaml"
    assert said(capsys, template) == (
        f"{template}:67:47: warning[OUT202] log-stream-charset: `log_stream_prefix` `shipping:` "
        "has `:`, which CloudWatch refuses (if the condition `IsProd` is true) "
        "(Shipping, shipping)\n"
    )
    assert said(capsys, "--parameters", "examples/sam/samconfig.toml", template) == (
        f"{template}:67:47: error[OUT202] log-stream-charset: `log_stream_prefix` `shipping:` "
        "has `:`, which CloudWatch refuses (Shipping, shipping)\n"
    )


def test_the_cdk_application_has_one_mistake_which_leads_to_its_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["check", "--isolated", "--output-format", "json", "examples/cdk/cdk.out"])
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["severity"]) == ("OUT202", "error")
    assert finding["address"] == "Web6A0B4F2C"
    assert finding["path"] == (
        "/Resources/Web6A0B4F2C/Properties/ContainerDefinitions/0/LogConfiguration/Options/"
        "log_stream_prefix"
    )
    assert finding["member"] == "/containerDefinitions/0/logConfiguration/options/log_stream_prefix"
    [program] = finding["related"]
    assert (program["file"], program["start"]) == ("app.ts", {"line": 7, "column": 14})
    assert program["message"] == "the construct `shop/Web/Resource` is made here"
    made = (ROOT / "examples/cdk/app.ts").read_text().splitlines()[6]
    assert made[13:].startswith("new ecs.FargateTaskDefinition(stack, 'Web'")


def test_the_region_of_the_stack_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    main(["extract", "examples/cdk/cdk.out/shop.template.json"])
    [found] = json.loads(capsys.readouterr().out)["definitions"]
    assert (found["kind"], found["address"], found["line"]) == ("cloudformation", "Web6A0B4F2C", 36)
    options = found["value"]["containerDefinitions"][1]["logConfiguration"]["options"]
    assert options["awslogs-region"] == "eu-west-1"
    assert found["unknown"] == [
        "/containerDefinitions/1/image", "/executionRoleArn", "/taskRoleArn",
    ]  # fmt: skip


def test_without_what_cdk_writes_beside_it_the_construct_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "shop.template.json"
    shutil.copy("examples/cdk/cdk.out/shop.template.json", template)
    main(["check", "--isolated", "--output-format", "json", str(template)])
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    [place] = finding["related"]
    assert (place["path"], place["start"]["line"]) == ("/Resources/Web6A0B4F2C", 36)
    assert place["message"] == "the construct `shop/Web/Resource`"


@pytest.mark.parametrize(
    ("manifest", "region"),
    [
        ({"artifacts": {"a": {"type": "aws:cloudformation:stack", "environment": "aws://1/eu-west-1",
                              "properties": {"templateFile": "s.template.json"}}}}, "eu-west-1"),
        # A nested stack is where the others are.
        ({"artifacts": {"a": {"type": "aws:cloudformation:stack", "environment": "aws://1/eu-west-1",
                              "properties": {"templateFile": "other"}}}}, "eu-west-1"),
        ({"artifacts": {"a": {"type": "aws:cloudformation:stack",
                              "environment": "aws://unknown-account/unknown-region"}}}, ""),
        ({"artifacts": 3}, ""),
        ([], ""),
        ("{", ""),
    ],
)  # fmt: skip
def test_the_region_of_a_manifest(tmp_path: Path, manifest: object, region: str) -> None:
    text = manifest if isinstance(manifest, str) else json.dumps(manifest)
    (tmp_path / "manifest.json").write_text(text)
    assert Assembly(str(tmp_path / "s.template.json")).region == region


@pytest.mark.parametrize(
    ("entries", "made"),
    [
        ([TRACE], ("src/a b.ts", 3, 9)),
        ([{"trace": ["/x/node_modules/a.js:1:2", "  at main.py:7:1"]}], ("main.py", 7, 1)),
        ([{"type": "aws:cdk:logicalId", "data": "A"}], None),
        ([3, None], None),
        ("x", None),
    ],
)  # fmt: skip
def test_the_place_in_a_trace(tmp_path: Path, entries: object, made: object) -> None:
    (tmp_path / "s.metadata.json").write_text(json.dumps({"/s/A": entries}))
    assembly = Assembly(str(tmp_path / "s.template.json"))
    assert assembly.made("s/A") == made
    assert assembly.made("s/B") is None


@pytest.mark.parametrize(
    "form",
    ["text", "concise", "json", "jsonl", "sarif", "junit", "gitlab", "github", "markdown", "html"],
)
def test_every_format_names_the_resource(capsys: pytest.CaptureFixture[str], form: str) -> None:
    main(["check", "--isolated", "--output-format", form, "examples/sam/template.yaml"])
    said = capsys.readouterr().out
    assert "Shipping" in said
    assert "67" in said
