from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.ecs.iam import evaluate, grants, parse, policy
from fargate_lint.inputs.shapes import tasks
from fargate_lint.launch.needs import EXECUTION, TASK
from fargate_lint.launch.permissions import Permissions, pairs, permissions
from fargate_lint.source.document import Document
from fargate_lint.source.read import read
from fargate_lint.testing import base, overlay
from tests.build import parsed, web

if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

LOGS = "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web:*"
SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"
PULL = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]


def task(fragment: Any, over: str | None = "firelens") -> Task:
    return parsed(overlay(base(over), fragment) if over else fragment)


def needs(fragment: Any, over: str | None = "firelens") -> Permissions:
    return permissions(task(fragment, over), None)


def options(**members: Any) -> dict[str, Any]:
    """The container with these log options and no others."""
    plain = dict.fromkeys(
        base("firelens")["containerDefinitions"][0]["logConfiguration"]["options"]
    )
    return web(logConfiguration={"options": {**plain, **members}})


def of_task(fragment: Any, over: str | None = "firelens") -> dict[str, list[str]]:
    """The actions of the task role on each resource."""
    return _by_resource(needs(fragment, over), TASK)


def of_execution(fragment: Any, over: str | None = "plain") -> dict[str, list[str]]:
    return _by_resource(needs(fragment, over), EXECUTION)


def _by_resource(found: Permissions, role: str) -> dict[str, list[str]]:
    resources: dict[str, list[str]] = {}
    for need in found.of(role):
        resources.setdefault(need.resource, []).extend(need.names)
    return resources


def test_the_go_plugin_asks_for_log_streams_and_the_other_does_not() -> None:
    assert of_task({}, "cloudwatch") == {
        LOGS: [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
        ]
    }
    assert of_task({}) == {
        LOGS: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    }


@pytest.mark.parametrize(
    ("plugin", "value", "creates"),
    [
        ("cloudwatch", "true", True),
        ("cloudwatch", "True", True),
        ("cloudwatch", "On", False),
        ("cloudwatch_logs", "On", True),
        ("cloudwatch_logs", "yes", True),
        ("cloudwatch_logs", "1", False),
        ("cloudwatch_logs", "false", False),
        ("cloudwatch_logs", "${create}", True),
    ],
)
def test_groups_are_created_when_the_plugin_reads_true(
    plugin: str, value: str, creates: bool
) -> None:
    found = of_task(web(logConfiguration={"options": {"Name": plugin, "auto_create_group": value}}))
    assert ("logs:CreateLogGroup" in found[LOGS]) == creates


def test_retention_and_tags_are_set_by_whoever_creates_the_group() -> None:
    made = {"log_retention_days": "7", "new_log_group_tags": "a=b", "Name": "cloudwatch"}
    created = of_task(web(logConfiguration={"options": made}))[LOGS]
    assert {"logs:PutRetentionPolicy", "logs:TagResource"} < set(created)
    found = of_task(web(logConfiguration={"options": {**made, "auto_create_group": "false"}}))
    assert found[LOGS] == ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]


def test_streams_that_the_go_plugin_must_not_create() -> None:
    made = {"Name": "cloudwatch", "auto_create_stream": "false", "auto_create_group": "false"}
    found = of_task(web(logConfiguration={"options": made}))
    assert found == {LOGS: ["logs:DescribeLogStreams", "logs:PutLogEvents"]}


