from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fargate_lint.lint.mask.names import is_secret_name
from fargate_lint.lint.mask.redact import mask_of, secrets_in_text
from fargate_lint.lint.mask.spans import in_text
from fargate_lint.lint.registry import Registry
from fargate_lint.lint.rule import Rule
from fargate_lint.source.read import read
from tests.build import container, findings, task

if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

URLS = ("redis://:s3cr3t@cache:6379", "amqp://shop:s3c@r3t@mq", "https://shop:s3cr3t@logs/x?a=b")


class Wrong(Rule):
    """It is wrong."""

    code = "TST001"
    name = "wrong"

    def check_task(self, task: Task) -> None:
        self.report(task, "hunter2 here", related=[(task, (), "hunter2 there")], help="no hunter2")
        self.report_span(
            task.lens.document, "hunter2 here", 0, 1, related=[(0, 1, "hunter2 there")],
            help="no hunter2",
        )  # fmt: skip


def lines(text: str, name: str = "task.json") -> list[str]:
    (document,) = read(name, text.encode())
    mask = mask_of(document)
    return [mask.line(number + 1) for number in range(text.count("\n") + 1)]


def test_a_secret_is_stars_of_the_same_length_where_it_stands_and_elsewhere() -> None:
    text = (
        '{"environment": [{"name": "DB_PASSWORD", "value": "hunter2"}],\n'
        '"command": ["login hunter2", "--token=abc"]}'
    )
    assert lines(text) == [
        '{"environment": [{"name": "DB_PASSWORD", "value": "*******"}],',
        '"command": ["login *******", "***********"]}',
    ]


def test_a_secret_is_masked_in_all_that_a_finding_says() -> None:
    registry = Registry()
    registry.add("test", [Wrong])
    environment = [{"name": "DB_PASSWORD", "value": "hunter2"}]
    told = findings(task(container(environment=environment)), registry)
    assert [(found.message, found.help, found.related[0].message) for found in told] == [
        ("******* here", "no *******", "******* there")
    ] * 2


def test_of_two_secrets_the_longer_is_masked_whole() -> None:
    values = {"A_TOKEN": "abcd", "B_TOKEN": "abcdefgh"}
    pairs = [{"name": name, "value": value} for name, value in values.items()]
    (line,) = lines(json.dumps({"environment": pairs, "command": ["abcdefgh abcd"]}))
    assert "abcd" not in line
    assert line.endswith('"command": ["******** ****"]}')


def test_a_secret_of_several_lines_is_masked_in_each() -> None:
    text = "environment:\n- name: API_KEY\n  value: |\n    one two\n    three\nfamily: shop"
    assert lines(text, "task.yaml") == [
        "environment:",
        "- name: API_KEY",
        "  value: *",
        "    *** ***",
        "    *****",
        "family: shop",
    ]


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("Record=token s3cr3t", "Record=token ******"),
        ("header=Authorization Basic c2VjcmV0", "header=Authorization **************"),
        ("Add=api_key abcd", "Add=api_key ****"),
        ("Record=pid 1", "Record=pid 1"),
        ("Record=keys all", "Record=keys all"),
    ],
)
def test_a_word_of_a_command_that_puts_a_secret_into_records_is_masked(
    word: str, shown: str
) -> None:
    assert lines(f'{{"command": ["-p", "{word}"]}}') == [f'{{"command": ["-p", "{shown}"]}}']


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("redis://:hunter2@cache:6379", "redis://********@cache:6379"),
        ("postgres://shop:p@ssw0rd@db/shop", "postgres://*************@db/shop"),
        ("Server=db;Uid=shop;Pwd=hunter2;", "Server=db;Uid=shop;Pwd=*******;"),
        ("jdbc:mysql://db/x?user=a&password=hunter2&ssl=1",
         "jdbc:mysql://db/x?user=a&password=*******&ssl=1"),
        ("AccountName=x;AccountKey=hunter2==;EndpointSuffix=y",
         "AccountName=x;AccountKey=*********;EndpointSuffix=y"),
        ("-Xmx1g -Dspring.password=hunter2", "-Xmx1g -Dspring.password=*******"),
        ("exec run --secret hunter2 --debug", "exec run --secret ******* --debug"),
        ("export TOKEN='hunter 2'; run", "export TOKEN='********'; run"),
        ("curl -u shop:hunter2 http://x", "curl -u shop:******* http://x"),
        ("Authorization: Basic aHVudGVyMg==", "Authorization: ******************"),
        ("Cookie: session=hunter2", "Cookie: ***************"),
        ("https://x/c?sv=1&sig=hunter2&se=1", "https://x/c?sv=1&sig=*******&se=1"),
        ("https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/x1y2z3",
         "https://hooks.slack.com/services/" + "*" * 26),
        ("wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12", "*" * 40),
        # What says where a secret comes from is none.
        ("run --password $DB_PASSWORD", "run --password $DB_PASSWORD"),
        ("run --token ${TOKEN} -x", "run --token ${TOKEN} -x"),
        ("docker run -u 1000:1000 x", "docker run -u 1000:1000 x"),
        ("shop/bypass:1.2.3", "shop/bypass:1.2.3"),
        ("arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf",
         "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"),
        ("secretsmanager:GetSecretValue", "secretsmanager:GetSecretValue"),
        ("credentialspec:file://web.json", "credentialspec:file://web.json"),
        ("FargateServiceTaskDefwebLogGroup71FAF541", "FargateServiceTaskDefwebLogGroup71FAF541"),
        ("arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
         "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"),
    ],
)  # fmt: skip
def test_a_secret_within_a_value_is_masked_and_the_rest_is_not(value: str, shown: str) -> None:
    wanted = f'{{"environment": [{{"name": "SETTING", "value": "{shown}"}}]}}'
    assert lines(wanted.replace(shown, value)) == [wanted]


