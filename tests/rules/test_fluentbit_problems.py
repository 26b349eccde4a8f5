from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.data.problems import KINDS
from fargate_lint.launch.configuration import load
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.launch.startup import Circumstances, judge
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import rank
from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read
from fargate_lint.testing import base, overlay
from fargate_lint_rules.fluentbit._problems import ProblemRule
from tests.build import findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.registry import Registry

ROOT = Path(__file__).parent.parent.parent
#: Rules that another place than the table names.
REFINED = {"firelens-pattern-invalid", "flb-stream-name-and-prefix"}


def test_every_kind_of_problem_is_told_by_one_rule(registry: Registry) -> None:
    telling = {rule.name for rule in registry.rules if issubclass(rule, ProblemRule)}
    assert telling == {kind.rule for kind in KINDS.values()} | REFINED


@pytest.mark.parametrize("version", VERSIONS)
def test_whatever_the_real_programs_were_given_is_told(version: str) -> None:
    folder = ROOT / "tests" / "data" / "fluent-bit" / "configs"
    for path in sorted(folder.glob("*.conf")):
        configuration = load(path.read_bytes(), version=version, name=path.name)
        for problem in judge(configuration, Circumstances(version)):
            assert problem.kind in KINDS


@pytest.fixture
def told(registry: Registry) -> Callable[..., list[str]]:
    """All that is said about a fragment over a base, of warning or more: `rule path`."""

    def _told(fragment: Any, over: str = "firelens", **options: Any) -> list[str]:
        text = isinstance(fragment, str)
        found = findings(
            fragment if text else overlay(base(over), fragment),
            registry,
            "x.conf" if text else "task.json",
            **options,
        )
        return [
            f"{each.severity} {each.rule.name} {each.place.pointer}"
            for each in found
            if rank(each.severity) >= rank("warning")
        ]

    return _told


def web(options: dict[str, Any], router: dict[str, Any] | None = None) -> dict[str, Any]:
    containers = [{"name": "web", "logConfiguration": {"options": options}}]
    return {"containerDefinitions": [*containers, {"name": "log_router", **(router or {})}]}


OPTIONS = "/containerDefinitions/0/logConfiguration/options"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"regin": "x"}, [f"error flb-unknown-option {OPTIONS}/regin"]),
        ({"mode": "non-blocking"}, [f"error awslogs-option-in-firelens {OPTIONS}/mode"]),
        ({"awslogs-group": "x"}, [f"error awslogs-option-in-firelens {OPTIONS}/awslogs-group"]),
        (
            {"region": None, "awslogs-region": "us-east-1"},
            [f"error awslogs-option-in-firelens {OPTIONS}/awslogs-region"],
        ),
        ({"Match": "*"}, [f"error match-option-set {OPTIONS}/Match"]),
        ({"match": "jobs"}, [f"error match-option-set {OPTIONS}/match"]),
        ({"Match_Regex": ".*"}, [f"error match-option-set {OPTIONS}/Match_Regex"]),
        ({"Name": "clodwatch_logs"}, [f"error plugin-name-unknown {OPTIONS}/Name"]),
        ({"exclude-pattern": "*x"}, [f"error firelens-pattern-invalid {OPTIONS}/exclude-pattern"]),
        ({"include-pattern": "a("}, [f"error firelens-pattern-invalid {OPTIONS}/include-pattern"]),
        ({"Retry_Limit": "-1"}, [f"warning flb-retry-limit-invalid {OPTIONS}/Retry_Limit"]),
        (
            {"log_stream_name": "x"},
            [f"error flb-stream-name-and-prefix {OPTIONS}/log_stream_prefix"],
        ),
        (
            {"log_stream_prefix": None},
            ["error flb-stream-name-and-prefix /containerDefinitions/0/logConfiguration"],
        ),
        (
            {"log_group_name": None, "log_group": "/x"},
            [f"error flb-unknown-option {OPTIONS}/log_group"],
        ),
        ({"auto_create_group": "true", "Workers": "1"}, []),
    ],
)
def test_one_mistake_in_the_options_is_one_finding(
    told: Callable[..., list[str]], options: dict[str, Any], expected: list[str]
) -> None:
    assert told(web(options)) == expected


def words(*after: str, before: tuple[str, ...] = (), drop: str = "") -> dict[str, Any]:
    command = base("agent")["containerDefinitions"][2]["command"]
    at = command.index("--")
    kept = [word for word in command[at + 1 :] if not drop or drop not in word]
    return {
        "containerDefinitions": [
            {"name": "log_router", "command": [*command[:at], *before, "--", *after, *kept]}
        ]
    }


