from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import build
from tests.build import containers

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

FARGATE = {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc"}
FIRST = "/containerDefinitions/0"
TASK_512 = "the task has 512 MiB"


def task(*each: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A task with one container for each set of members."""
    return build.task(*containers(*each), **members)


# container-memory-over-task


@pytest.mark.parametrize(
    ("container", "memory", "expected"),
    [
        (
            {"memory": 513},
            "512",
            [f"error {FIRST}/memory `web` is to have 513 MiB, but {TASK_512}"],
        ),
        ({"memory": 512}, "512", []),
        (
            {"memory": "2048"},
            "1 GB",
            [f"error {FIRST}/memory `web` is to have 2048 MiB, but the task has 1024 MiB"],
        ),
        (
            {"memoryReservation": 600},
            "512",
            [f"error {FIRST}/memoryReservation `web` is to have 600 MiB, but {TASK_512}"],
        ),
        (
            {"memory": 600, "memoryReservation": 600},
            "512",
            [f"error {FIRST}/memory `web` is to have 600 MiB, but {TASK_512}"],
        ),
        ({"memory": "${memory}"}, "512", []),
        ({"memory": 600}, "${memory}", []),
        ({"memory": 600}, None, []),
        ({"memory": 600}, "much", []),
    ],
)  # fmt: skip
def test_one_container_against_the_task(
    report: Report, container: dict[str, Any], memory: Any, expected: list[str]
) -> None:
    found = task(container, memory=memory)
    assert report("container-memory-over-task", found, None) == [*expected]


# container-memory-sum

SUM = "container-memory-sum"


@pytest.mark.parametrize(
    ("containers", "expected"),
    [
        (
            [{"memory": 300}, {"memory": 300}],
            [f"warning /memory the containers are to have 600 MiB together, but {TASK_512}"],
        ),
        (
            [{"memory": 500, "memoryReservation": 100}, {"memory": 500, "memoryReservation": 100}],
            ["info /memory the containers may have 1000 MiB together, but the task has 512 MiB"],
        ),
        ([{"memory": 256}, {"memory": 256}], []),
        ([{"memory": 300}, {"memory": "${memory}"}], []),
        ([{"memory": 600}, {"memory": 300}], []),
        ([{"memory": 300}], []),
        ([{}, {}], []),
        ([{"memory": 0}, {"memoryReservation": -1}], []),
    ],
)
def test_the_containers_together(
    report: Report, containers: list[dict[str, Any]], expected: list[str]
) -> None:
    assert report(SUM, task(*containers, memory="512"), None) == expected


def test_of_a_task_with_the_agent_another_rule_counts_more(report: Report) -> None:
    fragment = {"cpu": "256", "memory": "512", "containerDefinitions": [
        {"name": "web", "memory": 400}, {"name": "al-agent", "memory": 500}]}  # fmt: skip
    assert report(SUM, fragment) == []
    assert len(report("task-memory-headroom", fragment)) == 1


def test_of_a_container_above_the_task_only_one_rule_tells(report: Report) -> None:
    fragment = {"containerDefinitions": [{"name": "web", "memory": 4096}]}
    assert len(report("container-memory-over-task", fragment)) == 1
    assert report("task-memory-headroom", fragment) == []
    assert report(SUM, fragment) == []


# reservation-over-memory, container-memory-min, container-memory-missing


@pytest.mark.parametrize(
    ("soft", "hard", "reported"),
    [
        (256, 128, True),
        ("256", "128", True),
        (128, 128, False),
        (128, 256, False),
        (128, None, False),
        (None, 128, False),
        (128, "${memory}", False),
        (128, 0, False),
    ],
)
def test_what_is_reserved_is_no_more_than_the_limit(
    report: Report, soft: Any, hard: Any, reported: bool
) -> None:
    found = task({"memoryReservation": soft, "memory": hard})
    expected = "`web` reserves 256 MiB, but may use no more than 128 MiB"
    assert report("reservation-over-memory", found, None) == (
        [f"error {FIRST}/memoryReservation {expected}"] if reported else []
    )


@pytest.mark.parametrize(
    ("member", "amount", "reported"),
    [
        ("memory", 5, True),
        ("memoryReservation", 4, True),
        ("memory", -1, True),
        ("memory", 6, False),
        ("memory", 0, False),
        ("memory", None, False),
        ("memory", "${memory}", False),
    ],
)
def test_a_container_needs_six_mib(
    report: Report, member: str, amount: Any, reported: bool
) -> None:
    expected = f"`{member}` of `web` is {amount} MiB, but a container needs 6 at least"
    assert report("container-memory-min", task({member: amount}), None) == (
        [f"error {FIRST}/{member} {expected}"] if reported else []
    )


@pytest.mark.parametrize(
    ("platform", "members", "reported"),
    [
        ("EC2", {}, True),
        ("EXTERNAL", {}, True),
        ("FARGATE", {}, False),
        (None, {}, False),
        ("EC2", {"memory": "512"}, False),
        ("EC2", {"memory": "${memory}"}, False),
    ],
)
def test_on_ec2_a_container_says_what_it_needs(
    report: Report, platform: str | None, members: dict[str, Any], reported: bool
) -> None:
    wanted = [platform] if platform else None
    found = task({"memoryReservation": 64}, {}, {}, requiresCompatibilities=wanted, **members)
    assert report("container-memory-missing", found, None) == (
        ["error /containerDefinitions/1 neither `web1` nor the task has any memory"]
        if reported
        else []
    )


# container-cpu-sum


@pytest.mark.parametrize(
    ("shares", "cpu", "expected"),
    [
        (
            [200, 57],
            "256",
            "error /cpu the containers are to have 257 CPU units together, but the task has 256",
        ),
        ([300], "256", f"error {FIRST}/cpu `web` is to have 300 CPU units, but the task has 256"),
        ([128, 128], ".25 vCPU", ""),
        ([0, None, 256], "256", ""),
        ([200, "${cpu}"], "256", ""),
        ([600], "${cpu}", ""),
    ],
)
def test_shares_of_the_cpu(report: Report, shares: list[Any], cpu: str, expected: str) -> None:
    found = task(*({"cpu": share} for share in shares), cpu=cpu, **FARGATE)
    assert report("container-cpu-sum", found, None) == ([expected] if expected else [])


def test_on_ec2_shares_are_only_relative(report: Report) -> None:
    found = task({"cpu": 1024}, cpu="256", requiresCompatibilities=["EC2"])
    assert report("container-cpu-sum", found, None) == []


# buffer-limit-range

BUFFER = "buffer-limit-range"
OPTION = "/logConfiguration/options/log-driver-buffer-limit"


def buffered(limit: Any, driver: str = "awsfirelens", **members: Any) -> dict[str, Any]:
    options = {"log-driver-buffer-limit": limit}
    return {"logConfiguration": {"logDriver": driver, "options": options}, **members}


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("536870913", "error {} is 536870913 bytes, but ECS takes 0 to 536870912"),
        (2**40, "error {} is 1099511627776 bytes, but ECS takes 0 to 536870912"),
        ("-1", "error {} is -1 bytes, but ECS takes 0 to 536870912"),
        ("9" * 30, f"error {{}} is {'9' * 30} bytes, but ECS takes 0 to 536870912"),
        ("8m", "warning {} is `8m`, not a number of bytes"),
        ("1.5", "warning {} is `1.5`, not a number of bytes"),
        ("536870912", ""),
        ("0", ""),
        ("", ""),
        ("${limit}", ""),
        (None, ""),
        (["8"], ""),
    ],
)
def test_a_buffer_is_a_number_of_bytes(report: Report, limit: Any, expected: str) -> None:
    severity, _, rest = expected.partition(" {}")
    assert report(BUFFER, task(buffered(limit)), None) == (
        [f"{severity} {FIRST}{OPTION} `log-driver-buffer-limit` of `web`{rest}"] if expected else []
    )


def test_an_option_of_another_driver_is_not_judged(report: Report) -> None:
    assert report(BUFFER, task(buffered("8m", "awslogs")), None) == []


@pytest.mark.parametrize(
    ("containers", "message"),
    [
        (
            [buffered("104857600", memory=450)],
            "containers with 450 MiB and log buffers with 100 MiB don't fit the task's 512 MiB",
        ),
        (
            [buffered("268435456"), buffered("268435456")],
            "log buffers of 512 MiB together: they are to stay below 512 MiB",
        ),
        ([buffered("62914560", memory=450)], ""),
        ([buffered("104857600", memory="${memory}")], ""),
        ([buffered("104857600", memory=600)], ""),
        ([buffered("268435456"), buffered("268435455")], ""),
        ([buffered("268435456"), buffered("${limit}"), buffered("268435456")], ""),
    ],
)
def test_buffers_have_to_fit_the_task(
    report: Report, containers: list[dict[str, Any]], message: str
) -> None:
    assert report(BUFFER, task(*containers, memory="512"), None) == (
        [f"warning {FIRST}{OPTION} {message}"] if message else []
    )


# restart-policy-range

RESTART = "restart-policy-range"


@pytest.mark.parametrize(
    ("seconds", "reported"),
    [
        (59, True),
        (1801, True),
        (0, True),
        (60, False),
        (1800, False),
        ("${x}", False),
        (None, False),
    ],
)
def test_the_period_of_a_restart_policy(report: Report, seconds: Any, reported: bool) -> None:
    found = task({"restartPolicy": {"enabled": True, "restartAttemptPeriod": seconds}})
    expected = f"`restartAttemptPeriod` of `web` is {seconds}, but ECS takes 60 to 1800"
    assert report(RESTART, found, None) == (
        [f"error {FIRST}/restartPolicy/restartAttemptPeriod {expected}"] if reported else []
    )


def test_fifty_exit_codes_may_be_ignored(report: Report) -> None:
    policy = {"enabled": True, "ignoredExitCodes": list(range(51))}
    assert report(RESTART, task({"restartPolicy": policy}), None) == [
        (
            f"error {FIRST}/restartPolicy/ignoredExitCodes "
            "`web` ignores 51 exit codes, but ECS takes 50 at most"
        )
    ]
    policy["ignoredExitCodes"] = list(range(50))
    assert report(RESTART, task({"restartPolicy": policy}), None) == []


# system-controls-conflict

CONTROLS = "system-controls-conflict"


def controls(*pairs: tuple[Any, Any]) -> dict[str, Any]:
    return {"systemControls": [{"namespace": name, "value": value} for name, value in pairs]}


CORE = "net.core.somaxconn"


@pytest.mark.parametrize(
    ("first", "second", "members", "reported"),
    [
        ((CORE, "1"), (CORE, "2"), {"networkMode": "awsvpc"}, True),
        ((CORE, "1"), (CORE, "2"), FARGATE, True),
        ((CORE, "1"), (CORE, "1"), FARGATE, False),
        ((CORE, "1"), (CORE, "${x}"), FARGATE, False),
        ((CORE, "1"), (CORE, "2"), {"networkMode": "bridge"}, False),
        (("kernel.shmmax", "1"), ("kernel.shmmax", "2"), FARGATE, False),
        (("kernel.shmmax", "1"), ("kernel.shmmax", "2"), {"ipcMode": "task"}, True),
    ],
)
def test_a_parameter_of_the_task_has_one_value(
    report: Report, first: Any, second: Any, members: dict[str, Any], reported: bool
) -> None:
    found = task(controls(first), controls(second), **members)
    expected = f"`{first[0]}` is 2 here and 1 in `web`: the last to start wins"
    assert report(CONTROLS, found, None) == (
        [f"warning /containerDefinitions/1/systemControls/0/value {expected}"] if reported else []
    )


# readonly-rootfs-router

READONLY = "readonly-rootfs-router"
S3 = {"Name": "s3", "bucket": "logs", "region": "us-east-1"}
TMP = "/tmp"  # noqa: S108  (where Fluent Bit puts it)


def readonly(options: dict[str, Any], **members: Any) -> dict[str, Any]:
    web = {"name": "web", "logConfiguration": {"options": options}}
    router = {"name": "log_router", "readonlyRootFilesystem": True, **members}
    return {"containerDefinitions": [web, router]}


@pytest.mark.parametrize(
    ("options", "members", "path"),
    [
        (S3, {}, f"{TMP}/fluent-bit/s3"),
        ({**S3, "store_dir": "/spool/s3"}, {}, "/spool/s3"),
        (S3, {"mountPoints": [{"sourceVolume": "spool", "containerPath": TMP}]}, ""),
        (
            S3,
            {"mountPoints": [{"sourceVolume": "x", "containerPath": TMP, "readOnly": True}]},
            f"{TMP}/fluent-bit/s3",
        ),
        (S3, {"linuxParameters": {"tmpfs": [{"containerPath": TMP, "size": 64}]}}, ""),
        (S3, {"readonlyRootFilesystem": False}, ""),
        (S3, {"image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/router:1"}, ""),
        (S3, {"mountPoints": [{"sourceVolume": "spool", "containerPath": "${path}"}]}, ""),
        ({**S3, "store_dir": "${dir}"}, {}, ""),
        ({**S3, "store_dir": "/var/alertlogic/lib/fluent-bit/s3"}, {}, ""),
        ({"Name": "datadog"}, {}, ""),
    ],
)
def test_what_fluent_bit_writes_needs_a_volume(
    report: Report, options: dict[str, Any], members: dict[str, Any], path: str
) -> None:
    found = report(READONLY, readonly(options, **members))
    message = (
        f"the `s3` output writes to `{path}`, but the file system of `log_router` is read-only"
    )
    assert [each.split(" ", 2)[2] for each in found] == ([message] if path else [])


def test_so_does_its_storage(report: Report) -> None:
    command = ["-s", "storage.path", "/data/flb", "--", "-o", "null", "-m", "*"]
    assert report(READONLY, readonly({}, command=command)) == [
        (
            "warning /containerDefinitions/2/command/2 "
            "`storage.path` writes to `/data/flb`, but the file system of `log_router` is read-only"
        )
    ]


# command-oneshot-flag

ONESHOT = "command-oneshot-flag"
CHECKS = "Fluent Bit only checks its configuration and ends"


@pytest.mark.parametrize(
    ("words", "index", "does"),
    [
        (["-V"], 1, "because of `-V` Fluent Bit prints its version and ends"),
        (["--version"], 1, "because of `--version` Fluent Bit prints its version and ends"),
        (["-h"], 1, "because of `-h` Fluent Bit prints its options and ends"),
        (["-o", "null", "-D"], 3, f"because of `-D` {CHECKS}"),
        (["--dry-run", "-o", "null"], 1, f"because of `--dry-run` {CHECKS}"),
        (["-d", "-o", "null"], 1, "because of `-d` Fluent Bit goes to the background and ends"),
        (["-v", "-o", "null"], 0, ""),
        (["-o", "null", "-p", "Match=-V"], 0, ""),
        (["${flag}", "-V"], 0, ""),
    ],
)  # fmt: skip
def test_words_for_people_end_a_router(
    report: Report, words: list[str], index: int, does: str
) -> None:
    found = {"containerDefinitions": [{"name": "log_router", "command": ["--", *words]}]}
    assert report(ONESHOT, found) == (
        [f"error /containerDefinitions/2/command/{index} {does}: `log_router` exits with 0"]
        if does
        else []
    )


def test_the_command_of_fluent_bits_own_image_is_its_words(report: Report) -> None:
    members = {
        "image": "fluent/fluent-bit:4.2.0",
        "entryPoint": None,
        "command": ["-V"],
        "volumesFrom": None,
    }
    found = {"containerDefinitions": [{"name": "log_router", **members}]}
    assert report(ONESHOT, found, "firelens") == [
        (
            "error /containerDefinitions/1/command/0 "
            "because of `-V` Fluent Bit prints its version and "
            "ends: `log_router` exits with 0"
        )
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "container-memory-over-task", SUM, "reservation-over-memory", "container-memory-min",
        "container-memory-missing", "container-cpu-sum", "healthcheck-ranges", BUFFER, RESTART,
        CONTROLS, READONLY, ONESHOT,
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, True, "x", 7, -1, [], [7], {"a": 1}, "${x}", 10**40])
def test_any_value_is_got_over(report: Report, rule: str, value: Any) -> None:
    container = {
        "image": value, "healthCheck": value, "cpu": value, "memory": value,
        "memoryReservation": value, "restartPolicy": value,
        "systemControls": value, "readonlyRootFilesystem": True, "mountPoints": value,
        "command": value, "firelensConfiguration": {"type": "fluentbit"}, "linuxParameters": value,
        "logConfiguration": {"logDriver": "awsfirelens", "options": value},
    }  # fmt: skip
    found = task(container, container, cpu=value, memory=value, **FARGATE)
    assert not any("failed" in each for each in report(rule, found, None))
