from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.checker import Checker
from fargate_lint.lint.located import locate
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.registry import Registry

    Report = Callable[..., list[str]]

RULES = [
    "al-agent-key-placeholder",
    "al-agent-key-missing",
    "al-agent-key-in-mdr",
    "al-agent-key-plaintext",
    "al-agent-key-name-case",
    "al-agent-key-shape",
    "key-on-wrong-container",
]
ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:alertlogic-AbCdEf"
AGENT = "/containerDefinitions/1"
REAL = "5f2b61c98e0d4a37"


def variable(value: object, name: str = "KEY") -> dict[str, Any]:
    return {"environment": [{"name": name, "value": value}]}


def secret(name: str = "KEY", value: str = ARN) -> dict[str, Any]:
    return {"secrets": [{"name": name, "valueFrom": value}]}


def speaking(
    report: Report, platform: str | None = None, **containers: Any
) -> dict[str, list[str]]:
    fragment = {
        "containerDefinitions": [
            {"name": name.replace("al_agent", "al-agent"), **members}
            for name, members in containers.items()
        ]
    }
    found = {rule: report(rule, fragment, platform=platform) for rule in RULES}
    return {rule: lines for rule, lines in found.items() if lines}


PLACEHOLDER = "`KEY` is the placeholder of an example, not a registration key"


@pytest.mark.parametrize(
    "value",
    [
        "your_registration_key_here",
        "<your_registration_key_here>",
        "YOUR-REGISTRATION-KEY",
        " your_registration_key_here ",
        "changeme",
        "xxxxxxxxxxxx",
    ],
)
@pytest.mark.parametrize("platform", [None, "mdr", "cloud-defender"])
def test_a_placeholder_is_told_of_once(report: Report, value: str, platform: str | None) -> None:
    place = f"error {AGENT}/environment/0/value "
    assert speaking(report, platform, al_agent=variable(value)) == {
        "al-agent-key-placeholder": [place + PLACEHOLDER]
    }


def test_a_placeholder_in_the_place_of_a_secret(report: Report) -> None:
    members = secret(value="your_registration_key_here")
    assert speaking(report, al_agent=members) == {
        "al-agent-key-placeholder": [f"error {AGENT}/secrets/0/valueFrom {PLACEHOLDER}"]
    }


@pytest.mark.parametrize(
    "value", ["${var.registration_key}", "{{ must_env `KEY` }}", "<REGISTRATION_KEY>"]
)
@pytest.mark.parametrize("platform", [None, "cloud-defender"])
def test_a_key_that_is_filled_in_later(report: Report, value: str, platform: str | None) -> None:
    assert speaking(report, platform, al_agent=variable(value)) == {}


@pytest.mark.parametrize("platform", [None, "cloud-defender"])
def test_a_key_in_a_secret_is_right(report: Report, platform: str | None) -> None:
    assert speaking(report, platform, al_agent=secret()) == {}


@pytest.mark.parametrize("members", [secret(), variable(REAL), variable("${var.key}")])
def test_a_key_that_is_not_used(report: Report, members: dict[str, Any]) -> None:
    (found,) = speaking(report, "mdr", al_agent=members)["al-agent-key-in-mdr"]
    assert found.startswith(f"info {AGENT}/")
    assert list(speaking(report, "mdr", al_agent=members)) == ["al-agent-key-in-mdr"]


@pytest.mark.parametrize("environment", [[{"name": "KEY", "value": REAL}], {"KEY": REAL}])
def test_a_key_in_plain_text(report: Report, environment: Any) -> None:
    where = "0/value" if isinstance(environment, list) else "KEY"
    assert speaking(report, al_agent={"environment": environment}) == {
        "al-agent-key-plaintext": [
            (
                f"warning {AGENT}/environment/{where} the registration key is in plain text, "
                "readable in every revision of the task definition"
            )
        ]
    }


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "is empty"),
        (None, "is empty"),
        ("  ", "is blank"),
        (f"{REAL} ", "has a blank in it"),
        (f"{REAL}\n", "has a line break in it"),
        (f'"{REAL}"', "has quotes in it"),
        (f"\u201c{REAL}\u201d", "has quotes in it"),
    ],
)
def test_a_key_of_a_wrong_shape(report: Report, value: object, message: str) -> None:
    found = speaking(report, al_agent=variable(value))
    assert found["al-agent-key-shape"] == [
        f"error {AGENT}/environment/0/value the registration key in `KEY` {message}"
    ]
    assert ("al-agent-key-plaintext" in found) == bool(isinstance(value, str) and value.strip())


