from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint_rules.secrets._values import is_credential, is_example
from tests import build
from tests.build import container, findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.registry import Registry

    Report = Callable[..., list[str]]

SM = "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-AbCdEf"
SSM = "arn:aws:ssm:us-east-1:111122223333:parameter/"
ENTRY = "/containerDefinitions/0/secrets/0/valueFrom"


def secret(value: Any, **members: Any) -> dict[str, Any]:
    return task([{"name": "DB", "valueFrom": value}], **members)


def task(secrets: Any, **members: Any) -> dict[str, Any]:
    return build.task(container(secrets=secrets), **members)


RIGHT = [
    SM,
    f"{SM}:password::",
    f"{SM}::AWSPREVIOUS:",
    f"{SM}:::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
    SM.replace("arn:aws:", "arn:aws-cn:").replace("us-east-1", "cn-north-1"),
    SM.replace("us-east-1", "us-gov-west-1"),
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-46b60c0c-G7lCRI:password::",
    f"{SSM}db/password",
    "db-password",
    "/shop/db/password",
    "/shop/db:3",
]
UNKNOWN = [
    "",
    "string",
    "<ARN of the secret>",
    "${secret}",
    "arn:aws:ssm:${region}:111122223333:parameter/db",
    "arn:aws:secretsmanager:region:aws_account_id:secret:secret_name-AbCdEf",
    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/db",
    "arn:aws:secretsmanager:us-east-1:xxxxxxxxxxxx:secret:db",
    "arn:aws:secretsmanager:...",
    "the ARN of your secret",
    "SECRET_ARN",
    None,
    7,
]


@pytest.mark.parametrize("rule", ["secret-arn-malformed", "secret-json-key-format"])
@pytest.mark.parametrize("value", [*RIGHT, *UNKNOWN])
def test_references_that_are_right_or_to_be_filled_in(
    report: Report, rule: str, value: Any
) -> None:
    assert report(rule, secret(value), None) == []


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (f" {SM}", "has a blank before or after it"),
        ("arn:aws:s3:::shop/db.env", "is an ARN of `s3`, where no secrets are kept"),
        (
            "arn:aws:kms:us-east-1:111122223333:key/1",
            "is an ARN of `kms`, where no secrets are kept",
        ),
        (SM.replace("111122223333", "11112222333"), "has an account of 11 digits, not 12"),
        (SM.replace("111122223333", ""), "has no account in it"),
        (SM.replace("us-east-1", ""), "has no region in it"),
        (SM.replace("us-east-1", "us-east"), "has a region that isn't one: `us-east`"),
        (
            SM.replace("secret:shop", "shop"),
            "isn't a secret's ARN, which ends in `secret:` and a name",
        ),
        (
            SSM.rstrip("/") + ":db",
            "isn't a parameter's ARN, which ends in `parameter/` and a name",
        ),
        ("arn:aws:ssm:us-east-1", "isn't a whole ARN"),
        ("https://example.com/secret", "is no ARN and no parameter's name"),
        ("ssm:/shop/db", "is no ARN and no parameter's name"),
        ("secretsmanager:shop", "is no ARN and no parameter's name"),
    ],
)
def test_references_that_lead_nowhere(report: Report, value: str, fault: str) -> None:
    assert report("secret-arn-malformed", secret(value), None) == [
        f"error {ENTRY} `valueFrom` of `DB` {fault}"
    ]


def test_secrets_of_log_drivers_are_references_too(report: Report) -> None:
    logs = {"logDriver": "splunk", "secretOptions": [{"name": "splunk-token", "valueFrom": "arn:"}]}
    found = build.task(container(logConfiguration=logs))
    assert report("secret-arn-malformed", found, None) == [
        (
            "error /containerDefinitions/0/logConfiguration/secretOptions/0/valueFrom "
            "`valueFrom` of `splunk-token` isn't a whole ARN"
        )
    ]


@pytest.mark.parametrize(
    ("tail", "message"),
    [
        (":password", "has 1 of the 3 parts behind the secret's name"),
        (":password:", "has 2 of the 3 parts behind the secret's name"),
        (":password:::", "has 4 parts behind the secret's name, not 3"),
    ],
)
def test_a_secret_has_all_of_its_parts_or_none(report: Report, tail: str, message: str) -> None:
    assert report("secret-json-key-format", secret(SM + tail), None) == [
        f"error {ENTRY} `valueFrom` of `DB` {message}"
    ]


# secret-ssm-cross-account