FIREHOSE = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/s"
KINESIS = "arn:aws:kinesis:eu-west-1:111122223333:stream/s"
DOMAIN = "search-logs-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com"
CLUSTER = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            {"Name": "firehose", "delivery_stream": "s", "region": "eu-west-1"},
            {FIREHOSE: ["firehose:PutRecordBatch"]},
        ),
        (
            {"Name": "kinesis_firehose", "delivery_stream": "s", "region": "eu-west-1"},
            {FIREHOSE: ["firehose:PutRecordBatch"]},
        ),
        (
            {"Name": "kinesis", "stream": "s", "region": "eu-west-1"},
            {KINESIS: ["kinesis:PutRecords"]},
        ),
        (
            {"Name": "kinesis_streams", "stream": "s", "region": "eu-west-1"},
            {KINESIS: ["kinesis:PutRecords"]},
        ),
        (
            {"Name": "s3", "bucket": "b"},
            {"arn:aws:s3:::b/fluent-bit-logs/*": ["s3:PutObject"]},
        ),
        (
            {"Name": "s3", "bucket": "b", "s3_key_format": "/a/$TAG", "canned_acl": "private"},
            {"arn:aws:s3:::b/a/*": ["s3:PutObject", "s3:PutObjectAcl"]},
        ),
        (
            {"Name": "opensearch", "Host": DOMAIN, "AWS_Auth": "On"},
            {"arn:aws:es:eu-west-1:*:domain/logs-shop/*": ["es:ESHttpPost", "es:ESHttpPut"]},
        ),
        (
            {"Name": "es", "Host": "logs.example.com", "AWS_Auth": "On", "AWS_Region": "eu-west-1"},
            {"arn:aws:es:eu-west-1:*:domain/*/*": ["es:ESHttpPost", "es:ESHttpPut"]},
        ),
        ({"Name": "opensearch", "Host": DOMAIN}, {}),
        (
            {
                "Name": "opensearch",
                "Host": "a1b2.eu-west-1.aoss.amazonaws.com",
                "AWS_Auth": "On",
                "AWS_Service_Name": "aoss",
            },
            {"arn:aws:aoss:eu-west-1:*:collection/a1b2": ["aoss:APIAccessAll"]},
        ),
        (
            {
                "Name": "kafka",
                "topics": "a",
                "aws_msk_iam": "true",
                "aws_msk_iam_cluster_arn": CLUSTER,
            },
            {
                CLUSTER: ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"],
                CLUSTER.replace("cluster/", "topic/") + "/a": [
                    "kafka-cluster:DescribeTopic",
                    "kafka-cluster:WriteData",
                ],
            },
        ),
        ({"Name": "kafka", "topics": "a", "brokers": "b"}, {}),
        ({"Name": "datadog", "apikey": "x"}, {}),
        ({"Name": "http", "Host": "x"}, {}),
        ({"Name": "syslog", "Host": "127.0.0.1"}, {}),
    ],
)
def test_each_destination_has_its_actions(
    made: dict[str, str], expected: dict[str, list[str]]
) -> None:
    assert of_task(options(**made)) == expected


def test_another_role_is_all_that_an_output_needs_that_takes_one_on() -> None:
    role = "arn:aws:iam::444455556666:role/logs"
    made = {"options": {"role_arn": role}}
    assert of_task(web(logConfiguration=made)) == {role: ["sts:AssumeRole"]}


def test_an_output_of_the_command_needs_the_same() -> None:
    [need] = needs(
        {
            "containerDefinitions": [
                {"name": "web", "logConfiguration": {"options": None}},
                {
                    "name": "log_router",
                    "command": [
                        *base("agent")["containerDefinitions"][2]["command"],
                        *("-o", "firehose", "-p", "delivery_stream=s", "-p", "region=us-east-1"),
                    ],
                },
            ]
        },
        "cloudwatch",
    ).of(TASK)
    assert need.names == ["firehose:PutRecordBatch"]
    assert need.subject == "log_router"
    assert need.path[:3] == ("containerDefinitions", 2, "command")


def test_an_output_of_a_command_without_the_launcher() -> None:
    command = ["/fluent-bit/bin/fluent-bit", "-o", "s3", "-m", "*", "-p", "bucket=b"]
    made = {"containerDefinitions": [{"name": "log_router", "command": command}]}
    assert "arn:aws:s3:::b/fluent-bit-logs/*" in of_task(made)


def test_a_place_that_needs_a_permission_is_named() -> None:
    [need] = needs({}).of(TASK)
    assert need.path == ("containerDefinitions", 0, "logConfiguration", "options", "Name")
    assert (need.subject, need.purpose) == ("web", "send logs with `cloudwatch_logs`")


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("us-east-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
    ],
)
def test_the_partition_follows_from_the_region(region: str, partition: str) -> None:
    made = {"options": {"region": region}}
    [resource] = of_task(web(logConfiguration=made))
    assert resource == f"arn:{partition}:logs:{region}:111122223333:log-group:/shop/web:*"


