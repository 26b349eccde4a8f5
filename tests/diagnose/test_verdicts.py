from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose import tasks
from fargate_lint.diagnose.stops import reason_of
from fargate_lint.lint import registry
from fargate_lint.lint.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.diagnose.verdict import Diagnosis

    Explain = Callable[..., Diagnosis]

UNKNOWN = "[error] [config] cloudwatch_logs: unknown configuration property 'awslogs-group'. The"
CLOSING = "[error] [engine] output initialization failed"
STARTED = "[2026/11/07 21:20:14] [ info] [sp] stream processor started"


def told(found: Diagnosis) -> list[str]:
    return [f"{one.cause.id} {one.status}" for one in found.verdicts]


def containers(**exits: int | None) -> list[dict[str, Any]]:
    return [{"name": name.replace("_", "-"), "exitCode": code} for name, code in exits.items()]


def stopped(*ends: tuple[str, int | None, str], **more: Any) -> dict[str, Any]:
    return {
        "stopCode": "EssentialContainerExited",
        "stoppedReason": "Essential container in task exited",
        "lastStatus": "STOPPED",
        "desiredStatus": "STOPPED",
        "containers": [
            {"name": name, "exitCode": code, "reason": reason or None}
            for name, code, reason in ends
        ],
        **more,
    }


SIDECARS = (("al-agent", 143, ""), ("web", 143, ""))


def wrong_option(definition: dict[str, Any]) -> dict[str, Any]:
    web = next(one for one in definition["containerDefinitions"] if one["name"] == "web")
    web["logConfiguration"]["options"] = {
        "Name": "cloudwatch_logs", "region": "us-east-1", "log_group_name": "/ecs/web",
        "log_stream_prefix": "web/", "awslogs-group": "/ecs/web",
    }  # fmt: skip
    return definition


def test_evidence_alone_makes_a_cause_likely(explain: Explain) -> None:
    found = explain(f"{UNKNOWN}\n{CLOSING}")
    assert told(found) == ["unknown-option likely"]
    assert found.headline == (
        "Most likely: A plugin is given an option it does not have (log0:1: [error] [config]"
        " cloudwatch_logs: unknown configuration property 'awslogs-group'. The)."
    )


def test_evidence_and_configuration_that_agree_confirm_it(
    explain: Explain, definition: dict[str, Any]
) -> None:
    task = stopped(("log_router", 255, ""), *SIDECARS)
    found = explain(UNKNOWN, definition=wrong_option(definition), task=task)
    assert told(found) == ["unknown-option confirmed", "essential-sidecar-exited likely"]
    best = found.verdicts[0]
    assert [one.kind for one in best.evidence][:3] == ["log", "stop", "launch"]
    assert best.summary.startswith("`log_router` ended with 255: Fluent Bit")
    assert best.evidence[1].path == "/containers/0/exitCode"
    assert "A consequence of" in found.verdicts[1].summary


def test_the_definition_alone_makes_a_fault_of_the_start_likely(
    explain: Explain, definition: dict[str, Any]
) -> None:
    found = explain(definition=wrong_option(definition))
    assert told(found)[0] == "unknown-option likely"


def test_a_fault_of_the_start_is_ruled_out_when_it_started(
    explain: Explain, definition: dict[str, Any]
) -> None:
    found = explain(STARTED, definition=wrong_option(definition))
    assert told(found)[0].endswith("ruled-out")
    assert "started all the same" in found.verdicts[0].summary
    assert found.verdicts[0].evidence[0].line == 1
    assert found.headline.startswith("Nothing is wrong")


def test_the_definition_explains_an_end_of_which_there_is_no_line(
    explain: Explain, definition: dict[str, Any]
) -> None:
    router = next(one for one in definition["containerDefinitions"] if one["name"] == "log_router")
    router["command"].remove("--")
    found = explain(definition=definition, task=stopped(("log_router", 2, ""), *SIDECARS))
    assert told(found)[:2] == [
        "launcher-missing-double-dash confirmed", "essential-sidecar-exited likely",
    ]  # fmt: skip


