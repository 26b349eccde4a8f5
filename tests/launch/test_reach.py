from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.launch import simulate
from fargate_lint.source.unknown import Unknown, mark
from tests.build import task, task_of

if TYPE_CHECKING:
    from fargate_lint.launch.problem import Problem

IMAGE = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3"
RUN = ["/fluent-bit/bin/fluent-bit", "-c", "/fluent-bit/etc/fluent-bit.conf"]
CLOUDWATCH = {
    "Name": "cloudwatch_logs",
    "region": "us-east-1",
    "log_group_name": "/web",
    "log_stream_prefix": "web/",
}
LIKE_WEB = [f"-p{key}={value}" for key, value in CLOUDWATCH.items() if key != "Name"]


def problems(
    *words: str, web: dict[str, str] | None = CLOUDWATCH, router: Any = (), task: Any = ()
) -> list[Problem]:
    value = {
        "family": "t",
        "containerDefinitions": [
            {
                "name": "web",
                "image": "web",
                "logConfiguration": {"logDriver": "awsfirelens", "options": web},
            },
            {
                "name": "router",
                "image": IMAGE,
                "firelensConfiguration": {"type": "fluentbit"},
                **({"command": [*RUN, *words]} if words else {}),
                **dict(router),
            },
        ],
        **dict(task),
    }
    pipeline = simulate(task_of(mark(value))).pipeline
    assert pipeline is not None
    return pipeline.problems


def said(*words: str, **given: Any) -> list[str]:
    return [f"{one.severity} {one.kind}: {one.message}" for one in problems(*words, **given)]


def test_one_output_for_each_container_is_right() -> None:
    assert said() == []


def test_logs_that_no_output_takes_are_lost() -> None:
    lost = ["loss logs-unrouted: no output takes the logs of `web`"]
    assert said(web=None) == lost
    assert said(web={"exclude-pattern": "x"}) == lost
    assert said("-o", "stdout", "-m", "jobs-firelens*", web=None)[0] == lost[0]
    assert said("-o", "stdout", "-m", "*", web=None) == []
    assert said("-o", "stdout", "-p", "Match_Regex=web", web=None) == []


@pytest.mark.parametrize(
    "router",
    [
        {"image": "my-router:1"},
        {"image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:init-2.34.3"},
        {"command": ["${START}"]},
        {
            "firelensConfiguration": {
                "type": "fluentbit",
                "options": {"config-file-type": "file", "config-file-value": "/x.conf"},
            }
        },
    ],
)
def test_what_is_out_of_sight_may_take_them(router: Any) -> None:
    assert said(web=None, router=router) == []


def test_the_routers_own_logs_are_told_of_elsewhere() -> None:
    assert said(router={"logConfiguration": {"logDriver": "awsfirelens"}}) == []


@pytest.mark.parametrize("pattern", ["web", "WEB-firelens*", "web.*", "jobs-firelens*"])
def test_a_match_that_is_meant_for_a_container_and_misses_it(pattern: str) -> None:
    expected = f"`{pattern}` matches no tag: the tags here are `web-firelens-…`"
    assert said("-o", "stdout", "-m", pattern) == [f"loss match-without-tag: {expected}"]
    assert said("-F", "grep", "-m", pattern) == [f"warning match-without-tag: {expected}"]


@pytest.mark.parametrize("pattern", ["*", "web*", "web-firelens-*", "firelens-health*", "app.logs"])
def test_a_match_that_may_be_right(pattern: str) -> None:
    assert said("-F", "grep", "-m", pattern) == []


def test_containers_that_are_not_shown_have_tags_too() -> None:
    value = {"name": "x", "image": "x"}
    containers = [
        {**value, "firelensConfiguration": {"type": "fluentbit"}, "image": IMAGE,
         "command": [*RUN, "-o", "stdout", "-m", "jobs-firelens*"]},
        Unknown("${more}"),
    ]  # fmt: skip
    pipeline = simulate(task_of(task(*containers))).pipeline
    assert pipeline is not None
    assert pipeline.problems == []


def test_inputs_of_the_command_have_tags_too() -> None:
    assert said("-i", "cpu", "-t", "web", "-F", "grep", "-m", "web") == []
    assert said("-i", "tail", "-p", "Path=/x", "-F", "grep", "-m", "web") == []


def test_other_tags_may_be_made_by_a_filter() -> None:
    rule = ["-F", "rewrite_tag", "-m", "web-firelens*", "-p", "Rule=$log x web false"]
    assert said(*rule, "-o", "stdout", "-m", "web") == []


def test_records_that_reach_a_destination_twice() -> None:
    twice = (
        "warning delivered-twice: the logs of `web` reach the same destination of "
        "`cloudwatch_logs` twice"
    )
    assert said("-o", "cloudwatch_logs", "-m", "*", *LIKE_WEB) == [twice]
    assert said("-o", "cloudwatch_logs", "-m", "jobs*", *LIKE_WEB) == []
    assert said("-o", "cloudwatch_logs", "-m", "*", *LIKE_WEB[:-1], "-plog_stream_name=x") == []