def test_the_account_is_that_of_the_roles_or_any() -> None:
    [resource] = of_task({"taskRoleArn": "shop-task", "executionRoleArn": "shop-execution"})
    assert resource == "arn:aws:logs:us-east-1:*:log-group:/shop/web:*"
    described = {"taskDefinitionArn": "arn:aws-cn:ecs:cn-north-1:444455556666:task-definition/a:1"}
    made = {**web(secrets=[{"name": "A", "valueFrom": "/a"}]), **described}
    found = of_execution({**made, "executionRoleArn": "x"})
    assert "arn:aws-cn:ssm:cn-north-1:444455556666:parameter/a" in found


@pytest.mark.parametrize(
    ("partition", "region"), [("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")]
)
def test_the_partition_follows_from_the_roles_or_from_the_region_near_by(
    partition: str, region: str
) -> None:
    role = {"taskRoleArn": f"arn:{partition}:iam::111122223333:role/shop"}
    unknown = web(logConfiguration={"options": {"region": "${region}"}})
    [resource] = of_task({**unknown, **role})
    assert resource == f"arn:{partition}:logs:*:111122223333:log-group:/shop/web:*"
    # The ARN of a bucket has no Region.
    [resource] = of_task(options(Name="s3", region=region, bucket="logs", s3_key_format="/x"))
    assert resource == f"arn:{partition}:s3:::logs/x*"


def test_what_is_not_known_widens_the_resource_and_is_named() -> None:
    made = {"options": {"region": "${region}", "log_group_name": "/shop/${stage}/web"}}
    [need] = needs(web(logConfiguration=made)).of(TASK)
    assert need.resource == "arn:aws:logs:*:111122223333:log-group:/shop/*/web:*"
    assert need.unknown == ["${region}", "/shop/${stage}/web"]


def test_variables_of_the_router_are_known() -> None:
    router = {"name": "log_router", "environment": [{"name": "GROUP", "value": "/a"}]}
    made = web(logConfiguration={"options": {"log_group_name": "${GROUP}"}})
    made["containerDefinitions"].append(router)
    assert list(of_task(made)) == ["arn:aws:logs:us-east-1:111122223333:log-group:/a:*"]


@pytest.mark.parametrize(
    ("made", "groups"),
    [
        ({"Name": "cloudwatch", "log_group_name": "/a/$(ecs_cluster)"}, ["/a/*"]),
        (
            {"Name": "cloudwatch", "log_group_name": "/$(a['b'])", "default_log_group_name": "d"},
            ["/*", "d"],
        ),
        ({"Name": "cloudwatch_logs", "log_group_name": "/a/$(tag)"}, ["/a/$(tag)"]),
        (
            {"Name": "cloudwatch_logs", "log_group_template": "/a/$kubernetes['x']"},
            ["/a/*", "/shop/web"],
        ),
    ],
)
def test_groups_with_templates(made: dict[str, str], groups: list[str]) -> None:
    found = of_task(web(logConfiguration={"options": made}))
    assert [resource.split(":log-group:")[1][:-2] for resource in found] == groups


def test_what_can_not_be_told_of_outputs_is_noted() -> None:
    def notes(fragment: Any) -> list[str]:
        return [note.text for note in needs(fragment).notes]

    assert notes(options(Name="${output}")) == ["what the output `${output}` needs"]
    assert notes(options(Name="http", aws_auth="true")) == [
        "what `http` needs of the service that it signs for"
    ]
    file = {"options": {"config-file-type": "file", "config-file-value": "/extra.conf"}}
    router = {"name": "log_router", "firelensConfiguration": file}
    assert notes({"containerDefinitions": [router]}) == ["what outputs in `/extra.conf` need"]
    router = {"name": "log_router", "firelensConfiguration": {"type": "fluentd"}}
    assert notes({"containerDefinitions": [router]}) == ["what the outputs of Fluentd need"]


def test_credentials_of_its_own_are_noted_and_nothing_is_claimed() -> None:
    keys = [{"name": "AWS_ACCESS_KEY_ID", "value": "x"}]
    found = needs({"containerDefinitions": [{"name": "log_router", "environment": keys}]})
    assert [note.text for note in found.notes] == [
        "whether `cloudwatch_logs` uses the task role or credentials of its own"
    ]
    assert {action.claim for need in found.of(TASK) for action in need.actions} == {""}


def test_the_execution_role_pulls_private_images_and_writes_awslogs() -> None:
    assert of_execution({}) == {
        "*": ["ecr:GetAuthorizationToken"],
        "arn:aws:ecr:us-east-1:111122223333:repository/web": PULL,
        LOGS: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup"],
    }