def test_nothing_is_blamed_where_nothing_is_wrong(
    explain: Explain, definition: dict[str, Any]
) -> None:
    running = {"lastStatus": "RUNNING", "containers": [{"name": "web", "lastStatus": "RUNNING"}]}
    found = explain(STARTED, definition=definition, task=running)
    assert told(found) == []
    assert [one.cause.id for one in found.benign] == ["healthy-operation"]
    assert found.headline == "Nothing is wrong in what was given: normal start and delivery."


@pytest.mark.parametrize("code", [0, 143])
def test_a_stop_that_was_asked_for_is_none_of_the_faults(explain: Explain, code: int) -> None:
    task = stopped(
        ("web", code, ""), ("log_router", 0, ""), stopCode="UserInitiated",
        stoppedReason="Task stopped by user",
    )  # fmt: skip
    found = explain(task=task)
    assert told(found) == []
    assert {one.cause.id for one in found.benign} == {"normal-stop"}


def test_words_of_nobody_are_those_of_who_called_stop_task(explain: Explain) -> None:
    assert (
        told(explain(task=stopped(("web", 143, ""), stoppedReason="too expensive", stopCode="")))
        == []
    )


def test_a_harmless_stop_counts_its_task_and_containers_once(explain: Explain) -> None:
    task = stopped(("web", 143, ""), stoppedReason="rolled back", stopCode="UserInitiated")
    assert [(one.cause.id, one.count) for one in explain(task=task).benign] == [("normal-stop", 2)]


def test_the_application_is_blamed_when_it_ended_first(
    explain: Explain, definition: dict[str, Any]
) -> None:
    task = stopped(("web", 1, ""), ("log_router", 0, ""), ("al-agent", 143, ""))
    found = explain(definition=definition, task=task)
    assert told(found) == ["application-exited likely"]
    assert found.missing[0].what == "the application's own output"


def test_137_means_memory_only_where_ecs_says_so(explain: Explain) -> None:
    memory = "OutOfMemoryError: Container killed due to memory usage"
    assert told(explain(task=stopped(("web", 137, memory)))) == ["out-of-memory likely"]
    asked = {
        "stopCode": "ServiceSchedulerInitiated",
        "stoppedReason": "Scaling activity initiated by x",
    }
    assert told(explain(task=stopped(("web", 137, ""), **asked))) == [
        "killed-after-stop-timeout likely", "out-of-memory ruled-out",
    ]  # fmt: skip
    assert told(explain(task=stopped(("web", 137, "")))) == [
        "out-of-memory likely", "killed-after-stop-timeout possible",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "cause"),
    [(139, "fluent-bit-crash"), (134, "fluent-bit-crash"), (127, "launcher-not-found")],
)
def test_exit_codes_of_a_router(explain: Explain, code: int, cause: str) -> None:
    assert told(explain(task=stopped(("log_router", code, "")))) == [
        f"{cause} likely", "essential-sidecar-exited likely",
    ]  # fmt: skip


def test_exit_codes_are_read_with_the_version_in_mind(explain: Explain) -> None:
    task = stopped(("log_router", 1, ""))
    found = explain("Fluent Bit v4.2.8", task=task)
    assert (
        "Fluent Bit 4.2.8 ends so when it cannot read its configuration"
        in found.verdicts[0].summary
    )


def test_a_job_that_ended_is_no_fault(explain: Explain) -> None:
    assert told(explain(task=stopped(("job", 0, ""), ("log_router", 0, "")))) == []


def test_what_aws_puts_into_a_task_is_hardly_to_blame(explain: Explain) -> None:
    task = stopped(("job", 0, ""), ("aws-guardduty-agent-x", None, "CannotPullContainerError"))
    assert told(explain(task=task)) == ["image-pull-failed possible"]


