from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fargate_lint.diagnose.tasks import from_arguments

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.diagnose.verdict import Diagnosis

    Explain = Callable[..., Diagnosis]

UP = "[2026/10/03 07:11:02] [ info] [sp] stream processor started\n"


def said(found: Diagnosis) -> list[tuple[str, str]]:
    return [(one.cause.id, one.status) for one in found.verdicts]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("[ info] [input] a.1 resume (mem buf overlimit)", "mem-buf-limit-reached"),
        ("Failed to create log stream", "task-role-permission-missing"),
        ("[ warn] [imds] unable to evaluate IMDS version", "no-aws-credentials"),
        ("Essential container in task exited", "essential-sidecar-exited"),
        ("Task failed to start", "provisioning-failed"),
        ("[error] [output:acme:acme.0] the TLS layer said no", "tls-failure"),
        ("[error] [output:acme:acme.0] not connected", "destination-unreachable"),
    ],
)  # fmt: skip
def test_a_line_that_says_little_is_possible_at_most(
    line: str, cause: str, explain: Explain
) -> None:
    assert said(explain(line))[0] == (cause, "possible")


def test_hints_say_nothing_where_a_line_tells_the_cause(explain: Explain) -> None:
    told = "[error] [config] x: unknown configuration property 'y'. The\n"
    assert said(explain(told + "[error] [output:acme:acme.0] not connected")) == [
        ("unknown-option", "likely")
    ]


def test_steps_of_a_search_that_got_on_are_harmless(explain: Explain) -> None:
    found = explain("[ warn] [imds] unable to evaluate IMDS version\n" + UP)
    assert found.verdicts == []
    assert "harmless-noise" in [one.cause.id for one in found.benign]


def test_lines_of_nobody_known_are_said_to_be_so(explain: Explain) -> None:
    assert explain("hello\n").headline == "No line of what was given is one that is known here."


APPLICATION = "psycopg2.OperationalError: could not resolve: Name or service not known"


@pytest.mark.parametrize("stream", ["app/web/1", ""])
def test_troubles_of_the_application_are_not_the_router_s(stream: str, explain: Explain) -> None:
    head = "2026-10-03T07:11:02.000000+00:00 "
    router = f"{head}fluent-bit-output/log_router/1 {UP}" if stream else UP
    blamed = said(explain(f"{router}{head}{stream} {APPLICATION}" if stream else UP + APPLICATION))
    assert ("destination-host-unresolvable", "likely") not in blamed
    # Alone, nothing shows who says it.
    assert said(explain(APPLICATION))[0] == ("destination-host-unresolvable", "possible")


def test_a_line_of_the_log_given_as_the_reason(explain: Explain) -> None:
    line = "[error] [config] syslog: unknown configuration property 'Bogus'. The following"
    assert said(explain(states=[from_arguments(line, None, "")])) == [("unknown-option", "likely")]


@pytest.mark.parametrize(
    ("code", "container", "cause"),
    [
        (2, "log_router", "command-line-invalid"),
        (133, "log_router", "fluent-bit-crash"),
        (127, "web", "launcher-not-found"),
        (139, "", "fluent-bit-crash"),
        (1, "log_router", "essential-sidecar-exited"),
    ],
)
def test_exit_codes_alone(code: int, container: str, cause: str, explain: Explain) -> None:
    assert said(explain(states=[from_arguments("", code, container)]))[0][0] == cause


def test_a_container_that_never_ran_has_no_end_of_its_own(explain: Explain) -> None:
    task = {
        "lastStatus": "STOPPED",
        "stoppedReason": "Essential container in task exited",
        "containers": [
            {"name": "web", "exitCode": 128, "reason": "CannotStartContainerError: no bridge"}
        ],
    }
    assert said(explain(task=task)) == [("provisioning-failed", "likely")]
