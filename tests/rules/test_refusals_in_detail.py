from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.build import fragment, web

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

ARN = "arn:aws:ssm:eu-west-1:111122223333:parameter/db"
LOGS = {
    "awslogs-create-group": "true",
    "awslogs-group": "/shop/web",
    "awslogs-region": "us-east-1",
    "awslogs-stream-prefix": "web",
}


@pytest.fixture
def report(report: Report) -> Report:
    """What a rule says, with `~` for the path of the first container."""
    return lambda *args, **settings: [
        line.replace("/containerDefinitions/0", "~") for line in report(*args, **settings)
    ]


@pytest.mark.parametrize(
    ("cpu", "memory", "line"),
    [
        ("512", "512", "error /memory Fargate has no size of 512 CPU units and 512 MiB"),
        ("1024", "61440", "error /memory Fargate has no size of 1024 CPU units and 61440 MiB"),
        ("32768", "131072", "error /memory Fargate has no size of 32768 CPU units and 131072 MiB"),
        ("300", "512", "error /cpu Fargate has no size with `300` CPU units"),
        ("a lot", "512", "error /cpu `a lot` is no number of CPU units"),
        ("256", "a lot", "error /memory `a lot` is no amount of memory"),
        ("0.25 vCPU", "512", "info /cpu `0.25 vCPU` isn't among the documented spellings of `cpu`"),
        ("256", "1 GiB", "info /memory `1 GiB` isn't among the documented spellings of `memory`"),
        (256, 512, ""),
        (".25vCPU", "0.5 gb", ""),
        ("${cpu}", "7", ""),
        ("256", "${memory}", ""),
        ("", "", ""),
    ],
)
def test_sizes(report: Report, cpu: object, memory: object, line: str) -> None:
    found = report("fargate-size-pair", {"cpu": cpu, "memory": memory}, "plain")
    assert found == ([line] if line else [])


def test_sizes_of_windows(report: Report) -> None:
    value = {"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
    assert report("windows-cpu", {**value, "cpu": "256", "memory": "512"}, "plain") == [
        "error /cpu Fargate has no size for Windows of 256 CPU units and 512 MiB"
    ]
    assert report("windows-cpu", {**value, "cpu": "1024", "memory": "2048"}, "plain") == []


def test_the_recipe_for_ec2_is_told_by_its_own_rule_only(report: Report) -> None:
    fragment = {
        "networkMode": "host",
        "volumes": [{"name": "proc", "host": {"sourcePath": "/proc"}}],
        "containerDefinitions": [
            {
                "name": "al-agent",
                "privileged": True,
                "mountPoints": [{"sourceVolume": "proc", "containerPath": "/host/proc"}],
            }
        ],
    }
    assert report("fargate-unsupported-member", fragment, "agent") == []
    assert report("fargate-network-mode", fragment, "agent") == []
    other = web(privileged=True)
    assert report("fargate-unsupported-member", other, "agent") == [
        "error ~/privileged Fargate doesn't support `privileged`"
    ]


@pytest.mark.parametrize(
    ("options", "end"),
    [
        ({"awslogs-group": None}, "without `awslogs-group`"),
        (
            {"awslogs-region": None, "awslogs-stream-prefix": None},
            "without `awslogs-region` and `awslogs-stream-prefix`",
        ),
        (
            {"awslogs-group": None, "awslogs_group": "/shop"},
            "`awslogs_group` has to be written `awslogs-group`",
        ),
        ({"awslogs-group": None, "log_group_name": "/shop"}, ""),
        ({"awslogs-group": None, "${more}": ""}, ""),
    ],
)
def test_options_of_awslogs(report: Report, options: dict[str, Any], end: str) -> None:
    found = report("awslogs-group-missing", web(logConfiguration={"options": options}), "plain")
    assert len(found) == bool(end)
    assert all(line.startswith("error ~/") and line.endswith(end) for line in found)


WINDOWS = {"cpu": "1024", "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ({"linuxParameters": {"initProcessEnabled": True}}, "~/linuxParameters"),
        ({"linuxParameters": {"initProcessEnabled": False}}, ""),
        # Another rule tells of it, on Windows too.
        ({"linuxParameters": {"sharedMemorySize": 64}}, ""),
        (
            {"systemControls": [{"namespace": "net.core.somaxconn", "value": "9"}]},
            "~/systemControls",
        ),
        ({"systemControls": []}, ""),
        ({"ulimits": [{"name": "nofile", "softLimit": 9, "hardLimit": 9}]}, "~/ulimits"),
        ({"readonlyRootFilesystem": True}, "~/readonlyRootFilesystem"),
        ({"readonlyRootFilesystem": False}, ""),
        ({"user": "ContainerUser"}, "~/user"),
        ({"user": "${user}"}, ""),
    ],
)
def test_what_only_linux_has(report: Report, members: dict[str, Any], path: str) -> None:
    rule = "windows-unsupported-member"
    name = path.rpartition("/")[2]
    expected = [f"warning {path} Windows doesn't have `{name}` on Fargate"] if path else []
    assert report(rule, {**WINDOWS, **web(**members)}, "plain") == expected
    assert report(rule, web(**members), "plain") == []
    ec2 = {"requiresCompatibilities": ["EC2"]}
    assert report(rule, {**WINDOWS, **ec2, **web(**members)}, "plain") == []


