# ruff: noqa: E501  (a case of a table stands on one line)
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import build

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

AGENT = "public.ecr.aws/alertlogic/al-agent-container:latest"
LAUNCHER = "/var/alertlogic/lib/fluent-bit/fluent-launch"


def task(*containers: Any, **members: Any) -> dict[str, Any]:
    fargate = {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc"}
    return build.task(*containers, **{**fargate, **members})


def web(**members: Any) -> dict[str, Any]:
    return {"name": "web", "image": "web:1", **members}


def agent(**members: Any) -> dict[str, Any]:
    return {"name": "al-agent", "image": AGENT, **members}


def router(**members: Any) -> dict[str, Any]:
    return {
        "name": "log_router",
        "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
        "firelensConfiguration": {"type": "fluentbit"},
        "volumesFrom": [{"sourceContainer": "al-agent"}],
        "dependsOn": [{"containerName": "al-agent", "condition": "START"}],
        "entryPoint": [LAUNCHER],
        **members,
    }


MISSING = (
    "error /containerDefinitions/0 "
    "`log_router` is set up to send logs to the Alert Logic agent, but nobody runs the agent"
)


@pytest.mark.parametrize(
    ("containers", "expected"),
    [
        ([router(), web()], [MISSING]),
        ([router(), agent()], []),
        # A copy in a registry of one's own, under its own name and under another.
        ([router(), agent(image="111122223333.dkr.ecr.us-east-1.amazonaws.com/al-agent-container:3")], []),
        ([router(), agent(image="111122223333.dkr.ecr.us-east-1.amazonaws.com/watcher:3")], []),
        ([router(), agent(image="nginx:1")], [MISSING]),
        # What can't be known may be the agent.
        ([router(), agent(image="${var.agent_image}")], []),
        ([router(), "${jsonencode(var.agent)}"], []),
        ([web()], []),
    ],
)  # fmt: skip
def test_the_agent_is_missing(report: Report, containers: list[Any], expected: list[str]) -> None:
    assert report("al-agent-missing", task(*containers), None) == expected


def syslog(**options: str) -> dict[str, Any]:
    return {"logDriver": "awsfirelens", "options": {"Name": "syslog", **options}}


def test_syslog_to_another_collector_is_not_meant_for_the_agent(report: Report) -> None:
    plain = router(entryPoint=None, volumesFrom=None, dependsOn=None)
    here = task(web(logConfiguration=syslog(Host="127.0.0.1", Port="1514")), plain)
    there = task(web(logConfiguration=syslog(Host="wazuh.example.com", Port="1514")), plain)
    assert report("al-agent-missing", here, None) == [
        (
            "error /containerDefinitions/0 "
            "`web` is set up to send logs to the Alert Logic agent, but nobody runs the agent"
        )
    ]
    assert report("al-agent-missing", there, None) == []


def test_the_configuration_may_ask_for_the_agent(report: Report) -> None:
    def required(**members: Any) -> list[str]:
        return report("al-agent-missing", task(web(), **members), None, require_agent=True)

    assert required() == [
        "error  no container runs the Alert Logic agent, which `require-agent` asks for"
    ]
    assert required(requiresCompatibilities=["EC2"]) == []


def test_the_unknown_source_of_volumes_is_told_of_once(report: Report) -> None:
    without = task(router(), web())
    assert report("volumesfrom-unknown-container", without, None) == []
    misspelled = task(router(volumesFrom=[{"sourceContainer": "al_agent"}]), agent())
    assert report("al-agent-missing", misspelled, None) == []
    assert report("launcher-without-volumesfrom", misspelled, None) == []
    assert report("volumesfrom-unknown-container", misspelled, None) == [
        (
            "error /containerDefinitions/0/volumesFrom/0/sourceContainer "
            "`volumesFrom` names `al_agent`, but no container has this name"
        )
    ]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            task(agent(), web()),
            [
                "error /containerDefinitions/0 `al-agent` has no log router beside it, so it gets no logs"
            ],
        ),
        (
            task(agent(), router(firelensConfiguration=None)),
            [
                (
                    "error /containerDefinitions/1 "
                    "`log_router` has no `firelensConfiguration`, so it gets no logs to pass on"
                )
            ],
        ),
        (task(agent(), router()), []),
        (task(agent(), router(firelensConfiguration="${var.firelens}")), []),
        (task(agent(), "${jsonencode(var.router)}"), []),
        # The recipe for EC2: one agent for a whole host.
        (task(agent(privileged=True), requiresCompatibilities=["EC2"], networkMode="host"), []),
        ({"family": "agent", "containerDefinitions": [agent(privileged=True)]}, []),
    ],
)
def test_the_log_router_is_missing(
    report: Report, definition: dict[str, Any], expected: list[str]
) -> None:
    assert report("log-router-missing", definition, None) == expected


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ({"logDriver": "awsfirelens"}, []),
        ({"logDriver": "${var.driver}"}, []),
        ("${jsonencode(var.log)}", []),
        (
            {"logDriver": "splunk"},
            [
                (
                    "error /containerDefinitions/0/logConfiguration/logDriver "
                    "`web` logs to `splunk`, so its logs never reach Alert Logic"
                )
            ],
        ),
        (
            None,
            ["error /containerDefinitions/0 `web` has no log driver, so its logs reach nobody"],
        ),
    ],
)
def test_an_application_logs_elsewhere(report: Report, log: Any, expected: list[str]) -> None:
    definition = task(web(logConfiguration=log), agent(), router())
    assert report("app-not-awsfirelens", definition, None) == expected
    # With another that uses it, ECS has no reason to refuse the router.
    jobs = {**web(logConfiguration={"logDriver": "awsfirelens"}), "name": "jobs"}
    definition = task(web(logConfiguration=log), jobs, agent(), router())
    lighter = [line.replace("error", "warning", 1) for line in expected]
    assert report("app-not-awsfirelens", definition, None) == lighter