def test_a_reason_from_the_command_line(explain: Explain) -> None:
    state = tasks.from_arguments(
        "CannotPullContainerError: pull access denied: not found", None, ""
    )
    assert told(explain(states=[state])) == ["image-not-found likely"]
    vague = tasks.from_arguments("Essential container in task exited", None, "")
    found = explain(states=[vague])
    assert told(found) == ["essential-sidecar-exited possible", "application-exited possible"]


AGENT = "Nov 02 12:36:20 2026 al-agent[5]: ALC00083I [alc_config_unregister] clean up"
CERTIFICATE = 'Nov 02 12:36:21 2026 al-agent[5]: ALC00080I [x] Fetched host certificate "a"'
LOGS = "logs.us-east-1.amazonaws.com:443"
TIMEOUT = f"[error] [upstream] connection #60 to {LOGS} timed out after 10 seconds"
ENDED = (("al-agent", 1, ""), ("log_router", 0, ""), ("web", 143, ""))


def test_an_agent_and_others_without_a_way_out(
    explain: Explain, definition: dict[str, Any]
) -> None:
    found = explain(f"{AGENT}\n{TIMEOUT}", definition=definition, task=stopped(*ENDED))
    assert told(found)[0] == "al-agent-no-egress likely"


def test_a_key_that_the_definition_shows_to_be_wrong(
    explain: Explain, definition: dict[str, Any]
) -> None:
    agent = next(one for one in definition["containerDefinitions"] if one["name"] == "al-agent")
    agent["environment"] = [{"name": "KEY", "value": "your_registration_key_here"}]
    found = explain(AGENT, definition=definition, task=stopped(*ENDED))
    assert told(found)[0] == "al-agent-registration-key confirmed"
    cleared = explain(f"{AGENT}\n{CERTIFICATE}", definition=definition, task=stopped(*ENDED))
    assert told(cleared)[0] == "essential-sidecar-exited likely"
    assert "al-agent-registration-key ruled-out" in told(cleared)


def test_a_health_check_whose_tool_the_image_lacks(
    explain: Explain, definition: dict[str, Any]
) -> None:
    router = next(one for one in definition["containerDefinitions"] if one["name"] == "log_router")
    router["image"] = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.1.0"
    router["healthCheck"] = {"command": ["CMD-SHELL", "echo x | nc 127.0.0.1 8877 || exit 1"]}
    task = stopped(
        ("log_router", 0, ""), stopCode="ServiceSchedulerInitiated",
        stoppedReason="Task failed container health checks",
    )  # fmt: skip
    task["containers"][0]["healthStatus"] = "UNHEALTHY"
    found = told(explain(definition=definition, task=task))
    assert found[0].startswith("health-check-tool-missing")
    router["image"] = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"
    assert told(explain(definition=definition, task=task))[0].startswith("health-check-failed")


def test_what_is_missing_is_asked_for_the_most_telling_first(
    explain: Explain, definition: dict[str, Any]
) -> None:
    task = stopped(("log_router", 1, ""), *SIDECARS)
    found = explain(definition=definition, task=task)
    assert [one.what for one in found.missing][:2] == [
        "log_router's own output",
        "al-agent's own output",
    ]
    assert '"awslogs-group": "debug-log-group-name"' in found.missing[0].how
    assert '"essential": false' in found.missing[0].how
    assert [one.what for one in explain(UNKNOWN).missing] == [
        "the stopped task", "the task definition",
    ]  # fmt: skip


def test_a_file_that_is_not_given_is_asked_for(
    explain: Explain, definition: dict[str, Any]
) -> None:
    router = next(one for one in definition["containerDefinitions"] if one["name"] == "log_router")
    router["firelensConfiguration"]["options"] = {
        "config-file-type": "file", "config-file-value": "/extra.conf",
    }  # fmt: skip
    closing = "[error] configuration file contains errors, aborting."
    found = explain(closing, definition=definition)
    assert told(found)[0] == "config-file-missing likely"
    assert "the file /extra.conf" in [one.what for one in found.missing]
    given = explain(
        closing, definition=definition,
        includes={"/extra.conf": ("extra.conf", "[OUTPUT]\n    Name null\n    Match *\n")},
    )  # fmt: skip
    assert "the file /extra.conf" not in [one.what for one in given.missing]