def test_what_only_linux_has_of_the_task(report: Report) -> None:
    rule = "windows-unsupported-member"
    efs = [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"}}]
    found = report(rule, {**WINDOWS, "volumes": efs, "pidMode": "task"}, "plain")
    assert [line.split()[1] for line in found] == ["/pidMode", "/volumes/0/efsVolumeConfiguration"]
    # With the sidecars the family is the mistake.
    assert report(rule, {**WINDOWS, "pidMode": "task"}, "agent") == []


UNKNOWN = "awslogs-option-unknown"


@pytest.mark.parametrize(
    ("option", "value", "line"),
    [
        ("awslogs-stream", "x", "ECS has no option `awslogs-stream` for the log driver `awslogs`"),
        ("tag", "x", "ECS has no option `tag` for the log driver `awslogs`"),
        ("Mode", "blocking", "`Mode` has to be written `mode`"),
        ("mode", "nonblocking", "`nonblocking` is no mode of delivery"),
        ("mode", "${mode}", ""),
        ("max-buffer-size", "25m", ""),
        ("max-buffer-size", "1.5 GiB", ""),
        ("max-buffer-size", "26214400", ""),
        ("max-buffer-size", "lots", "`lots` is no size of a buffer"),
        ("max-buffer-size", "m", "`m` is no size of a buffer"),
        ("max-buffer-size", "${size}", ""),
        ("awslogs-multiline-pattern", "^x", ""),
        ("${option}", "x", ""),
        ("log_key", "log", ""),
    ],
)
def test_options_that_ecs_does_not_take(report: Report, option: str, value: str, line: str) -> None:
    found = report(UNKNOWN, web(logConfiguration={"options": {option: value}}), "plain")
    place = f"~/logConfiguration/options/{option}"
    assert found == ([f"warning {place} {line}"] if line else [])


def test_a_group_is_created_or_it_is_not_mentioned(report: Report) -> None:
    value = web(logConfiguration={"options": {"awslogs-create-group": "false"}})
    (found,) = report(UNKNOWN, value, "plain")
    assert found.startswith("info ~/logConfiguration/options/awslogs-create-group ")


@pytest.mark.parametrize("option", ["log_key", "Name", "region", "retry_limit"])
def test_options_of_fluent_bit_for_the_driver(report: Report, option: str) -> None:
    value = web(logConfiguration={"options": {option: "x"}})
    (found,) = report("flb-option-in-awslogs", value, "plain")
    assert found.startswith(f"error ~/logConfiguration/options/{option} `{option}` is an option of")


def test_on_ec2_the_host_knows_its_region_and_streams_need_no_prefix(report: Report) -> None:
    ec2 = {"requiresCompatibilities": ["EC2"]}
    value = web(logConfiguration={"options": {"awslogs-region": None}})
    assert report("awslogs-region-missing", {**ec2, **value}, "plain")[0].startswith("warning ")
    value = web(logConfiguration={"options": {"awslogs-stream-prefix": None}})
    assert report("awslogs-stream-prefix-missing", {**ec2, **value}, "plain") == []


def test_options_beside_options_are_told_once(report: Report) -> None:
    value = web(logConfiguration={"logDriver": "awslogs", "options": None, **LOGS})
    assert report("awslogs-group-missing", value, "plain") == []
    (told,) = report("unknown-member", value, "plain")
    assert told.endswith("are no members of `logConfiguration`: they belong to `options`")


def test_a_secret_option_counts(report: Report) -> None:
    splunk: dict[str, Any] = {
        "logDriver": "splunk",
        "options": {"splunk-url": "https://splunk.example.com"},
    }
    assert report("splunk-driver-required", web(logConfiguration=splunk), "plain") == [
        "error ~/logConfiguration/options `web` logs with `splunk`, but without `splunk-token`"
    ]
    splunk["secretOptions"] = [{"name": "splunk-token", "valueFrom": ARN}]
    assert report("splunk-driver-required", web(logConfiguration=splunk), "plain") == []


def test_the_region_of_logs(report: Report) -> None:
    secret = web(secrets=[{"name": "DB", "valueFrom": ARN}])
    (told,) = report("awslogs-region-mismatch", secret, "plain")
    assert told.endswith("logs go to `us-east-1`, but the secrets are in `eu-west-1`")
    two = {
        "containerDefinitions": [
            {"name": "db", "image": "db:1", "logConfiguration": {
                "logDriver": "awslogs", "options": {**LOGS, "awslogs-region": "us-west-2"}}},
        ]
    }  # fmt: skip
    assert len(report("awslogs-region-mismatch", two, "plain")) == 1
    arn = {"taskDefinitionArn": "arn:aws:ecs:us-west-2:111122223333:task-definition/shop:1"}
    assert len(report("awslogs-region-mismatch", arn, "plain")) == 1
    assert report("awslogs-region-mismatch", {}, "plain") == []


def test_the_region_of_images_is_not_that_of_logs(report: Report) -> None:
    image = web(image="111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1")
    assert report("awslogs-region-mismatch", image, "plain") == []
    assert report("ecr-region-mismatch", image, "plain")[0].startswith("info ~/image ")


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("arn:aws:s3:::shop/web.txt", "doesn't end in `.env`"),
        ("s3://shop/web.env", "is not the ARN"),
        ("https://s3.amazonaws.com/shop/web.env", "is not the ARN"),
        ("arn:aws:s3:::shop", "is not the ARN"),
        ("arn:aws-us-gov:s3:::shop/web.env", ""),
        ("${file}", ""),
    ],
)
def test_environment_files(report: Report, value: str, word: str) -> None:
    fragment = web(environmentFiles=[{"type": "s3", "value": value}])
    found = report("environment-file-arn", fragment, "plain")
    assert len(found) == bool(word)
    assert all(word in line for line in found)


