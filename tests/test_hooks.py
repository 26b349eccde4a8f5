"""What the hooks take in, and what becomes of the rest when a plugin gives something broken."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from fargate_lint.data.private import ImageAlias, PrivatePlugin, Tables
from fargate_lint.ecs.image import Image
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.registry import Registry, load
from fargate_lint.report.findings import FORMATS, formats
from tests.build import container, findings, logs, router, task

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE = "registry.acme.example/base/fluent-bit:7"
PLAIN = load()
EXAMPLE = load(["acme_fargate_lint"], [str(Path(__file__).parent.parent / "examples" / "plugin")])
AWS = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"
UNKNOWN = {"plugin-name-unknown", "flb-unknown-option"}


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """A function that writes a plugin, which the configuration in the current folder names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fargate-lint.toml").write_text('[plugins]\npaths = ["odd.py"]\n')

    def write(text: str) -> str:
        path = tmp_path / "odd.py"
        path.write_text(text)
        return str(path)

    return write


def shop(output: dict[str, str]) -> dict[str, Any]:
    return task(logs(container("web"), **output), router(image=IMAGE))


def names(value: Any, registry: Registry) -> set[str]:
    return {found.rule.name for found in findings(value, registry)}


def test_the_example_gives_something_through_each_hook() -> None:
    registry = EXAMPLE
    assert registry.problems == []
    assert registry.named("acme-team-label-missing").code == "ACM101"
    assert [shape.name for shape in registry.shapes] == ["deployment"]
    assert [name for name in formats(registry) if name not in FORMATS] == ["acme"]
    assert [given["id"] for _, given in registry.signatures] == ["acme-collector-busy"]
    assert registry.tables is not None
    assert registry.tables.alias(Image(IMAGE)) is not None


@pytest.mark.parametrize(
    ("registry", "option", "expected"),
    [
        (PLAIN, "Url", {"plugin-name-unknown"}),
        (EXAMPLE, "Url", set()),
        (EXAMPLE, "Ulr", {"flb-unknown-option"}),
    ],
)
def test_a_private_output_and_its_options_are_known_where_the_plugin_is(
    registry: Registry, option: str, expected: set[str]
) -> None:
    value = task(logs(container("web"), Name="acme", **{option: "x"}), router(image=AWS))
    assert names(value, registry) & UNKNOWN == expected


def test_a_name_that_is_nearly_a_private_plugins_is_suggested() -> None:
    (found,) = [
        found
        for found in findings(shop({"Name": "acmee"}), EXAMPLE)
        if found.rule.name == "plugin-name-unknown"
    ]
    assert found.help.startswith("did you mean `acme`?")


def test_a_private_image_has_the_version_that_the_plugin_says() -> None:
    put = shop({"Name": "http", "http_method": "PUT"})
    assert "flb-option-too-new" in names(put, EXAMPLE)
    assert "flb-option-too-new" not in names(put, PLAIN)


def test_linters_with_and_without_a_plugin_work_in_threads_of_one_process() -> None:
    data = json.dumps(shop({"Name": "acme", "Ulr": "x"})).encode()

    def check(registry: Registry) -> list[set[str]]:
        linter = Linter(registry=registry)
        reports = [linter.check("task.json", data) for _ in range(5)]
        return [{one.name for one in report.findings} & UNKNOWN for report in reports]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(check, [EXAMPLE, PLAIN] * 4))
    assert found == [[{"flb-unknown-option"}] * 5, [set()] * 5] * 4


def test_a_configuration_that_was_sound_is_judged_again_with_a_private_plugin(
    plugin: Callable[[str], str],
) -> None:
    path = plugin(
        "from fargate_lint.data.private import PrivatePlugin\n"
        "def fargate_lint_tables():\n    return [PrivatePlugin('output', 'http', {'url': 'str'})]\n"
    )
    value = task(logs(container("web"), Name="http", Uri="/"), router(image=AWS))
    assert names(value, PLAIN) & UNKNOWN == set()
    assert names(value, load(paths=[path])) & UNKNOWN == {"flb-unknown-option"}


def test_a_stand_alone_configuration_knows_the_private_plugin() -> None:
    text = (
        b"[SERVICE]\n    Flush 1\n[INPUT]\n    Name dummy\n[OUTPUT]\n    Name acme\n    Match *\n"
    )
    assert Linter(registry=EXAMPLE).check("fluent-bit.conf", text).findings == []
    linter = Linter(registry=EXAMPLE)
    (found,) = linter.check("fluent-bit.conf", text + b"    Ulr x\n").findings
    assert found.name == "flb-unknown-option"


