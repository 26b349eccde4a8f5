from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.diagnose.masking import LINE_LIMIT, LogMask
from fargate_lint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.diagnose.verdict import Diagnosis

MASK = LogMask([])
SECRETS = {
    "an AWS key id": ("AKIAIOSFODNN7EXAMPLE", "using %s for S3"),
    "an AWS secret key": ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key=%s"),
    "one without its name": ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "signed with %s now"),
    "a password in a URL": ("hunter2secret", "GET https://user:%s@logs.example.com/in"),
    "a bearer token": ("abcDEF123456.xyz", "Authorization: Bearer %s"),
    "a HEC token": ("b6f5a8f0-1b2c-4d3e-9f00-aabbccddeeff", "Authorization: Splunk %s"),
    "an API key": ("0123456789abcdef0123456789abcdef", "[ info] apikey=%s"),
    "a registration key": ("1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f50", "KEY=%s given"),
    "a quoted member": ("s3cr3t-value", '{"password": "%s", "user": "x"}'),
    "a Go option": ("s3cr3t-value", "plugin parameter api_token = '%s'"),
    "a JSON web token": ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "got %s"),
}


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_in_a_line_is_hidden(kind: str) -> None:
    secret, line = SECRETS[kind]
    shown = MASK.text(line % secret)
    assert secret not in shown
    assert "*" in shown


@pytest.mark.parametrize(
    "line",
    [
        "[config] syslog: configuration property 'Mode' is set 2 times",
        "[engine] failed to flush chunk '1-1795157429.65340637.flb', retry in 7 seconds: task_id=0",
        "parsing log_group_name template '/ecs/$(service_name)'",
        "User: arn:aws:sts::111122223333:assumed-role/web/bd717b467075e051242456dd00511c90 is",
        "[config] section 'env' is missing the 'name' property",
        "plugin parameter log_key = 'log'",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert MASK.text(line) == line


def test_what_the_definition_keeps_secret_is_hidden_everywhere() -> None:
    value = {"environment": [{"name": "DB_PASSWORD", "value": "correct horse"}]}
    (document,) = read("task.json", json.dumps(value).encode())
    assert LogMask([document]).text("login with correct horse failed") == (
        "login with ************* failed"
    )


def test_a_text_is_one_line_and_not_endless() -> None:
    assert MASK.text("a\nb\t c") == "a b c"
    assert len(MASK.text("x" * 10_000)) == LINE_LIMIT


PLANTED = st.text(
    st.sampled_from("abcdefghjkmnpqrstuvwxyzABCDEFGH23456789"), min_size=12, max_size=40
)


@given(PLANTED)
def test_no_planted_secret_is_shown(secret: str) -> None:
    for line in (
        f"KEY={secret}", f"api_key: {secret}", f'"apikey":"{secret}"', f"https://a:{secret}@b/c",
        f"Authorization: Bearer {secret}", f"password={secret};", f"x token={secret}",
        f"web: password={secret}", f"[x] retry: url=a password: {secret}", f"a=b=token={secret}",
    ):  # fmt: skip
        shown = MASK.text(line)
        assert secret not in shown, line


def test_a_private_key_is_hidden_however_it_is_cut() -> None:
    key = ["-----BEGIN PRIVATE KEY-----", "a" * 64, "b" * 64, "last==", "-----END PRIVATE KEY-----"]
    lines = ["before", *key, "after"]
    for start in range(len(lines)):
        for end in range(start + 1, len(lines) + 1):
            kept = lines[start:end]
            shown = MASK.excerpt(kept)
            assert not set(key[1:3]) & set(shown)
            # Whether a short line belongs to a key is told by what stands around it.
            assert "last==" not in shown or not {key[0], key[-1]} & set(kept)
            assert ("after" in kept) == ("after" in shown)


def test_no_part_of_a_diagnosis_shows_a_secret(
    explain: Callable[..., Diagnosis], definition: dict[str, Any]
) -> None:
    agent = next(one for one in definition["containerDefinitions"] if one["name"] == "al-agent")
    agent["environment"] = [{"name": "KEY", "value": "planted-secret-one"}]
    log = "\n".join(
        f"[error] [output:http:http.0] {host}, HTTP status=403 KEY=planted-secret-one token={token}"
        for host, token in (("a:1", "planted-secret-two"), ("b:2", "planted-secret-three"))
    )
    task = {
        "stoppedReason": "CannotPullContainerError: https://u:planted-secret-four@r.io: not found",
        "containers": [{"name": "web", "exitCode": 1, "reason": "password=planted-secret-five"}],
    }
    found = explain(log, definition=definition, task=task)
    assert len(found.verdicts) > 1
    assert "planted-secret" not in json.dumps(found.as_json())


def test_arns_and_actions_of_secrets_manager_are_no_secrets() -> None:
    text = (
        "not authorized to perform: secretsmanager:GetSecretValue on resource: "
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"
    )
    assert LogMask([]).text(text) == text


def test_a_text_has_at_most_600_characters() -> None:
    assert MASK.text("y" * 600) == "y" * 600
    assert MASK.text("y " * 400) == "y " * 299 + "y…"


@pytest.mark.parametrize(("value", "shown"), [("cats", "the ****"), ("cat", "the cat")])
def test_a_secret_of_less_than_four_characters_is_in_every_other_word(
    value: str, shown: str
) -> None:
    definition = {"environment": [{"name": "DB_PASSWORD", "value": value}]}
    (document,) = read("task.json", json.dumps(definition).encode())
    assert LogMask([document]).text(f"the {value}") == shown