def test_an_application_may_log_elsewhere_in_a_task_without_alert_logic(report: Report) -> None:
    plain = router(entryPoint=None, volumesFrom=None, dependsOn=None)
    definition = task(web(logConfiguration={"logDriver": "awslogs"}), plain)
    assert report("app-not-awsfirelens", definition, None) == []
    assert len(report("app-not-awsfirelens", definition, None, require_agent=True)) == 1


PROC = {"name": "proc", "host": {"sourcePath": "/proc"}}
SOCKET = {"name": "docker", "host": {"sourcePath": "/var/run/docker.sock"}}


def mounts(*names: str) -> list[dict[str, Any]]:
    return [{"sourceVolume": name, "containerPath": f"/host/{name}"} for name in names]


def test_the_recipe_for_ec2_is_one_finding(report: Report) -> None:
    everything = task(
        agent(privileged=True, mountPoints=mounts("proc", "docker")),
        router(),
        volumes=[PROC, SOCKET],
    )
    assert report("ec2-recipe-on-fargate", everything, None) == [
        (
            "error /containerDefinitions/0/privileged "
            "`al-agent` is set up as on EC2: Fargate refuses `privileged`"
        )
    ]
    assert report("docker-socket-mount", everything, None) == []


def test_the_recipe_for_ec2_is_right_on_ec2(report: Report) -> None:
    on_ec2 = task(
        agent(privileged=True, mountPoints=mounts("docker")),
        volumes=[SOCKET],
        requiresCompatibilities=["EC2"],
        networkMode="host",
    )
    for name in ("ec2-recipe-on-fargate", "docker-socket-mount", "not-fargate-task"):
        assert report(name, on_ec2, None) == []


def test_a_folder_of_the_host_is_enough(report: Report) -> None:
    definition = task(agent(mountPoints=mounts("proc")), router(), volumes=[PROC])
    assert report("ec2-recipe-on-fargate", definition, None) == [
        (
            "error /containerDefinitions/0/mountPoints/0 "
            "`al-agent` is set up as on EC2: it mounts the host's `/proc`"
        )
    ]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            task(web(mountPoints=mounts("docker")), agent(), router(), volumes=[SOCKET]),
            [
                (
                    "error /volumes/0/host/sourcePath "
                    "volume `docker` is `/var/run/docker.sock` of the host, "
                    "and Fargate has no host to mount from"
                )
            ],
        ),
        (
            task(
                web(mountPoints=[{"sourceVolume": "run", "containerPath": "/run/docker.sock"}]),
                agent(),
                router(),
                volumes=[{"name": "run"}],
            ),
            [
                (
                    "error /containerDefinitions/0/mountPoints/0 "
                    "`web` expects a socket at `/run/docker.sock`, which Fargate doesn't have"
                )
            ],
        ),
        (task(web(mountPoints=mounts("docker")), volumes=[SOCKET]), []),
        (task(web(mountPoints="${var.mounts}"), agent(), router(), volumes="${var.volumes}"), []),
    ],
)
def test_a_socket_is_mounted(
    report: Report, definition: dict[str, Any], expected: list[str]
) -> None:
    assert report("docker-socket-mount", definition, None) == expected