ACCOUNT = "secret-ssm-cross-account"
ROLE = "arn:aws:iam::{}:role/shop"


@pytest.mark.parametrize(
    ("value", "roles", "reported"),
    [
        (f"{SSM}db", ("444455556666", None), True),
        (f"{SSM}db", (None, "444455556666"), True),
        (f"{SSM}db", ("111122223333", "111122223333"), False),
        (f"{SSM}db", ("444455556666", "111122223333"), False),
        (f"{SSM}db", (None, None), False),
        (SM, ("444455556666", None), False),
        ("db", ("444455556666", None), False),
    ],
)
def test_parameters_of_another_account(
    report: Report, value: str, roles: tuple[str | None, str | None], reported: bool
) -> None:
    arns = [ROLE.format(account) if account else None for account in roles]
    found = secret(value, executionRoleArn=arns[0], taskRoleArn=arns[1])
    assert report(ACCOUNT, found, None) == (
        [
            (
                f"error {ENTRY} "
                "the parameter for `DB` is in account 111122223333, the task in 444455556666"
            )
        ]
        if reported
        else []
    )


# secret-region-mismatch

REGION = "secret-region-mismatch"
NAMES = [{"name": "A", "valueFrom": f"{SSM}a"}, {"name": "B", "valueFrom": "b"}]


@pytest.mark.parametrize(
    ("region", "secrets", "reported"),
    [
        ("eu-west-1", NAMES, True),
        ("us-east-1", NAMES, False),
        ("eu-west-1", NAMES[:1], False),
        ("eu-west-1", NAMES[1:], False),
        ("eu-west-1", [{"name": "A", "valueFrom": SM}, NAMES[1]], False),
    ],
)
def test_a_name_is_looked_up_where_the_task_runs(
    report: Report, region: str, secrets: Any, reported: bool
) -> None:
    arn = f"arn:aws:ecs:{region}:111122223333:task-definition/shop:7"
    assert report(REGION, task(secrets, taskDefinitionArn=arn), None) == (
        [
            (
                "warning /containerDefinitions/0/secrets/1/valueFrom "
                "`b` is looked up in `eu-west-1`, but other parameters are in `us-east-1`"
            )
        ]
        if reported
        else []
    )


# env-secret-clash


def test_a_secret_has_a_name_of_its_own(report: Report) -> None:
    found = task([{"name": "DB", "valueFrom": SM}, {"name": "DB", "valueFrom": SSM + "db"}])
    assert report("env-secret-clash", found, None) == [
        "error /containerDefinitions/0/secrets/1/name `web` has two secrets that are called `DB`"
    ]


@pytest.mark.parametrize(
    ("name", "reported"), [("DB", True), ("db", False), ("", False), ("string", False)]
)
def test_a_variable_is_plain_or_a_secret(report: Report, name: str, reported: bool) -> None:
    found = task([{"name": "DB" if reported else name.upper(), "valueFrom": SM}])
    found["containerDefinitions"][0]["environment"] = [{"name": name, "value": ""}]
    assert report("env-secret-clash", found, None) == (
        [
            (
                "error /containerDefinitions/0/environment/0/value "
                "`DB` of `web` is in `environment` and in `secrets`"
            )
        ]
        if reported
        else []
    )


# What is a credential.

CREDENTIALS = [
    "kV7#pq2Lw9",
    "0a1b9c8d7e6f5a4b3c2d",
    "4f9c2ab1-77d0-4c1e-9a52-0be8d13f6a77",
    "Tr0ub4dor&3",
    "dGhpc0lzTm90QVNlY3JldEF0QWxs",
    "9f86d081884c7d659a2feaa0c55ad015",
]
NONE = [
    "",
    "short",
    "password",
    "P@ssw0rd",
    "password123",
    "mysecretpassword",
    "your-api-key-here",
    "my_secret_key",
    "changeme123!",
    "EXAMPLEKEY7MDENG",
    "********",
    "xxxxxxxx-xxxx",
    "00000000-0000-0000-0000-000000000000",
    "1234567890",
    "0123456789abcdef",
    "true",
    "86400000",
    "3.14159265",
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:db",
    "/run/secrets/db2-password",
    "./keys/2024.pem",
    "https://auth7.example.com/token",
    "vault:secret/data/db#7x",
    "auth7.internal.example.com:8443",
    "prod/db2/password",
    "shop-db-password-v2",
    "a sentence with 2 blanks",
    "Server=db1;Database=shop;Trusted_Connection=True",
    "Server=db1;User=app;Password=changeme;",
]


