from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose import answers
from fargate_lint.diagnose.delivery import Deliveries, Delivery

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.diagnose.verdict import Diagnosis

    Explain = Callable[..., Diagnosis]


def at(second: int, text: str) -> str:
    return f"[2026/11/07 21:{20 + second // 60}:{second % 60:02}] {text}"


def refused(second: int, output: str = "syslog.0") -> str:
    plugin = output.partition(".")[0]
    return at(second, f"[error] [output:{plugin}:{output}] no upstream connections available")


def retry(second: int, chunk: str, output: str = "syslog.0") -> str:
    text = f"[ warn] [engine] failed to flush chunk '{chunk}', retry in 6 seconds: task_id=0"
    return at(second, f"{text}, input=forward.0 > output={output} (out_id=0)")


def healed(second: int, chunk: str, output: str = "syslog.0") -> str:
    text = f"[ info] [engine] flush chunk '{chunk}' succeeded at retry 1: task_id=0"
    return at(second, f"{text}, input=forward.0 > output={output} (out_id=0)")


def lost(second: int, chunk: str, output: str = "syslog.0") -> str:
    text = f"[ warn] [engine] chunk '{chunk}' cannot be retried: task_id=0"
    return at(second, f"{text}, input=forward.0 > output={output}")


def causes(found: Diagnosis, *statuses: str) -> list[str]:
    return [one.cause.id for one in found.verdicts if not statuses or one.status in statuses]


STARTING = [refused(2), retry(2, "a"), refused(3), retry(3, "b"), healed(9, "a"), healed(10, "b")]


@pytest.mark.parametrize("order", [1, -1])
def test_an_agent_that_was_still_starting_is_no_fault(explain: Explain, order: int) -> None:
    found = explain("\n".join(STARTING[::order]))
    assert causes(found) == []
    assert "al-agent-starting" in {one.cause.id for one in found.benign}


def test_a_collector_that_never_answers_is_one(explain: Explain) -> None:
    log = [
        line for second in range(2, 60, 4) for line in (refused(second), retry(second, f"{second}"))
    ]
    found = explain("\n".join(log))
    assert causes(found, "likely") == ["al-agent-collector-unavailable"]
    assert "refused" in found.verdicts[0].summary


def test_a_few_refusals_are_no_more_than_possible(explain: Explain) -> None:
    assert causes(explain(f"{refused(2)}\n{retry(2, 'a')}"), "confirmed", "likely") == []


def test_full_buffers_follow_from_the_output_that_blocks(explain: Explain) -> None:
    full = at(30, "[ warn] [input] forward.0 paused (mem buf overlimit)")
    assert causes(explain(full)) == ["mem-buf-limit-reached"]
    log = [*(line for n in range(8) for line in (refused(n), retry(n, str(n)))), full]
    found = explain("\n".join(log))
    assert causes(found) == ["al-agent-collector-unavailable", "mem-buf-limit-reached"]
    assert "The buffers filled because of it." in found.verdicts[1].summary


def test_records_that_were_given_up_are_lost_whatever_the_reason(explain: Explain) -> None:
    assert causes(explain(lost(9, "a", "http.1")), "likely") == ["retries-exhausted"]
    throttled = at(
        8,
        "[error] [output:cloudwatch_logs:cloudwatch_logs.1] PutLogEvents API responded with"
        " error='ThrottlingException', message='Rate exceeded'",
    )
    found = explain(f"{throttled}\n{lost(9, 'a', 'cloudwatch_logs.1')}")
    assert causes(found) == ["destination-throttled", "retries-exhausted"]


def test_a_destination_that_came_back_lost_what_was_given_up(explain: Explain) -> None:
    log = [
        refused(1, "http.2"), retry(1, "a", "http.2"), refused(8, "http.2"), lost(8, "a", "http.2"),
        at(20, "[ info] [output:http:http.2] ingest.example.com:8088, HTTP status=200"),
    ]  # fmt: skip
    assert causes(explain("\n".join(log)), "confirmed", "likely") == ["retries-exhausted"]


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (400, "destination-rejects-records"),
        (401, "destination-access-denied"),
        (403, "destination-access-denied"),
        (413, "record-too-large"),
        (429, "destination-throttled"),
        (500, "destination-error"),
        (503, "destination-error"),
    ],
)
def test_statuses(explain: Explain, status: int, cause: str) -> None:
    log = at(1, f"[error] [output:http:http.2] ingest.example.com:8088, HTTP status={status}")
    assert causes(explain(log)) == [cause]