def test_a_secret_within_a_value_is_masked_however_the_file_writes_it() -> None:
    for value in (r"{\"password\": \"hunter2\"}", r"password=h\u0075nter2"):
        (line,) = lines(f'{{"value": "{value}"}}')
        assert "nter2" not in line


def test_the_word_after_a_secret_option_is_masked() -> None:
    text = '{"command": ["run", "--password", "hunter2", "--api-key", "abc", "--token", "$TOKEN"]}'
    assert lines(text) == [text.replace("hunter2", "*******").replace("abc", "***")]


def test_a_private_key_is_masked_on_all_its_lines() -> None:
    key = ("-----BEGIN PRIVATE KEY-----", "MIIEabc", "-----END PRIVATE KEY-----")
    text = "".join(f"    {line}\n" for line in key)
    found = lines(f"environment:\n- name: PEM\n  value: |\n{text}family: shop", "task.yaml")
    assert not any("MIIE" in line for line in found)
    assert found[-1] == "family: shop"


def test_a_key_in_the_place_of_its_arn_is_masked_and_a_parameter_is_not() -> None:
    text = (
        '{"secrets": [{"name": "A", "valueFrom": "%s"}, {"name": "B", "valueFrom": "shop-key-2"}]}'
    )
    assert lines(text % "aB3dE5fG7hJ9kL1m") == [text % ("*" * 16)]


def test_the_word_behind_an_option_that_takes_a_secret_is_masked() -> None:
    text = '{"command": ["--token", "s3cr3t", "--token", "$TOKEN", "--port", "1514"]}'
    assert lines(text) == [text.replace("s3cr3t", "******")]


def test_a_password_in_a_url_is_masked_whatever_stands_before_and_in_it() -> None:
    found = [url[start:end] for url in URLS for start, end in in_text(url)]
    assert found == [":s3cr3t", "shop:s3c@r3t", "shop:s3cr3t"]


def test_the_key_of_a_tag_is_no_secret() -> None:
    text = '{"tags": [{"key": "team", "value": "shop"}], "dockerLabels": {"key": "value"}}'
    assert lines(text) == [text]


def test_a_number_is_a_secret_too() -> None:
    assert lines('{"environment": [{"name": "DB_PASSWORD", "value": 12345}]}') == [
        '{"environment": [{"name": "DB_PASSWORD", "value": *****}]}'
    ]