@pytest.mark.parametrize(
    ("version", "has"), [("1.9.10", True), ("4.2.8", False), ("5.0.9", True)], ids=str
)
def test_a_private_plugin_is_in_the_versions_that_are_given(version: str, has: bool) -> None:
    tables = Tables([PrivatePlugin("input", "Acme", {}, versions=["1.9.10", "5.0.9"])])
    assert ("acme" in tables.plugins(version, "input")) is has
    assert tables.plugins(version, "output") == {}


def test_of_two_entries_for_one_thing_the_first_counts() -> None:
    first, second = PrivatePlugin("filter", "a", {}), PrivatePlugin("filter", "a", {})
    aliases = [ImageAlias("a.example/b", kind) for kind in ("aws", "agent")]
    tables = Tables([first, second, *aliases])
    assert tables.plugins("1.9.10", "filter")["a"] is first
    alias = tables.alias(Image("a.example/b:1"))
    assert alias is not None
    assert alias.kind == "aws"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("PrivatePlugin('sink', 'a', {})", "`sink` is none of input, filter, output"),
        ("PrivatePlugin('input', 'a', {'b': 'x'})", "option `b` of `a`: there is no type `x`"),
        ("PrivatePlugin('input', 'a', {}, tls='on')", "`on` is none of optional, always"),
        ("PrivatePlugin('input', 'a', {}, versions=['2'])", "`2` is none of 1.9.10, 4.2.8, 5.0.9"),
        ("ImageAlias('a/b', 'router')", "`router` is none of aws, upstream, fluentd, agent"),
        ("ImageAlias('a/b', 'aws', fluent_bit='2')", "`2` is no version of Fluent Bit"),
    ],
)
def test_a_wrong_entry_is_one_warning(
    call: str, message: str, plugin: Callable[[str], str]
) -> None:
    path = plugin(
        "from fargate_lint.data.private import ImageAlias, PrivatePlugin\n"
        f"def fargate_lint_tables():\n    return [{call}]\n"
    )
    registry = load(paths=[path])
    assert registry.problems == [f"plugin `{path}` failed: ValueError: {message}"]
    assert registry.tables is None