@pytest.mark.parametrize(
    ("code", "text", "cause"),
    [
        ("AccessDeniedException", "not authorized", "task-role-permission-missing"),
        ("ResourceNotFoundException", "no such group", "log-destination-missing"),
        ("InvalidParameterException", "at 'logStreamName' failed", "cloudwatch-name-invalid"),
        ("InvalidParameterException", "Log event too large: 262146", "record-too-large"),
        ("ThrottlingException", "Rate exceeded", "destination-throttled"),
        ("ExpiredTokenException", "token is expired", "no-aws-credentials"),
        ("InternalFailure", "", "destination-error"),
    ],
)
def test_codes_of_aws(explain: Explain, code: str, text: str, cause: str) -> None:
    output = "[output:cloudwatch_logs:cloudwatch_logs.2] PutLogEvents API responded with"
    assert causes(explain(at(1, f"[error] {output} error='{code}', message='{text}'")))[0] == cause
    go = f'time="2026-11-07T21:20:16Z" level=error msg="[cloudwatch 0] {code}: {text}"'
    assert causes(explain(go))[0] == cause


def test_an_application_s_own_trouble_with_aws_is_not_the_router_s(explain: Explain) -> None:
    found = explain("botocore: An error occurred (AccessDeniedException) when calling PutItem")
    assert causes(found, "confirmed", "likely") == []


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (12, "dns-resolver-timeout"),
        (4, "destination-host-unresolvable"),
        (11, "destination-host-unresolvable"),
    ],
)
def test_look_ups(explain: Explain, error: int, cause: str) -> None:
    log = at(1, f"[ warn] [net] getaddrinfo(host='ingest.example.com', err={error}): words")
    assert causes(explain(log)) == [cause]


def test_names_that_stop_to_resolve_at_the_end_are_a_loss_of_the_end(explain: Explain) -> None:
    log = [
        at(1, "[engine] caught signal (SIGTERM)"),
        at(2, "[ warn] [net] getaddrinfo(host='a.b', err=4): Domain name not found"),
    ]
    assert causes(explain("\n".join(log)))[0] == "shutdown-log-loss"


def test_an_output_without_a_host_talks_to_itself(
    explain: Explain, definition: dict[str, Any]
) -> None:
    web = next(one for one in definition["containerDefinitions"] if one["name"] == "web")
    web["logConfiguration"]["options"] = {"Name": "http", "Format": "json"}
    log = [line for n in range(6) for line in (refused(n, "http.2"), retry(n, str(n), "http.2"))]
    assert causes(explain("\n".join(log), definition=definition))[0] == "output-default-host"
    web["logConfiguration"]["options"]["Host"] = "ingest.example.com"
    assert causes(explain("\n".join(log), definition=definition))[0] == "destination-unreachable"


def test_chunks_that_wait_at_the_stop_are_lost_and_an_empty_stop_is_none(explain: Explain) -> None:
    assert causes(explain(at(1, "[ info] [engine] service has stopped (0 pending tasks)"))) == []
    assert causes(explain(at(1, "[ info] [engine] service has stopped (3 pending tasks)"))) == [
        "shutdown-log-loss"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[error] [http_client] broken connection to logs.us-west-2.amazonaws.com:443 ?",
        "[error] [src/flb_http_client.c:1199 errno=25] Inappropriate ioctl for device",
        "[error] [output:cloudwatch_logs:cloudwatch_logs.0] Failed to send log events",
        "[ warn] [input:tcp:tcp.2] invalid JSON message, skipping",
        "[error] [aws_credentials] Shared credentials file /root/.aws/credentials does not exist",
    ],
)
def test_noise_is_named_and_never_blamed(explain: Explain, line: str) -> None:
    found = explain(line)
    assert causes(found) == []
    if "Failed to send" not in line:
        assert found.benign[0].example == line


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (399, ""),
        (400, "destination-rejects-records"),
        (499, "destination-rejects-records"),
        (500, "destination-error"),
    ],
)
def test_a_status_is_a_refusal_from_400_on_and_an_error_from_500_on(
    status: int, cause: str
) -> None:
    assert answers.cause_of_status(str(status)) == cause


