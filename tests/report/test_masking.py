from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import simulate
from fargate_lint.report.launch.masking import LaunchMask
from tests import build
from tests.build import parsed, task

SECRETS = st.text(string.ascii_letters + string.digits, min_size=8, max_size=20).map(
    lambda text: f"{text}7"  # no word that is a switch
)


def mask(includes: dict[str, tuple[str, str]] | None = None, **router: Any) -> LaunchMask:
    return LaunchMask(simulate(parsed(task(build.router(**router))), includes=includes))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("    apikey abc", "    apikey ***"),
        ("    Http_Passwd  a b\r\n", "    Http_Passwd  ***\r\n"),
        ("@SET API_TOKEN=abc", "@SET API_TOKEN=***"),
        ("    Record api_key abc", "    Record api_key ***"),
        ("    Header Authorization Basic abc", "    Header Authorization *********"),
        ("    apikey ${API_KEY}", "    apikey ${API_KEY}"),
        ("    Syslog_Severity_Key level", "    Syslog_Severity_Key level"),
        ("    Remove_Key token", "    Remove_Key token"),
        ("    URI https://u:p@x/", "    URI https://***@x/"),
        ("  # apikey abc", "  # apikey ***"),
        ("# token of the team", "# token of the team"),
        ("", ""),
    ],
)
def test_a_line_of_a_configuration(line: str, shown: str) -> None:
    assert mask().file(line) == shown


def test_words_of_a_command() -> None:
    words = ["-p", "apikey=abc", "-p", "Record=token abc", "-o", "shared_key", "abc", "-m", "*"]
    assert mask().words(words) == [
        "-p", "apikey=***", "-p", "Record=token ***", "-o", "shared_key", "***", "-m", "*",
    ]  # fmt: skip


@given(secret=SECRETS)
def test_what_is_secret_in_one_place_is_hidden_in_all(secret: str) -> None:
    given_ = [
        mask(environment=[{"name": "MY_TOKEN", "value": secret}]),
        mask({"/x.conf": ("x.conf", f"[OUTPUT]\n    apikey {secret}\n")}),
        mask(
            entryPoint=["/var/alertlogic/lib/fluent-bit/fluent-launch"],
            command=["-o", "apikey", secret, "--"],
        ),
        mask(
            entryPoint=["/var/alertlogic/lib/fluent-bit/fluent-launch"],
            command=["--", "-o", "x", "-p", f"Header=Cookie {secret}"],
        ),
    ]
    for one in given_:
        assert secret not in one.text(f"a {secret} b")
        assert secret.encode() not in one.data(f"a {secret} b".encode())
        assert secret not in one.file(f"    URI /in/{secret}\n")
        assert secret not in one.words([f"x={secret}"])[0]


@given(text=st.text(max_size=200))
def test_a_file_keeps_its_lines(text: str) -> None:
    assert mask().file(text).count("\n") == text.count("\n")
