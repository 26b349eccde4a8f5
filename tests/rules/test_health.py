from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.build import container, task

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

CURL = "curl -f http://localhost/ || exit 1"
GET = "curl -f http://localhost/"
AWS = "public.ecr.aws/aws-observability/aws-for-fluent-bit"
NC = ["CMD-SHELL", 'echo \'{"health": "check"}\' | nc 127.0.0.1 8877 || exit 1']


def checked(command: Any, image: Any = "web:1", **members: Any) -> dict[str, Any]:
    return task(container(image=image, healthCheck={"command": command, **members}))


# healthcheck-command-form

FORM = "healthcheck-command-form"
COMMAND = "/containerDefinitions/0/healthCheck/command"


@pytest.mark.parametrize(
    "command",
    [
        ["CMD-SHELL", CURL],
        ["CMD", "/bin/health"],
        ["CMD", "curl", "-f", "http://localhost/"],
        ["CMD", "sh", "-c", CURL],
        ["CMD", "bash", "-c", "a", "&&", "b"],
        ["CMD-SHELL", "${check}"],
        ["${form}", "curl"],
        ["NONE"],
        ["string"],
        [""],
        [],
        "${command}",
        CURL,
        [7, 8],
        None,
    ],
)
def test_commands_that_run_as_they_read_or_of_which_others_tell(
    report: Report, command: Any
) -> None:
    assert report(FORM, checked(command), None) == []


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            [CURL],
            (
                f"error {COMMAND}/0 the health check begins with `curl -f http://localhost/ || ex…`"
                ", not with `CMD` or `CMD-SHELL`"
            ),
        ),
        (
            ["cmd-shell", CURL],
            (
                f"error {COMMAND}/0 the health check begins with `cmd-shell`, not with `CMD` or "
                "`CMD-SHELL`"
            ),
        ),
        (
            ["curl", "-f", "http://localhost/"],
            (
                f"warning {COMMAND}/0 the health check begins with `curl`, not with `CMD` or "
                "`CMD-SHELL`"
            ),
        ),
        (["CMD"], f"error {COMMAND} the health check has nothing to run after `CMD`"),
        (
            ["CMD", "curl -f http://localhost/"],
            f"error {COMMAND}/1 `CMD` takes `{GET}` for the name of one program",
        ),
        (
            ["CMD", "curl", "-f", "http://localhost/", "||", "exit", "1"],
            f"warning {COMMAND}/4 `||` is an argument here: after `CMD` there is no shell",
        ),
        (
            ["CMD-SHELL", "curl", "-f", "http://localhost/"],
            f"error {COMMAND}/2 `CMD-SHELL` executes only `curl`, not what follows it",
        ),
        (
            ["CMD-SHELL", "curl -f http://localhost/", "|| exit 1"],
            (f"warning {COMMAND}/2 `CMD-SHELL` executes only `{GET}`, not what follows it"),
        ),
    ],
)
def test_commands_that_do_not(report: Report, command: list[str], expected: str) -> None:
    assert report(FORM, checked(command), None) == [expected]


# healthcheck-ranges

RANGES = "healthcheck-ranges"


@pytest.mark.parametrize(
    ("member", "value", "limits"),
    [
        ("interval", 4, "5 to 300"),
        ("interval", 301, "5 to 300"),
        ("timeout", 1, "2 to 60"),
        ("timeout", 61, "2 to 60"),
        ("retries", 0, "1 to 10"),
        ("retries", "11", "1 to 10"),
        ("startPeriod", -1, "0 to 300"),
        ("startPeriod", 301, "0 to 300"),
    ],
)
def test_numbers_out_of_range(report: Report, member: str, value: Any, limits: str) -> None:
    assert report(RANGES, checked(["CMD", "true"], **{member: value}), None) == [
        (
            f"error /containerDefinitions/0/healthCheck/{member} "
            f"`{member}` of the health check is {value}, but ECS takes {limits}"
        )
    ]