@pytest.mark.parametrize(("last", "status"), [(30, "likely"), (29, "possible")])
def test_a_collector_may_start_for_30_seconds(explain: Explain, last: int, status: str) -> None:
    log = [refused(0), retry(0, "a"), refused(last), retry(last, "b")]
    found = explain("\n".join(log)).verdicts
    assert [(one.cause.id, one.status) for one in found] == [
        ("al-agent-collector-unavailable", status)
    ]


@pytest.mark.parametrize(("count", "status"), [(4, "likely"), (3, "possible")])
def test_four_retries_without_a_reason_are_refusals(
    explain: Explain, count: int, status: str
) -> None:
    log = [retry(40 * number, str(number)) for number in range(count)]
    assert [one.status for one in explain("\n".join(log)).verdicts] == [status]


@pytest.mark.parametrize(("count", "found"), [(4, ["destination-unreachable"]), (3, [])])
def test_four_retries_without_a_success_point_to_the_network(
    explain: Explain, count: int, found: list[str]
) -> None:
    log = [retry(number, str(number), "http.2") for number in range(count)]
    assert causes(explain("\n".join(log))) == found
    # With a success in between, they just wait.
    log.insert(1, healed(0, "0", "http.2"))
    assert causes(explain("\n".join(log))) == []


CLOSED = "[error] [tls] error: unexpected EOF"


@pytest.mark.parametrize(("count", "status"), [(3, "likely"), (2, "possible")])
def test_ends_of_connections_are_a_fault_of_tls_from_the_third_on(
    explain: Explain, count: int, status: str
) -> None:
    found = explain("\n".join(at(second, CLOSED) for second in range(count))).verdicts
    assert [(one.cause.id, one.status) for one in found] == [("tls-failure", status)]


@pytest.mark.parametrize(("count", "status"), [(4, "likely"), (3, "possible")])
def test_ends_of_connections_count_where_an_output_fails_four_times(
    explain: Explain, count: int, status: str
) -> None:
    log = [at(0, CLOSED), *(retry(second, str(second), "http.2") for second in range(count))]
    found = explain("\n".join(log)).verdicts
    assert ("tls-failure", status) in [(one.cause.id, one.status) for one in found]


@pytest.mark.parametrize(
    ("second", "first"), [(2, "shutdown-log-loss"), (1, "destination-host-unresolvable")]
)
def test_what_fails_in_the_second_of_the_stop_is_no_loss_of_the_stop(
    explain: Explain, second: int, first: str
) -> None:
    log = [
        at(1, "[engine] caught signal (SIGTERM)"),
        at(second, "[ warn] [net] getaddrinfo(host='a.b', err=4): Domain name not found"),
    ]
    assert causes(explain("\n".join(log)))[0] == first


def test_a_success_in_the_second_of_the_last_failure_heals() -> None:
    delivery = Delivery("http.2")
    delivery.fail(7)
    delivery.succeed(6)
    assert delivery.state == "failing"
    delivery.succeed(7)
    assert delivery.state == "healed"


def test_chunks_and_outputs_are_remembered_up_to_a_limit() -> None:
    delivery = Delivery("http.2")
    for number in range(5000):
        delivery.wait(f"w{number}")
        delivery.settle(f"s{number}")
    assert len(delivery.waiting) == len(delivery.settled) == 4096
    deliveries = Deliveries()
    assert sum(deliveries.of(f"http.{number}") is not None for number in range(600)) == 500
    assert deliveries.of("http.7") is not None