def on(name: str, condition: str = "START") -> dict[str, str]:
    return {"containerName": name, "condition": condition}


@pytest.mark.parametrize(
    ("depends", "expected"),
    [
        (None, ["warning /containerDefinitions/0 `log_router` doesn't wait for `al-agent`, to which it sends logs"]),
        ([on("web")], ["warning /containerDefinitions/0/dependsOn `log_router` doesn't wait for `al-agent`, to which it sends logs"]),
        ([on("al-agent", "HEALTHY")], []),
        ([on("first")], []),
        ("${var.depends}", []),
        ([on("${var.agent}")], []),
    ],
)  # fmt: skip
def test_the_router_waits_for_the_agent(report: Report, depends: Any, expected: list[str]) -> None:
    first = {"name": "first", "image": "first:1", "dependsOn": [on("al-agent")]}
    definition = task(router(dependsOn=depends), agent(), web(), first)
    assert report("router-no-dependson-agent", definition, None) == expected


@pytest.mark.parametrize(
    ("condition", "members", "expected"),
    [
        ("START", {}, []),
        ("COMPLETE", {}, "waits until `al-agent` has ended, but `al-agent` never ends"),
        ("success", {"essential": False}, "waits until `al-agent` has ended, but `al-agent` never ends"),
        ("HEALTHY", {}, "waits until `al-agent` is healthy, but `al-agent` has no health check"),
        ("HEALTHY", {"healthCheck": {"command": ["CMD", "true"]}}, []),
        ("HEALTHY", {"healthCheck": "${var.check}"}, []),
        ("${var.condition}", {}, []),
    ],
)  # fmt: skip
def test_the_condition_on_the_agent_comes_true(
    report: Report, condition: str, members: dict[str, Any], expected: Any
) -> None:
    definition = task(router(dependsOn=[on("al-agent", condition)]), agent(**members))
    place = "error /containerDefinitions/0/dependsOn/0/condition `log_router` "
    assert report("dependson-agent-condition", definition, None) == (
        [place + expected] if expected else []
    )


def test_the_agents_own_output(report: Report) -> None:
    looped = task(agent(logConfiguration={"logDriver": "awsfirelens"}), router())
    assert report("al-agent-uses-awsfirelens", looped, None) == [
        (
            "warning /containerDefinitions/0/logConfiguration/logDriver "
            "`al-agent` logs through `log_router`, which sends these logs back to `al-agent`"
        )
    ]
    kept = task(agent(logConfiguration={"logDriver": "awslogs"}), router())
    assert report("al-agent-uses-awsfirelens", kept, None) == []


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"requiresCompatibilities": ["FARGATE"]}, []),
        ({"requiresCompatibilities": ["EC2", "FARGATE"]}, []),
        ({"requiresCompatibilities": "${var.compatibilities}"}, []),
        ({"requiresCompatibilities": ["${var.compatibility}"]}, []),
        ({"requiresCompatibilities": []}, "/requiresCompatibilities the task definition doesn't say that it is for Fargate"),
        ({"requiresCompatibilities": None}, " the task definition doesn't say that it is for Fargate"),
        ({"requiresCompatibilities": ["fargate"]}, "/requiresCompatibilities `fargate` has to be written `FARGATE`"),
        ({"requiresCompatibilities": ["EC2"]}, "/requiresCompatibilities the task is for `EC2`, but its Alert Logic sidecars are those for Fargate"),
    ],
)  # fmt: skip
def test_the_task_says_that_it_is_for_fargate(
    report: Report, members: dict[str, Any], expected: Any
) -> None:
    definition = task(agent(), router(), **members)
    severity = "error" if "has to be written" in str(expected) else "warning"
    assert report("not-fargate-task", definition, None) == (
        [f"{severity} {expected}"] if expected else []
    )


def test_a_task_without_alert_logic_may_be_for_ec2(report: Report) -> None:
    definition = build.task(web())
    assert report("not-fargate-task", definition, None) == []