@pytest.mark.parametrize("value", CREDENTIALS)
def test_credentials(value: str) -> None:
    assert is_credential(value)


@pytest.mark.parametrize("value", NONE)
def test_what_is_none(value: str) -> None:
    assert not is_credential(value)


def test_a_password_in_a_connection_string_is_one() -> None:
    assert is_credential("Server=db1;User=app;Password=kV7#pq2Lw9;")


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    is_credential(text)
    is_example(text)


@pytest.mark.parametrize(
    "text", ["-" * 50000 + "!", "a-" * 25000 + "!", "a1" * 25000, "://" * 9000]
)
def test_long_texts_are_judged_like_short_ones(report: Report, text: str) -> None:
    found = task(None)
    found["containerDefinitions"][0]["environment"] = [{"name": "TOKEN", "value": text}]
    assert len(report("env-plaintext-secret", found, None)) <= 1


# env-plaintext-secret

PLAIN = "env-plaintext-secret"


def variables(**values: Any) -> dict[str, Any]:
    found = task(None)
    found["containerDefinitions"][0]["environment"] = [
        {"name": name, "value": value} for name, value in values.items()
    ]
    return found


@pytest.mark.parametrize("name", ["DB_PASSWORD", "API_KEY", "Jwt__Secret", "GITHUB_TOKEN", "dbPwd"])
def test_a_secret_in_plain_text_is_reported_without_it(registry: Registry, name: str) -> None:
    value = "kV7#pq2Lw9"
    (found,) = findings(variables(**{name: value}), registry, select=[PLAIN])
    assert found.message == f"`{name}` of `web` is a secret in plain text"
    assert found.place.pointer == "/containerDefinitions/0/environment/0/value"
    assert value not in found.message + found.help


@pytest.mark.parametrize(
    "name",
    [
        "DB_PASSWORD_FILE", "SECRET_ARN", "TOKEN_URL", "PUBLIC_KEY", "CACHE_KEY", "MAX_TOKENS",
        "TOKEN_EXPIRATION", "SECRETS_MANAGER_PREFIX", "KEY_ID", "PASSWORD_POLICY", "HOSTNAME",
        "SORT_KEY", "RECAPTCHA_SITE_KEY",
    ],
)  # fmt: skip
def test_names_that_hold_no_secret(report: Report, name: str) -> None:
    assert report(PLAIN, variables(**{name: "kV7#pq2Lw9"}), None) == []


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("AKIA" + "J7Q2M5XW3T9ZB4KD", True),
        ("AKIA" + "IOSFODNN7EXAMPLE", False),
        ("ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6", True),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", True),
        ("postgres://app:kV7pq2Lw9@db.shop.internal/shop", True),
        ("postgres://app:password@db.shop.internal/shop", False),
        ("postgres://app:kV7pq2Lw9@localhost/shop", False),
        ("postgres://app:app@db/shop", False),
        ("postgres://app:${password}@db/shop", False),
        ("postgres://db.shop.internal/shop", False),
        ("https://example.com/a:b@c", False),
    ],
)
def test_some_values_tell_what_they_are(report: Report, value: str, reported: bool) -> None:
    assert bool(report(PLAIN, variables(SETTING=value), None)) == reported


@pytest.mark.parametrize(
    "value", ["${password}", "<password>", "{{ password }}", "$PASSWORD", None]
)
def test_what_is_filled_in_later_is_no_secret(report: Report, value: Any) -> None:
    assert report(PLAIN, variables(DB_PASSWORD=value), None) == []


def test_of_the_registration_key_other_rules_tell(report: Report) -> None:
    key = [{"name": "KEY", "value": "5f2b61c98e0d4a37"}]
    fragment = {"containerDefinitions": [{"name": "al-agent", "environment": key}]}
    assert report(PLAIN, fragment) == []
    assert len(report("al-agent-key-plaintext", fragment)) == 1


@pytest.mark.parametrize(
    "rule", [PLAIN, ACCOUNT, REGION, "secret-arn-malformed", "env-secret-clash"]
)
@pytest.mark.parametrize("value", [7, "x", {"a": "b"}, [7], [[]], [{}], ["${x}"], "${x}"])
def test_shapes_of_which_others_tell(report: Report, rule: str, value: Any) -> None:
    found = task(value, executionRoleArn=value, taskDefinitionArn=value)
    found["containerDefinitions"][0]["environment"] = value
    assert report(rule, found, None) == []