@pytest.mark.parametrize(
    "members",
    [
        {"interval": 5, "timeout": 2, "retries": 1, "startPeriod": 0},
        {"interval": 300, "timeout": 60, "retries": 10, "startPeriod": 300},
        {"interval": "${interval}", "timeout": 60, "retries": None},
        {"interval": 5},
        {"timeout": 30},
        {"interval": True, "timeout": [3]},
    ],
)
def test_numbers_in_range_or_unknown(report: Report, members: dict[str, Any]) -> None:
    assert report(RANGES, checked(["CMD", "true"], **members), None) == []


@pytest.mark.parametrize(
    ("members", "timeout", "interval"),
    [
        ({"interval": 5, "timeout": 6}, 6, 5),
        ({"timeout": 31}, 31, 30),
        ({"interval": 10, "timeout": 10}, 10, 10),
    ],
)
def test_checks_that_take_longer_than_their_interval(
    report: Report, members: dict[str, int], timeout: int, interval: int
) -> None:
    assert report(RANGES, checked(["CMD", "true"], **members), None) == [
        (
            "info /containerDefinitions/0/healthCheck/timeout "
            f"a check may take {timeout} s, but there is to be one every {interval} s"
        )
    ]


def test_a_skeleton_is_not_judged(report: Report) -> None:
    skeleton = checked([""], "", interval=0, timeout=0, retries=0)
    assert report(RANGES, skeleton, None) == []


# healthcheck-tool-unknown

TOOL = "healthcheck-tool-unknown"


@pytest.mark.parametrize(
    ("image", "command", "expected"),
    [
        (
            f"{AWS}:3.4.14",
            NC,
            "1 the health check calls `nc`, which the image of `web` doesn't have",
        ),
        (f"{AWS}:3", NC, "1 the health check calls `nc`, which the image of `web` doesn't have"),
        (
            f"{AWS}:3.4.14",
            ["CMD", "/usr/bin/nc", "-z", "127.0.0.1", "8877"],
            "1 the health check calls `nc`, which the image of `web` doesn't have",
        ),
        (
            "fluent/fluent-bit:4.2.0",
            NC,
            "0 the image of `web` has no shell, which `CMD-SHELL` needs",
        ),
        (
            "cr.fluentbit.io/fluent/fluent-bit:4.2.0",
            ["CMD", "curl", "http://localhost:2020/"],
            "1 the health check calls `curl`, which the image of `web` doesn't have",
        ),
        (
            "gcr.io/distroless/base:latest",
            ["CMD-SHELL", CURL],
            "0 the image of `web` has no shell, which `CMD-SHELL` needs",
        ),
    ],
)
def test_programs_that_the_image_does_not_have(
    report: Report, image: str, command: list[str], expected: str
) -> None:
    assert report(TOOL, checked(command, image), None) == [f"warning {COMMAND}/{expected}"]


@pytest.mark.parametrize(
    ("image", "command"),
    [
        (f"{AWS}:stable", NC),
        (f"{AWS}:2.34.3", NC),
        (f"{AWS}:debug-3.4.14", NC),
        (f"{AWS}:${{tag}}", NC),
        (f"{AWS}:3.4.14", ["CMD-SHELL", "curl -f http://localhost:2020/api/v1/health"]),
        (f"{AWS}:3.4.14", ["CMD-SHELL", "grep inc /etc/hosts || echo nc"]),
        ("fluent/fluent-bit:4.2.0-debug", NC),
        ("fluent/fluent-bit:4.2.0", ["CMD", "/fluent-bit/bin/fluent-bit", "--version"]),
        ("gcr.io/distroless/base:debug", ["CMD-SHELL", CURL]),
        ("nginx:1.27", ["CMD-SHELL", CURL]),
        ("${image}", NC),
        (f"{AWS}:3.4.14", "${command}"),
        (f"{AWS}:3.4.14", ["CMD-SHELL", "${check}"]),
    ],
)
def test_programs_that_the_image_has_or_may_have(report: Report, image: str, command: Any) -> None:
    assert report(TOOL, checked(command, image), None) == []


def test_the_name_of_the_merged_rule_still_works(report: Report) -> None:
    assert len(report("healthcheck-nc-on-v3-image", checked(NC, f"{AWS}:3.4.14"), None)) == 1