@pytest.mark.parametrize(
    ("image", "resource"),
    [
        ("nginx", None),
        ("public.ecr.aws/nginx/nginx:1", None),
        (
            "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b@sha256:0",
            "arn:aws-cn:ecr:cn-north-1:111122223333:repository/a/b",
        ),
        (
            "111122223333.dkr-ecr.us-east-1.on.aws/a:1",
            "arn:aws:ecr:us-east-1:111122223333:repository/a",
        ),
        ("${account}.dkr.ecr.${region}.amazonaws.com/a:${tag}", "arn:aws:ecr:*:*:repository/a"),
    ],
)
def test_private_images(image: str, resource: str | None) -> None:
    found = of_execution(web(image=image, logConfiguration=None))
    assert found == ({"*": ["ecr:GetAuthorizationToken"], resource: PULL} if resource else {})


def test_an_image_that_is_not_known_is_noted() -> None:
    found = needs(web(image="${image}:${tag}"), "plain")
    assert [note.text for note in found.notes] == [
        "whether the image of `web` (`${image}:${tag}`) is in a private Amazon ECR"
    ]


@pytest.mark.parametrize(
    ("value", "resource", "action"),
    [
        (SECRET, SECRET, "secretsmanager:GetSecretValue"),
        (SECRET + ":password::", SECRET, "secretsmanager:GetSecretValue"),
        (SECRET[:-7], SECRET[:-7] + "-??????", "secretsmanager:GetSecretValue"),
        (
            "arn:aws:secretsmanager:us-east-1:${account}:secret:${name}",
            "arn:aws:secretsmanager:us-east-1:*:secret:*",
            "secretsmanager:GetSecretValue",
        ),
        (
            "${aws_secretsmanager_secret.db.arn}:password::",
            "arn:aws:secretsmanager:*:111122223333:secret:*",
            "secretsmanager:GetSecretValue",
        ),
        (
            "arn:aws:ssm:us-east-1:111122223333:parameter/shop/db",
            "arn:aws:ssm:us-east-1:111122223333:parameter/shop/db",
            "ssm:GetParameters",
        ),
        ("/shop/db", "arn:aws:ssm:*:111122223333:parameter/shop/db", "ssm:GetParameters"),
        ("shop", "arn:aws:ssm:*:111122223333:parameter/shop", "ssm:GetParameters"),
        ("/shop/${stage}", "arn:aws:ssm:*:111122223333:parameter/shop/*", "ssm:GetParameters"),
        (
            "${aws_ssm_parameter.db.arn}",
            "arn:aws:ssm:*:111122223333:parameter/*",
            "ssm:GetParameters",
        ),
    ],
)
def test_secrets_of_both_stores(value: str, resource: str, action: str) -> None:
    entry = [{"name": "A", "valueFrom": value}]
    for members in ({"secrets": entry}, {"logConfiguration": {"secretOptions": entry}}):
        assert of_execution(web(**members))[resource] == [action]


def test_a_secret_of_which_nothing_is_known_is_noted() -> None:
    found = needs(web(secrets=[{"name": "A", "valueFrom": "${db}"}]), "plain")
    assert [note.text for note in found.notes] == [
        "whether `${db}` is in Secrets Manager or in Parameter Store"
    ]


def test_a_registry_that_asks_for_a_password() -> None:
    found = of_execution(web(repositoryCredentials={"credentialsParameter": SECRET}))
    assert found[SECRET] == ["secretsmanager:GetSecretValue"]
    found = of_execution(web(repositoryCredentials={"credentialsParameter": "hub"}))
    assert "arn:aws:secretsmanager:*:111122223333:secret:hub-??????" in found


def test_environment_files_and_files_of_init() -> None:
    files = [{"type": "s3", "value": "arn:aws:s3:::b/a/x.env"}]
    found = of_execution(web(environmentFiles=files))
    assert found["arn:aws:s3:::b/a/x.env"] == ["s3:GetObject"]
    assert found["arn:aws:s3:::b"] == ["s3:GetBucketLocation"]
    variables = [{"name": "aws_fluent_bit_init_s3_1", "value": "arn:aws:s3:::b/x.conf"}]
    router = {"name": "log_router", "environment": variables}
    made = of_task({"containerDefinitions": [router]})
    assert made["arn:aws:s3:::b/x.conf"] == ["s3:GetObject"]
    assert made["arn:aws:s3:::b"] == ["s3:GetBucketLocation"]