@pytest.mark.parametrize(
    "name", ["key", "Key", "KEY ", "REGISTRATION_KEY", "AL_KEY", "AL_REGISTRATION_KEY", "al-key"]
)
@pytest.mark.parametrize("platform", [None, "cloud-defender"])
def test_a_key_under_another_name(report: Report, name: str, platform: str | None) -> None:
    message = f"`al-agent` reads its registration key from `KEY`, not from `{name}`"
    assert speaking(report, platform, al_agent=secret(name)) == {
        "al-agent-key-name-case": [f"error {AGENT}/secrets/0/name {message}"]
    }
    as_map = {"environment": {name: "${var.key}"}}
    assert speaking(report, platform, al_agent=as_map) == {
        "al-agent-key-name-case": [f"error {AGENT}/environment/{name} {message}"]
    }


@pytest.mark.parametrize("name", ["API_KEY", "LOG_LEVEL", "KEYRING", "KEY_FILE"])
def test_other_variables_of_the_agent(report: Report, name: str) -> None:
    assert speaking(report, al_agent=variable("x", name)) == {}


def test_another_name_beside_the_right_one_does_no_harm(report: Report) -> None:
    members = {"secrets": [*secret()["secrets"], *secret("REGISTRATION_KEY")["secrets"]]}
    assert speaking(report, al_agent=members) == {}
    assert speaking(report, "mdr", al_agent=secret("REGISTRATION_KEY")) == {}


MISSING = {
    "al-agent-key-missing": [
        f"error {AGENT} `al-agent` has no `KEY`, the registration key that Cloud Defender needs"
    ]
}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, MISSING),
        ({"environment": []}, MISSING),
        ({"environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::shop/agent.env"}]}, {}),
        ({"environment": "${jsonencode(var.environment)}"}, {}),
        ({"secrets": ["${jsonencode(var.key)}"]}, {}),
        (variable("x", "${var.name}"), {}),
    ],
)
def test_a_missing_key(report: Report, members: dict[str, Any], expected: Any) -> None:
    assert speaking(report, "cloud-defender", al_agent=members) == expected
    assert speaking(report, None, al_agent=members) == {}


@pytest.mark.parametrize(
    ("container", "platform", "severity"),
    [
        ("log_router", None, "error"),
        ("log_router", "cloud-defender", "error"),
        ("web", None, "warning"),
        ("web", "cloud-defender", "error"),
    ],
)
def test_a_key_for_another_container(
    report: Report, container: str, platform: str | None, severity: str
) -> None:
    index = {"web": 0, "log_router": 2}[container]
    assert speaking(report, platform, **{container: secret()}) == {
        "key-on-wrong-container": [
            (
                f"{severity} /containerDefinitions/{index}/secrets/0 "
                f"`KEY` is given to `{container}`, but the one to read it is `al-agent`"
            )
        ]
    }


def test_an_application_may_have_a_key_of_its_own(report: Report) -> None:
    assert speaking(report, None, web=secret(), al_agent=secret()) == {}
    assert speaking(report, "mdr", web=secret()) == {}


def test_no_rule_shows_a_key(registry: Registry) -> None:
    text = """{"family": "shop", "containerDefinitions": [
      {"name": "al-agent", "image": "public.ecr.aws/alertlogic/al-agent-container:latest",
       "environment": [{"name": "KEY", "value": "5f2b61c98e0d4a37 "}]}]}"""
    (document,) = read("task.json", text.encode())
    found = [locate(finding) for finding in Checker(registry, Settings()).check(document)]
    assert {"al-agent-key-shape", "al-agent-key-plaintext"} <= {each.name for each in found}
    for each in found:
        assert "5f2b61c9" not in str(each.as_json()) + str(each.source) + str(each.related)