def test_a_plugin_s_signature_counts_like_ours(explain: Explain) -> None:
    with_more = registry.load()
    with_more.add_signatures(
        "acme",
        [{"id": "acme-quota", "pattern": r"acme quota \d+", "cause": "destination-throttled"}],
    )
    found = explain("acme quota 12 spent", registry=with_more)
    assert told(found) == ["destination-throttled likely"]


def test_nothing_given_gives_nothing(explain: Explain) -> None:
    found = explain()
    assert found.headline == "Nothing was given that could be read."
    assert found.verdicts == []


def test_the_json_has_what_was_promised(explain: Explain, definition: dict[str, Any]) -> None:
    found = explain(UNKNOWN, definition=wrong_option(definition)).as_json()
    assert list(found) == ["version", "headline", "verdicts", "benign", "missing", "findings"]
    verdict = found["verdicts"][0]
    assert list(verdict) == [
        "cause", "title", "status", "summary", "evidence", "remedy", "diff", "rules",
    ]  # fmt: skip
    assert list(verdict["evidence"][0]) == ["kind", "file", "line", "path", "text"]
    assert json.loads(json.dumps(found)) == found


def test_of_a_definition_alone_what_stops_it_first_comes_first(
    explain: Explain, definition: dict[str, Any]
) -> None:
    router = next(one for one in definition["containerDefinitions"] if one["name"] == "log_router")
    router["command"].remove("--")
    web = next(one for one in definition["containerDefinitions"] if one["name"] == "web")
    options = {"Name": "firehose", "region": "us-east-1", "delivery_stream": "web"}
    web["logConfiguration"]["options"] = options
    found = explain(definition=definition)
    assert told(found) == ["launcher-missing-double-dash likely", "go-plugin-not-loaded likely"]


@pytest.mark.parametrize(("length", "cut"), [(120, False), (121, True)])
def test_a_headline_quotes_at_most_120_characters(explain: Explain, length: int, cut: bool) -> None:
    headline = explain(f"{UNKNOWN} ".ljust(length, "y")).headline
    quotation = headline.partition("(log0:1: ")[2].removesuffix(").")
    assert (len(quotation), quotation.endswith("…")) == (120, cut)


def test_a_reason_is_looked_at_up_to_8192_characters() -> None:
    reason = "CannotPullContainerError: manifest unknown: not found"
    assert reason_of(" " * (8192 - len(reason)) + reason) is not None
    assert reason_of(" " * 8192 + reason) is None


def test_a_vague_reason_weighs_more_up_to_500_characters(explain: Explain) -> None:
    def weight(length: int) -> float:
        reason = "ResourceInitializationError: ".ljust(length, "y")
        return explain(states=[tasks.from_arguments(reason, None, "")]).verdicts[0].weight

    assert [weight(length) for length in (100, 499, 500, 501)] == [61, 64.99, 65, 65]


def test_a_filter_without_match_explains_why_the_engine_gave_up(explain: Explain) -> None:
    log = "[ warn] [filter] NO match rule for grep.0 filter instance, unloading.\n"
    assert told(explain(log)) == ["records-not-routed likely"]
    assert told(explain(log + CLOSING)) == ["records-not-routed likely"]


@pytest.mark.parametrize(("least", "shown"), [("warning", True), ("error", False)])
def test_findings_are_shown_from_the_least_severity_on(
    explain: Explain, definition: dict[str, Any], least: str, shown: bool
) -> None:
    router = next(one for one in definition["containerDefinitions"] if one["name"] == "log_router")
    router["essential"] = False
    settings = Settings()
    settings.min_severity = least
    found = explain(UNKNOWN, definition=definition, settings=settings).findings
    assert ({one.severity for one in found} == {"warning"}) is shown
    assert bool(found) is shown