@pytest.mark.parametrize(
    ("hook", "what"),
    [
        ("rules", "a subclass of fargate_lint.lint.rule.Rule"),
        ("inputs", "a fargate_lint.inputs.shapes.Shape"),
        ("reports", "a fargate_lint.report.findings.Format"),
        ("tables", "a PrivatePlugin or ImageAlias of fargate_lint.data.private"),
    ],
)
def test_a_value_of_the_wrong_type_is_one_warning_and_the_rest_goes_on(
    hook: str, what: str, plugin: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = plugin(f"def fargate_lint_{hook}():\n    return ['odd']\n")
    Path("task.json").write_text('{"family": "a b", "containerDefinitions": []}')
    assert main(["check", "--select", "family-name", "task.json"]) == 1
    captured = capsys.readouterr()
    assert captured.err == f"warning: plugin `{path}`: 'odd' is not {what}\n"
    assert "family-name" in captured.out


@pytest.mark.parametrize("hook", ["rules", "inputs", "reports", "tables", "signatures"])
def test_a_hook_that_raises_is_one_warning_and_the_plugins_other_hooks_are_asked(
    hook: str, plugin: Callable[[str], str]
) -> None:
    other = "signatures" if hook != "signatures" else "reports"
    path = plugin(
        f"def fargate_lint_{hook}():\n    return 1 // 0\n"
        f"def fargate_lint_{other}():\n    return [{{}}]\n"
    )
    registry = load(paths=[path])
    reason = "ZeroDivisionError: integer division or modulo by zero"
    assert registry.problems == [f"plugin `{path}` failed: {reason}"]
    assert [*registry.signatures, *registry.formats] == [(path, {})]


def test_a_hook_that_there_is_not_is_one_warning(plugin: Callable[[str], str]) -> None:
    path = plugin("def fargate_lint_report():\n    return []\n")
    assert load(paths=[path]).problems == [
        f"plugin `{path}`: there is no hook `fargate_lint_report`"
    ]


SHAPES = """
from fargate_lint.ecs.definition import Definition
from fargate_lint.inputs.shapes import Shape

def broken(document):
    return document.value["nothing"]

def sound(document):
    return [Definition(document, document.value["task"], anchors={(): (document, ("task",))})]

def fargate_lint_inputs():
    return [Shape("broken", broken, marks=["task"]), Shape("sound", sound, marks=["task"])]
"""


def test_a_shape_that_raises_is_one_finding_and_the_next_shape_is_tried(
    plugin: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = plugin(SHAPES)
    Path("task.json").write_text('{"task": {"family": "a b", "containerDefinitions": []}}')
    words = ("--select", "family-name", "--output-format", "json")
    for paths in ((), ("task.json",)):
        assert main(["check", *words, *paths]) == 4
        broken, family = json.loads(capsys.readouterr().out)["findings"]
        assert broken["name"] == "broken-rule"
        what = f"shape `broken` of plugin `{path}` failed: KeyError at odd.py:6"
        assert broken["message"] == what
        assert broken["help"].startswith(f"please report this to the authors of `{path}`")
        assert (family["name"], family["path"]) == ("family-name", "/task/family")


def test_a_file_on_which_every_shape_fails_is_not_skipped(
    plugin: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    plugin(SHAPES)
    Path("task.json").write_text('{"work": "task"}')
    assert main(["check", "--output-format", "json", "--select", "family-name"]) == 4
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["message"].partition(" of ")[0] for one in found] == [
        "shape `broken`", "shape `sound`",
    ]  # fmt: skip


FORMAT = """
from fargate_lint.report.findings import Format

def write(summary, stream, *, statistics):
    stream.write("half of it")
    {body}

def fargate_lint_reports():
    return [Format("{name}", module=__name__)]
"""


def test_an_output_format_of_a_plugin_writes_to_a_file_beside_others(
    plugin: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    plugin(FORMAT.format(name="acme", body="stream.write(summary.findings[0].name)"))
    Path("task.json").write_text('{"family": "a b", "containerDefinitions": []}')
    words = ("--output-format", "acme:out.txt", "--output-format", "concise")
    assert main(["check", "--select", "family-name", *words, "task.json"]) == 1
    assert Path("out.txt").read_text() == "half of itfamily-name"
    assert "family-name" in capsys.readouterr().out


def test_an_output_format_that_raises_is_one_warning_and_writes_nothing(
    plugin: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = plugin(FORMAT.format(name="acme", body="raise KeyError(1)"))
    Path("task.json").write_text('{"family": "a b", "containerDefinitions": []}')
    Path("out.txt").write_text("before")
    words = [
        word for name in ("acme:out.txt", "acme", "concise") for word in ("--output-format", name)
    ]
    assert main(["check", "--select", "family-name", *words, "task.json"]) == 4
    captured = capsys.readouterr()
    what = f"output format `acme` of plugin `{path}` failed: KeyError at odd.py:6"
    assert captured.err == f"warning: {what}\n" * 2
    assert Path("out.txt").read_text() == "before"
    assert captured.out.startswith("task.json:1:")


def test_an_output_format_with_the_name_of_another_is_refused(
    plugin: Callable[[str], str],
) -> None:
    path = plugin(FORMAT.format(name="json", body="pass"))
    registry = load(paths=[path])
    assert formats(registry) == FORMATS
    assert registry.problems == [f"plugin `{path}`: there is an output format `json` already"]


def test_an_unknown_output_format_is_refused_with_those_of_plugins(
    plugin: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    plugin(FORMAT.format(name="acme", body="pass"))
    Path("task.json").write_text('{"family": "a", "containerDefinitions": []}')
    assert main(["check", "--output-format", "acne", "task.json"]) == 2
    assert "there is no output format `acne`" in (err := capsys.readouterr().err)
    assert err.rstrip().endswith("sarif, text, acme")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["render", "--stage", "firelens"], "Name acme"),
        (["render", "--stage", "pipeline"], "acme"),
        (["trace", "--container", "web", "--log", "x"], "acme"),
        (["permissions"], "Task role"),
        (["explain", "--plugins"], "shows no fault"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_every_command_reads_a_plugins_shape_with_its_private_plugins(
    words: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("fargate-lint.toml").write_text('[plugins]\nmodules = ["acme_fargate_lint"]\n')
    value = shop({"Name": "acme", "Url": "x"})
    Path("deploy.json").write_text(json.dumps({"deploy": {"web": {"task": value}}}))
    main([words[0], "deploy.json", *words[1:]])
    captured = capsys.readouterr()
    assert expected in captured.out
    assert "unknown" not in captured.out