def test_volumes_and_their_names(report: Report) -> None:
    volumes = [{"name": "a"}, {"name": "a"}, {"host": {}}, {"name": "b c"}, {"name": "${d}"}]
    assert report("volume-name", {"volumes": volumes}, "plain") == [
        "error /volumes/1/name two volumes are called `a`",
        "error /volumes/2 volume 3 has no name",
        "error /volumes/3/name the volume name `b c` has letters that ECS doesn't take",
    ]


def test_mounts_of_volumes_that_the_file_may_not_show(report: Report) -> None:
    mount = [{"sourceVolume": "data", "containerPath": "/data"}]
    assert len(report("mountpoint-unknown-volume", web(mountPoints=mount), "plain")) == 1
    for volumes in ([{"name": "${data}"}], "${volumes}"):
        value = {"volumes": volumes, **web(mountPoints=mount)}
        assert report("mountpoint-unknown-volume", value, "plain") == []
    alone = '[{"name": "web", "image": "web:1", "mountPoints": [{"sourceVolume": "a"}]}]'
    assert report("mountpoint-unknown-volume", alone) == []


def test_a_mount_without_a_volume(report: Report) -> None:
    value = web(mountPoints=[{"containerPath": "/data"}])
    assert report("mountpoint-unknown-volume", value, "plain") == [
        "error ~/mountPoints/0 mount 1 of `web` has no `sourceVolume`"
    ]
    misspelled = web(mountPoints=[{"source_volume": "data", "containerPath": "/data"}])
    assert report("mountpoint-unknown-volume", misspelled, "plain") == []


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("/var/run/", "error"),
        ("/fluent-bit/etc/fluent-bit.conf", "error"),
        ("/fluent-bit/etc", "warning"),
        ("/fluent-bit/etc/extra", ""),
        ("/var/run/secrets", ""),
    ],
)
def test_mounts_over_those_of_firelens(report: Report, path: str, start: str) -> None:
    mounts = [{"sourceVolume": "data", "containerPath": path}]
    value = {
        "volumes": [{"name": "data"}],
        "containerDefinitions": [{"name": "log_router", "mountPoints": mounts}],
    }
    found = report("duplicate-container-path", value, "firelens")
    assert [line.split()[0] for line in found] == ([start] if start else [])
    value["containerDefinitions"] = [{"name": "web", "mountPoints": mounts}]
    assert report("duplicate-container-path", value, "firelens") == []