def test_secrets_of_a_file_that_cannot_be_parsed_are_masked_all_the_same() -> None:
    broken = "environment:\n- name: KEY\n  value: hunter2\n  api_key: 'abc'\n bad: [\n"
    assert lines(broken, "task.yaml")[:4] == [
        "environment:",
        "- name: KEY",
        "  value: *******",
        "  api_key: '***'",
    ]


def test_a_minified_file_is_masked_once() -> None:
    (document,) = read("task.json", b'{"password": "hunter2"}')
    mask = mask_of(document)
    assert mask.line(1) == '{"password": "*******"}'
    assert mask.line(1) is mask.line(1)


@pytest.mark.parametrize(
    "name", ["syslog_severity_key", "Remove_key", "preserve_key", "date_key", "Log_Key"]
)
def test_a_key_that_names_a_field_is_no_secret(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize("name", ["AL_KEY", "KEY", "api_key", "STRIPE_KEY", "Http_Passwd"])
def test_a_key_that_opens_something_is_secret(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["A__B__PASSWORD", "AIRFLOW__CORE__FERNET_KEY", "Serilog__WriteTo__0__Args__apiKey", "${ENV}_PASSWORD"],
)  # fmt: skip
def test_a_name_says_what_it_says_with_a_placeholder_in_it_too(name: str) -> None:
    text = json.dumps({"environment": [{"name": name, "value": "Zq8Xw2Lp9Vt4"}]})
    assert lines(text) == [text.replace("Zq8Xw2Lp9Vt4", "*" * 12)]
    assert lines(f"- name: {name}\n  value: Zq8Xw2Lp9Vt4", "task.yaml")[1] == f"  value: {'*' * 12}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("${ENV}-Zq8Xw2Lp9Vt4", "*******************"),
        ("Zq8$XW2Lp9-Vt4<a>x", "******************"),
        ("Zq8__XW__9Vt4", "*************"),
        ("Zq8Xw2Lp9Vt4${SUFFIX}", "*********************"),
        ("${SECRET}", "${SECRET}"),
    ],
)
def test_a_secret_with_a_placeholder_in_it_is_masked(value: str, shown: str) -> None:
    text = json.dumps({"environment": {"DB_PASSWORD": value}, "command": ["x", value]})
    (line,) = lines(text)
    assert line.endswith(f'"command": ["x", "{shown}"]}}')
    assert value == shown or value not in line


def test_what_stands_behind_a_placeholder_is_not_taken_for_it() -> None:
    text = (
        '{"command": ["redis-cli", "-a", "$PW", "ping"], "entryPoint": ["redis-cli -a $PW ping"]}'
    )
    assert lines(text) == [text]


def test_what_many_things_are_is_not_looked_for_elsewhere() -> None:
    text = '{"environment": {"API_TOKEN": "cat"}, "command": ["concatenate"]}'
    assert lines(text) == [text.replace('"cat"', '"***"', 1)]


@pytest.mark.parametrize("value", ["true", "none", "${TOKEN}", "/run/secrets/token", "<TOKEN>"])
def test_a_switch_or_a_reference_is_no_secret_under_any_name(value: str) -> None:
    text = json.dumps({"environment": {"API_TOKEN": value}})
    assert lines(text) == [text]


def test_a_text_keeps_its_lines() -> None:
    (document,) = read("task.json", b'{"environment": {"API_KEY": "one\\ntwo"}}')
    assert mask_of(document).text("a one\ntwo b") == "a ***\n*** b"


@pytest.mark.parametrize(
    "text",
    ["a" * 300_000, "name: a" + " " * 30_000, "eyJ-" * 75_000, "name=" * 60_000, "\\" * 300_000],
    ids=["one word", "blanks", "tokens", "names", "backslashes"],
)
def test_a_text_of_one_kind_of_letter_is_gone_through_once(text: str) -> None:
    # Where a pattern looked through the rest from each letter, this would take minutes.
    assert list(secrets_in_text(text)) == []
    (document,) = read("task.json", b"{}")
    assert mask_of(document).text(text) == text


def test_a_web_token_is_masked_behind_a_dash_too() -> None:
    (document,) = read("task.json", b"{}")
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"
    assert token[4:] not in mask_of(document).text(f"x-{token}, {token}")
    assert mask_of(document).text(token) == "*" * len(token)