def test_the_launcher_takes_the_place_of_init() -> None:
    variables = [{"name": "aws_fluent_bit_init_s3_1", "value": "arn:aws:s3:::b/x.conf"}]
    router = {"name": "log_router", "environment": variables}
    assert of_task({"containerDefinitions": [router]}, "agent") == {}


def test_hosts_other_than_fargates_have_a_role_of_their_own() -> None:
    found = needs({"requiresCompatibilities": ["EC2"]}, "plain")
    assert {action.claim for need in found.of(EXECUTION) for action in need.actions} == {""}


def test_a_file_system_that_is_mounted_with_iam() -> None:
    volume = {"fileSystemId": "fs-1", "authorizationConfig": {"iam": "ENABLED"}}
    made: dict[str, Any] = {"volumes": [{"name": "v", "efsVolumeConfiguration": volume}]}
    resource = "arn:aws:elasticfilesystem:*:111122223333:file-system/fs-1"
    mount, write = "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"
    assert of_task(made, "plain") == {resource: [mount, write]}
    mounts = [{"sourceVolume": "v", "containerPath": "/v", "readOnly": True}]
    assert of_task({**made, **web(mountPoints=mounts)}, "plain") == {resource: [mount]}
    volume["authorizationConfig"] = {"iam": "DISABLED"}
    assert of_task(made, "plain") == {}


VENDOR = """
"taskRoleArn": "<role-with-cloudwatch-access>",
"containerDefinitions": [
  {"name": "al-agent", "image": "public.ecr.aws/alertlogic/al-agent-container:latest"},
  {"name": "log_router",
   "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
   "firelensConfiguration": {"type": "fluentbit"}},
  {"name": "<application_container_1>",
   ...
   "logConfiguration": {"logDriver": "awsfirelens", "options": {
     "Name": "PLUGIN", "auto_create_group": "true", "log_group_name": "application-log-group",
     "region": "us-east-1", "log_stream_prefix": "application-"}}},
  ...
]
"""


@pytest.mark.parametrize(("plugin", "asks"), [("cloudwatch", True), ("cloudwatch_logs", False)])
def test_the_vendors_example_needs_what_the_vendor_says(plugin: str, asks: bool) -> None:
    [found] = tasks(read("example.json", VENDOR.replace("PLUGIN", plugin).encode())[0])
    [need] = permissions(found, None).of(TASK)
    assert need.resource == "arn:aws:logs:us-east-1:*:log-group:application-log-group:*"
    assert set(need.names) == {
        "logs:PutLogEvents",
        "logs:CreateLogStream",
        "logs:CreateLogGroup",
        *(["logs:DescribeLogStreams"] if asks else []),
    }


EVERYTHING: list[Any] = [
    ("cloudwatch", {}),
    ("plain", web(secrets=[{"name": "A", "valueFrom": SECRET}, {"name": "B", "valueFrom": "/b"}])),
    ("firelens", options(Name="s3", bucket="${bucket}")),
    ("firelens", options(Name="opensearch", AWS_Auth="On", Host="${host}")),
    ("firelens", options(Name="kafka", aws_msk_iam="on", topics="a,b")),
    ("firelens", web(logConfiguration={"options": {"role_arn": "${role}", "region": "${region}"}})),
    ("plain", web(environmentFiles=[{"type": "s3", "value": "${file}"}], image="${x}.dkr.ecr.a")),
]


@pytest.mark.parametrize(("over", "fragment"), EVERYTHING)
def test_the_printed_policy_is_enough(over: str, fragment: Any) -> None:
    found = needs(fragment, over)
    for role in (TASK, EXECUTION):
        value = policy(grants(pairs(found.of(role))))
        made = parse(Document("policy.json", "json", ""), (), value)
        for need in found.of(role):
            for action in need.actions:
                assert evaluate([made], action.name, action.resources).outcome == "allowed"