def test_kinds_of_volumes(report: Report) -> None:
    efs = {"fileSystemId": "fs-1"}
    value = {"volumes": [
        {"name": "a", "host": {}, "efsVolumeConfiguration": efs},
        {"name": "b", "host": {"sourcePath": "/b"}, "efsVolumeConfiguration": efs},
        {"name": "c", "configuredAtLaunch": True}, {"name": "d", "configuredAtLaunch": True},
    ]}  # fmt: skip
    kinds, launch = report("volume-multiple-configs", value, "plain")
    assert kinds.endswith("`b` has `host` and `efsVolumeConfiguration`, of which it can have one")
    assert launch.endswith("2 volumes are configured at launch, and a task can have one")


def test_credential_specs(report: Report) -> None:
    value = web(credentialSpecs=["credentialspec:arn:aws:s3:::a/b.json", "x"])
    assert [line.split()[0] for line in report("credential-specs", value, "plain")] == [
        "error",
        "warning",
    ]
    value = web(credentialSpecs=["credentialspecdomainless:arn:aws:s3:::a/b.json"])
    assert report("credential-specs", value, "plain") == []


def test_roles_for_ecs_itself(report: Report) -> None:
    secret = {"executionRoleArn": None, **web(secrets=[{"name": "DB", "valueFrom": ARN}])}
    # `awslogs` needs the role too, which another rule says.
    assert report("execution-role-missing-ecr", secret, "plain") == []
    (told,) = report("execution-role-missing-ecr", secret, "firelens")
    assert told.endswith("`web` pulls its image from a private registry of ECR (and 1 more)")
    ec2 = {"requiresCompatibilities": None, **secret}
    assert "has secrets" in report("execution-role-missing-ecr", ec2, "firelens")[0]
    files = web(image="web:1", environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::a/b.env"}])
    found = report(
        "environment-file-execution-role", {"executionRoleArn": None, **files}, "firelens"
    )
    assert [line.split()[0] for line in found] == ["warning"]
    public = {"executionRoleArn": None, **web(image="public.ecr.aws/nginx/nginx:1")}
    assert report("execution-role-missing-ecr", public, "firelens") == []


def router(**options: Any) -> dict[str, Any]:
    configuration = {"type": "fluentbit", "options": options}
    return fragment("log_router", firelensConfiguration=configuration)


@pytest.mark.parametrize(
    ("kind", "value", "word"),
    [
        ("file", "/extra.conf", ""),
        ("file", "extra.conf", "is no absolute path"),
        ("file", "/fluent-bit/etc/fluent-bit.conf", "would include itself"),
        ("file", None, "without `config-file-value`"),
        (None, "/extra.conf", "without `config-file-type`"),
        ("S3", "arn:aws:s3:::a/b.conf", "is no `config-file-type`"),
        ("s3", "arn:aws:s3:::a/b.conf", ""),
        ("s3", "s3://a/b.conf", "is not the ARN"),
        ("${kind}", "x", ""),
    ],
)
def test_a_configuration_of_ones_own(report: Report, kind: Any, value: Any, word: str) -> None:
    given = {"config-file-type": kind, "config-file-value": value}
    options = {key: item for key, item in given.items() if item is not None}
    fragment = {"requiresCompatibilities": ["EC2"], **router(**options)}
    found = report("firelens-config-file-options", fragment, "firelens")
    assert len(found) == bool(word)
    assert all(word in line for line in found)


def test_options_of_firelens(report: Report) -> None:
    fragment = router(**{"enable-ecs-log-metadata": "yes", "Name": "stdout", "${x}": "1"})
    metadata, name = report("firelens-option-unknown", fragment, "firelens")
    assert metadata.endswith("`enable-ecs-log-metadata` is `yes`, which is neither true nor false")
    assert name.endswith("FireLens has no option `Name`, and passes it over")
    assert report("firelens-option-unknown", router(**{"enable-ecs-log-metadata": "True"})) == []


@pytest.mark.parametrize(
    ("user", "told"),
    [("0", 0), ("root", 0), (0, 0), ("0:0", 0), ("1000:1000", 1), ("fluent", 1), ("${user}", 0)],
)
def test_the_user_of_the_router(report: Report, user: object, told: int) -> None:
    fragment = {"containerDefinitions": [{"name": "log_router", "user": user}]}
    assert len(report("firelens-user-nonroot", fragment, "firelens")) == told


def test_keys_in_plain_options(report: Report) -> None:
    for value, told in (("0123456789abcdef", 1), ("${DD_API_KEY}", 0), ("", 0)):
        fragment = web(logConfiguration={"options": {"Name": "datadog", "apikey": value}})
        assert len(report("firelens-secret-options", fragment, "firelens")) == told


def test_who_has_no_router_and_whom_nobody_uses(report: Report) -> None:
    # With the agent in the task, other rules say what is missing.
    no_router = {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": None}]}
    assert len(report("awsfirelens-without-router", no_router, "firelens")) == 1
    assert report("awsfirelens-without-router", no_router, "agent") == []
    unused = web(logConfiguration={"logDriver": "awslogs"})
    assert len(report("firelens-no-user-of-router", unused, "firelens")) == 1
    assert report("firelens-no-user-of-router", unused, "agent") == []
    maybe = web(logConfiguration={"logDriver": "${driver}"})
    assert report("firelens-no-user-of-router", maybe, "firelens") == []


def test_storage_of_all_outputs_together(report: Report) -> None:
    big = {"options": {"storage.total_limit_size": "15G"}}
    assert report("storage-limit-vs-ephemeral", web(logConfiguration=big), "cloudwatch") == []
    two = web(logConfiguration=big)
    two["containerDefinitions"].append(
        {"name": "jobs", "image": "jobs:1", "logConfiguration": {
            "logDriver": "awsfirelens", "options": {"Name": "s3", "store_dir_limit_size": "15G"}}}
    )  # fmt: skip
    assert len(report("storage-limit-vs-ephemeral", two, "cloudwatch")) == 1
    two["ephemeralStorage"] = {"sizeInGiB": 40}
    assert report("storage-limit-vs-ephemeral", two, "cloudwatch") == []


def test_processors(report: Report) -> None:
    arm = {"runtimePlatform": {"cpuArchitecture": "ARM64"}}
    tagged = web(image="public.ecr.aws/aws-observability/aws-for-fluent-bit:amd64-2.34.3")
    assert report("arm64-image-arch-unknown", arm, "plain") == []
    assert len(report("arm64-image-arch-unknown", {**arm, **tagged}, "plain")) == 1
    assert len(report("arm64-image-arch-unknown", arm, "agent")) == 1


def test_a_key_of_a_tag_is_there_once(report: Report) -> None:
    tags = [{"key": key, "value": "1"} for key in ("team", "Team", "team", "string", "string")]
    assert report("tags-empty", {"tags": tags}, "plain") == [
        "warning /tags/2/key two tags have the key `team`, and a resource has one value for each"
    ]