@pytest.mark.parametrize(
    ("fragment", "rules"),
    [
        (words(), []),
        (words("-o", "stdout"), ["syslog-match-missing"]),
        (words("-F", "grep"), ["syslog-match-missing"]),
        (words("-F", "grep", "-m", "*", "-p", "Regex"), ["p-without-equals"]),
        (words("-F", "grp", "-m", "*"), ["plugin-name-unknown"]),
        (words("-F", "grep", "-m", "*", "-p", "Regx=log x"), ["flb-unknown-option"]),
        (words("-x"), ["flb-argument-refused"]),
        (words(before=("-i", "Mem_Buffer_Limit", "5M")), ["mem-buf-limit-misspelled"]),
        (words(before=("-s", "Scheduler.Base", "61")), ["scheduler-cap-value"]),
        (words("-s", "Scheduler.Cap", "60"), ["launcher-double-dash-position"]),
        (words("-F", "nest", "-m", "*"), ["flb-required-option-missing"]),
    ],
)
def test_one_mistake_in_the_command_is_one_finding(
    told: Callable[..., list[str]], fragment: dict[str, Any], rules: list[str]
) -> None:
    assert [line.split()[1] for line in told(fragment, "agent")] == rules


def test_a_go_plugin_that_is_not_loaded_is_told_of_once(told: Callable[..., list[str]]) -> None:
    found = told(words("-o", "firehose", "-m", "*", "-p", "region=eu-west-1"), "agent")
    assert "go-plugin-without-e" in [line.split()[1] for line in found]
    assert not [line for line in found if " flb-" in line or "plugin-name" in line]


def test_what_the_launcher_writes_into_all_sections_is_told_once(
    told: Callable[..., list[str]],
) -> None:
    fragment = words(before=("-i", "Bufer_Size", "1"))
    path = "/containerDefinitions/2/command/7"
    assert told(fragment, "agent") == [f"error flb-unknown-option {path}"]


def test_an_image_that_nobody_knows_is_not_judged_by_its_plugins(
    told: Callable[..., list[str]],
) -> None:
    router = {"image": "registry.example.com/my-router:7"}
    assert told(web({"anything": "x", "Name": "mine"}, router)) == []
    empty = told(web({"log_key": ""}, router))
    assert empty == [f"warning flb-value-empty {OPTIONS}/log_key"]


def test_the_settings_name_the_version(told: Callable[..., list[str]]) -> None:
    options = {"log_group_class": "STANDARD"}
    assert [line.split()[1] for line in told(web(options))] == ["flb-option-too-new"]
    assert told(web(options), fluent_bit="5.0.9") == []


def test_a_file_that_includes_itself_is_told_of_where_it_is_named(
    told: Callable[..., list[str]],
) -> None:
    options = {"config-file-type": "file", "config-file-value": "/fluent-bit/etc/fluent-bit.conf"}
    router = {"firelensConfiguration": {"options": options}}
    rules = [line.split()[1] for line in told(web({}, router))]
    assert rules == ["firelens-config-file-options"]


def test_findings_in_a_file_have_its_sections_and_keys(told: Callable[..., list[str]]) -> None:
    text = "[OUTPUT]\n    Name null\n    Match *\n[OUTPUT]\n    Name tcp\n    Mtch *\n    Match *\n"
    assert told(text) == ["error flb-unknown-option /OUTPUT/1/Mtch"]


def test_help_has_the_words_of_fluent_bit(registry: Registry) -> None:
    document = read("x.conf", b"[OUTPUT]\n    Name stdout\n    Mtch *\n    Match *\n")[0]
    (found,) = Checker(registry, Settings()).check(document)
    assert found.message == "the output `stdout` has no option `Mtch`"
    assert found.help == (
        "did you mean `match`?; Fluent Bit would print: [config] stdout: unknown configuration "
        "property 'mtch'."
    )


def test_secrets_in_a_file_are_masked(registry: Registry) -> None:
    text = "[OUTPUT]\n    Name splunk\n    Match *\n    splunk_token abcd-1234\n"
    text += "    tls maybe abcd-1234\n"
    findings = Checker(registry, Settings()).check(read("x.conf", text.encode())[0])
    assert findings
    assert all("abcd-1234" not in found.message + found.help for found in findings)


@pytest.mark.parametrize(
    "line",
    [
        "splunk_token abcd-1234",
        "Header Authorization Basic abcd-1234",
        "Header X-Api-Key abcd-1234",
        "http_passwd abcd-1234\n    http_passwd abcd-1234",
    ],
)
def test_lines_with_secrets_are_masked(line: str) -> None:
    text = f"[OUTPUT]\n    Name http\n    Match *\n    {line}\n"
    mask = mask_of(read("x.conf", text.encode())[0])
    assert "abcd-1234" not in "".join(mask.line(number) for number in range(1, 6))
    assert "abcd-1234" not in mask.text(f"it is `{line}`")