@pytest.mark.parametrize(
    "fragment",
    [
        web(secrets=[{"name": "A", "valueFrom": 7}, {}, None, "x"], environmentFiles=[{}, None]),
        web(image=None, repositoryCredentials="x", logConfiguration={"options": None}),
        web(environmentFiles=[{"value": "arn:aws:s3:::b"}], secrets=[{"valueFrom": "arn:x"}]),
        {"volumes": [{"efsVolumeConfiguration": {"authorizationConfig": {"iam": "ENABLED"}}}, 7]},
        {"taskRoleArn": 7, "executionRoleArn": {}},
    ],
)
def test_what_is_malformed_is_got_over(fragment: Any) -> None:
    found = needs(fragment, "plain")
    assert all(need.resource for need in found.needs)


@pytest.mark.parametrize("value", ["/db", "/db:3", "db:live"])
@pytest.mark.parametrize("head", ["", "arn:aws:ssm:us-east-1:111122223333:parameter"])
def test_a_parameter_is_allowed_without_its_version(head: str, value: str) -> None:
    if head and value[0] != "/":
        value = "/" + value
    found = of_execution(web(secrets=[{"name": "DB", "valueFrom": head + value}]))
    (resource,) = (one for one in found if ":ssm:" in one)
    assert resource.endswith(":111122223333:parameter/db")


def test_each_place_and_how_surely_it_needs_a_role() -> None:
    value = {
        "image": "${image}",
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": "/shop", "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "web", "awslogs-create-group": "${create}",
            },
        },
        "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::b/a/x:s3:::y.env"}],
        "secrets": [{"name": "A", "valueFrom": "${secret}"}, {"name": "B", "valueFrom": "/db/x"}],
        "firelensConfiguration": {
            "type": "fluentbit",
            "options": {"config-file-type": "s3", "config-file-value": "arn:aws:s3:::c/x.conf"},
        },
    }  # fmt: skip
    found = needs({"containerDefinitions": [{"name": "web", **value}]}, None)
    web = ("containerDefinitions", 0)
    group, file = ("arn:aws:logs:us-east-1:*:log-group:/shop:*", "arn:aws:s3:::b/a/x:s3:::y.env")
    driver, created = ("logConfiguration", "logDriver"), ("logConfiguration", "options")
    configured = ("firelensConfiguration", "options", "config-file-value")
    assert [
        (need.resource, need.path[2:], {action.claim for action in need.actions}, need.unknown)
        for need in found.of(EXECUTION)
    ] == [
        (group, driver, {"error"}, []),
        (group, (*created, "awslogs-create-group"), {""}, ["${create}"]),
        ("arn:aws:ssm:*:*:parameter/db/x", ("secrets", 1, "valueFrom"), {"error"}, []),
        (file, ("environmentFiles", 0, "value"), {"error"}, []),
        ("arn:aws:s3:::b", ("environmentFiles", 0, "value"), {"error"}, []),
        ("arn:aws:s3:::c/x.conf", configured, {"error"}, []),
        ("arn:aws:s3:::c", configured, {"error"}, []),
    ]
    (written,) = [need for need in found.of(EXECUTION) if need.path[2:] == driver]
    assert {resource for action in written.actions for resource in action.resources} == {
        "arn:aws:logs:us-east-1:*:log-group:/shop:log-stream:web/web/*"
    }
    notes = {note.path: note.text for note in found.notes}
    assert notes[(*web, "image")] == (
        "whether the image of `web` (`${image}`) is in a private Amazon ECR"
    )
    assert notes[(*web, "secrets", 0, "valueFrom")] == (
        "whether `${secret}` is in Secrets Manager or in Parameter Store"
    )


def test_the_form_of_an_arn_is_taken_as_it_is_or_noted() -> None:
    found = needs(web(secrets=[{"name": "A", "valueFrom": "arn:aws:kms:x"}]), "plain")
    assert [note.text for note in found.notes] == [
        "whether `arn:aws:kms:x` is in Secrets Manager or in Parameter Store"
    ]


def test_the_bucket_of_another_partition_follows_from_the_region() -> None:
    group = {"logDriver": "awslogs", "options": {"awslogs-region": "cn-north-1"}}
    value = web(logConfiguration=group, environmentFiles=[{"type": "s3", "value": "${file}"}])
    role = {"taskDefinitionArn": "arn:aws-cn:ecs:cn-north-1:111122223333:task-definition/shop:1"}
    assert "arn:aws-cn:s3:::*" in of_execution({**value, **role}, None)