def test_the_go_plugin_has_the_same_destinations() -> None:
    load = ["-e", "/fluent-bit/cloudwatch.so", "-o", "cloudwatch", "-m", "*"]
    assert [one.kind for one in problems(*load, *LIKE_WEB)] == ["delivered-twice"]


def test_of_other_plugins_all_options_make_the_destination() -> None:
    web = {"Name": "http", "Host": "a", "Header": "k 1"}
    assert said("-o", "http", "-m*", "-pHost=a", "-pHeader=k 2", web=web) == []
    assert len(said("-o", "http", "-m*", "-pHost=a", "-pHeader=k 1", web=web)) == 1
    assert said("-o", "null", "-m*", "-o", "null", "-m*") == []


@pytest.mark.parametrize(
    ("options", "loops"),
    [
        ({}, True),
        ({"Host": "localhost"}, True),
        ({"Host": "127.0.0.1", "Port": "24224"}, True),
        ({"unix_path": "/var/run/fluent.sock"}, True),
        ({"Host": "logs.example.com"}, False),
        ({"Port": "24225"}, False),
        ({"Host": "${HOST}"}, False),
        ({"Tag": "again"}, False),
    ],
)
def test_forwarding_to_the_router_itself_is_a_circle(options: dict[str, str], loops: bool) -> None:
    found = problems(web={"Name": "forward", **options})
    assert ("forward-loop" in [one.kind for one in found]) is loops


def test_in_other_network_modes_nobody_listens_there() -> None:
    task = {"networkMode": "host", "requiresCompatibilities": ["EC2"]}
    assert said(web={"Name": "forward"}, task=task) == []


def test_variables_that_nothing_sets_are_a_note() -> None:
    web = {**CLOUDWATCH, "log_group_name": "/web/${STAGE}"}
    assert [one.severity for one in problems(web=web)] == ["note"]
    router = {"environment": [{"name": "STAGE", "value": "test"}]}
    assert said(web=web, router=router) == []
    assert said(web={**CLOUDWATCH, "log_group_name": "/web/${var.stage}"}) == []
    assert said(web=web, router={"environmentFiles": [{"value": "arn", "type": "s3"}]}) == []


def placed(found: list[Problem]) -> list[tuple[str, str, str, str | None]]:
    """Severity, kind and help of each problem, and the key of the entry that it is about."""
    return [
        (one.severity, one.kind, one.help, one.entry.key if one.entry is not None else None)
        for one in found
    ]


def test_each_problem_says_what_to_do_and_where() -> None:
    assert placed(problems(web=None)) == [
        (
            "loss", "logs-unrouted",
            (
                "name an output plugin in its log options, or match `web-firelens*` or `*` in an "
                "output of your own"
            ),
            None,
        )
    ]  # fmt: skip
    (lost,) = problems(web=None)
    assert lost.origin is not None
    assert lost.origin.path == ("containerDefinitions", 0, "logConfiguration")
    assert placed(problems("-o", "stdout", "-m", "web")) == [
        ("loss", "match-without-tag", "write `web-firelens*`", "match")
    ]
    assert placed(problems("-o", "stdout", "-m", "jobs-firelens*")) == [
        ("loss", "match-without-tag", "match one of these, or `*`", "match")
    ]
    (twice,) = problems("-o", "cloudwatch_logs", "-m", "*", *LIKE_WEB)
    assert twice.help == "remove one of the two outputs, or let their `Match` differ"
    assert twice.section is not None
    assert twice.section.entries[0].text == "cloudwatch_logs"
    (circle,) = problems(web={"Name": "forward", "Host": "localhost"})
    assert placed([circle]) == [
        ("loss", "forward-loop", "name the host that is meant with `Host`", "Host")
    ]
    assert circle.message == (
        "the output `forward` sends to the log router itself: its records go round for ever"
    )
    assert circle.section is not None
    (unset,) = problems(web={**CLOUDWATCH, "log_group_name": "/web/${STAGE}"})
    assert placed([unset]) == [
        (
            "note", "undefined-variable",
            "set it in `environment` or `secrets` of the log router", "log_group_name",
        )
    ]  # fmt: skip
    assert unset.said == "[env] variable ${STAGE} is used but not set"
    assert unset.message == "the log router has no variable `STAGE`: to Fluent Bit it is empty"


def test_an_output_that_goes_elsewhere_does_not_end_the_search_for_circles() -> None:
    found = said(
        "-o", "forward", "-m", "*", "-p", "Host=logs.example.com", "-o", "forward", "-m", "*",
        web=CLOUDWATCH,
    )  # fmt: skip
    assert [each.partition(":")[0] for each in found] == ["loss forward-loop"]
