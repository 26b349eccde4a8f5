"""Task definitions that all differ, made from numbers: the same ones each time, on every machine.

One of about 7 KB has one to six applications, whose logs go to fourteen kinds of destination, and a
log router with or without the launcher. Each has one finding (of those that `check` shows unless
told otherwise), or none. Every fifth is in YAML.
"""

from __future__ import annotations

import json
import re
from random import Random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Any

    Json = dict[str, Any]

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2")
TEAMS = ("shop", "orders", "billing", "search", "mail", "stock", "login", "maps", "video", "news")
PARTS = ("web", "api", "worker", "cron", "proxy", "cache", "queue", "auth", "sync", "export")
WORDS = (
    "cart order user price stock page item north south blue green fast slow daily weekly main "
    "backup public internal legacy canary primary replica batch stream region zone cluster"
).split()
SETTINGS = ("URL", "MODE", "LIMIT", "PATH", "LEVEL", "REGION", "COUNT", "NAME", "ZONE", "INTERVAL")
#: CPU units and memory of the sizes that are drawn, large enough for six applications.
SIZES = (("1024", "4096"), ("1024", "8192"), ("2048", "6144"), ("2048", "8192"), ("4096", "16384"))
GO_PLUGINS = ("cloudwatch", "firehose", "kinesis")
#: Strings that need no quotes in YAML, and those of them that are no strings without.
PLAIN = re.compile(r"[A-Za-z/][\w./-]*")
RESERVED = {"true", "false", "yes", "no", "on", "off", "null", "On", "Off", "True", "False"}
ACCOUNT = "111122223333"
LAUNCHER = "/var/alertlogic/lib/fluent-bit/fluent-launch"
SYSLOG = {
    "Mode": "tcp", "Host": "127.0.0.1", "Port": "1514", "Retry_Limit": "False",
    "Syslog_Format": "rfc3164", "Syslog_Maxsize": "786432", "Syslog_Hostname_Key": "container_id",
    "Syslog_Appname_Key": "container_name", "Syslog_Procid_Key": "pid", "Syslog_Message_Key": "log",
}  # fmt: skip


class Draw(Random):
    """Random choices for the task definition with a number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"definition {number}")
        self.region = self.choice(REGIONS)

    def words(self, count: int, between: str = "-") -> str:
        """Some words, joined."""
        return between.join(self.choice(WORDS) for _ in range(count))

    def host(self) -> str:
        """The name of a host."""
        return f"{self.words(2)}-{self.randrange(1000)}.example.com"

    def arn(self, service: str, what: str) -> str:
        """The ARN of something in this account."""
        return f"arn:aws:{service}:{self.region}:{ACCOUNT}:{what}"


def cloudwatch(name: str, draw: Draw) -> Json:
    """Options of both plugins for CloudWatch."""
    group = f"/{draw.words(2, '/')}/{draw.randrange(10**6)}"
    prefix = f"{draw.words(1)}/"
    return {
        "Name": name, "region": draw.region, "log_group_name": group, "log_stream_prefix": prefix,
        "log_key": "log",
    }  # fmt: skip


#: Options of a log configuration for each kind of destination; secret ones are None.
DESTINATIONS: tuple[Callable[[Draw], Json], ...] = (
    lambda draw: {**cloudwatch("cloudwatch_logs", draw), "auto_create_group": "true"},
    lambda draw: {**cloudwatch("cloudwatch", draw), "log_retention_days": draw.choice(("7", "30", "90"))},
    lambda draw: {"Name": "kinesis_firehose", "region": draw.region, "delivery_stream": f"{draw.words(2)}-{draw.randrange(10**6)}"},
    lambda draw: {"Name": "firehose", "region": draw.region, "delivery_stream": f"{draw.words(2)}-{draw.randrange(10**6)}"},
    lambda draw: {"Name": "kinesis_streams", "region": draw.region, "stream": f"{draw.words(2)}-{draw.randrange(10**6)}"},
    lambda draw: {"Name": "s3", "region": draw.region, "bucket": f"{draw.words(2)}-{draw.randrange(10**6)}", "total_file_size": f"{draw.randrange(10, 90)}M", "upload_timeout": "10m", "use_put_object": "On"},
    lambda draw: {"Name": "opensearch", "Host": draw.host(), "Port": "443", "tls": "On", "AWS_Auth": "On", "AWS_Region": draw.region, "Index": draw.words(2), "Suppress_Type_Name": "On"},
    lambda draw: {"Name": "es", "Host": draw.host(), "Port": "9243", "tls": "On", "Index": draw.words(2), "HTTP_User": draw.words(1), "HTTP_Passwd": None, "Suppress_Type_Name": "On"},
    lambda draw: {"Name": "datadog", "Host": "http-intake.logs.datadoghq.com", "TLS": "on", "apikey": None, "dd_service": draw.words(2), "dd_source": draw.words(1), "dd_tags": f"env:{draw.words(1)},team:{draw.words(1)}", "provider": "ecs"},
    lambda draw: {"Name": "splunk", "Host": draw.host(), "Port": "8088", "splunk_token": None, "tls": "On", "tls.verify": "On", "event_source": draw.words(2)},
    lambda draw: {"Name": "nrlogs", "license_key": None, "base_uri": "https://log-api.newrelic.com/log/v1"},
    lambda draw: {"Name": "loki", "Host": draw.host(), "Port": "443", "tls": "On", "labels": f"job={draw.words(1)}, env={draw.words(1)}", "line_format": "json"},
    lambda draw: {"Name": "http", "Host": draw.host(), "Port": "443", "tls": "On", "URI": f"/{draw.words(2, '/')}", "Format": "json_lines", "Header": f"X-Team {draw.words(1)}"},
    lambda draw: {"Name": "kafka", "Brokers": f"{draw.host()}:9092", "Topics": draw.words(2), "Timestamp_Key": "ts"},
)  # fmt: skip


def application(name: str, draw: Draw) -> Json:
    """A container that sends its logs to the router."""
    options = draw.choice(DESTINATIONS)(draw)
    secrets = [key for key, value in options.items() if value is None]
    logs: Json = {
        "logDriver": "awsfirelens",
        "options": {key: value for key, value in options.items() if value is not None},
    }
    if secrets:
        arn = draw.arn("secretsmanager", f"secret:{draw.words(2, '/')}")
        logs["secretOptions"] = [{"name": key, "valueFrom": arn} for key in secrets]
    version = f"{draw.randrange(1, 9)}.{draw.randrange(30)}.{draw.randrange(99)}"
    made: Json = {
        "name": name,
        "image": f"{ACCOUNT}.dkr.ecr.{draw.region}.amazonaws.com/{draw.words(2, '/')}:{version}",
        "essential": True,
        "environment": [],
        "dependsOn": [{"containerName": "log_router", "condition": "START"}],
        "logConfiguration": logs,
    }
    if draw.random() < 0.6:
        made["memory"] = draw.choice((256, 384, 512))
    if draw.random() < 0.6:
        made["portMappings"] = [{"containerPort": draw.randrange(3000, 60000), "protocol": "tcp"}]
    if draw.random() < 0.3:
        command = f"curl -f http://localhost:8080/{draw.words(1)} || exit 1"
        made["healthCheck"] = {"command": ["CMD-SHELL", command], "interval": 30, "retries": 3}
    if draw.random() < 0.3:
        arn = draw.arn("secretsmanager", f"secret:{draw.words(3, '/')}")
        made["secrets"] = [{"name": f"{draw.choice(WORDS).upper()}_PASSWORD", "valueFrom": arn}]
    if draw.random() < 0.3:
        made["dockerLabels"] = {
            f"com.example.{word}": draw.words(2) for word in draw.sample(WORDS, 3)
        }
    if draw.random() < 0.2:
        made["ulimits"] = [{"name": "nofile", "softLimit": 65536, "hardLimit": 65536}]
    return made


def sidecars(applications: list[Json], draw: Draw) -> list[Json]:
    """The log router, and the agent where the launcher starts it."""
    router: Json = {
        "name": "log_router",
        "image": f"public.ecr.aws/aws-observability/aws-for-fluent-bit:2.{draw.choice((32, 34))}.2",
        "essential": True,
        "memoryReservation": draw.choice((64, 100, 128)),
        "firelensConfiguration": {
            "type": "fluentbit",
            "options": {"enable-ecs-log-metadata": draw.choice(("true", "false"))},
        },
    }
    if draw.random() < 0.4:
        return [router]
    used = {each["logConfiguration"]["options"]["Name"] for each in applications}
    plugins = [f"/fluent-bit/{name}.so" for name in GO_PLUGINS if name in used]
    router |= {
        "volumesFrom": [{"sourceContainer": "al-agent"}],
        "dependsOn": [{"containerName": "al-agent", "condition": "START"}],
        "entryPoint": [LAUNCHER],
        "command": [
            *("-s", "Scheduler.Cap", str(draw.randrange(30, 300))),
            *("-i", "Mem_Buf_Limit", f"{draw.randrange(20, 90)}M", "--"),
            *(word for plugin in plugins for word in ("-e", plugin)),
            *("-F", "record_modifier", "-m", "*", "-p", f"Record={draw.words(1)} {draw.words(1)}"),
            *("-F", "record_modifier", "-m", "*", "-p", "Record=pid 1"),
            *("-o", "syslog", "-m", "*"),
            *(word for key, value in SYSLOG.items() for word in ("-p", f"{key}={value}")),
        ],
    }
    image = "public.ecr.aws/alertlogic/al-agent-container:latest"
    return [{"name": "al-agent", "image": image, "essential": True}, router]


def set_option(name: str, value: str) -> Callable[[Json, Json, Draw], None]:
    """A fault that gives an application its logs to CloudWatch, with a wrong option."""

    def fault(_task: Json, web: Json, draw: Draw) -> None:
        options = cloudwatch("cloudwatch_logs", draw)
        web["logConfiguration"] = {"logDriver": "awsfirelens", "options": {**options, name: value}}

    return fault


#: What is done to a task and to one of its applications, so that it has one finding.
FAULTS: tuple[Callable[[Json, Json, Draw], Any], ...] = (
    lambda _, web, draw: web["dependsOn"].append({"containerName": draw.words(2), "condition": "START"}),
    lambda _, web, draw: web.update(volumesFrom=[{"sourceContainer": draw.words(2)}]),
    lambda _, web, draw: web.update({f"{draw.words(1)}Setting": draw.words(1)}),
    lambda _, web, draw: web["environment"].append({"name": "RETRIES", "value": draw.randrange(99)}),
    lambda _, web, draw: web["environment"].append({"name": "DB_PASSWORD", "value": f"Kx7-{draw.randrange(10**12)}-qZ"}),
    lambda _, web, draw: web.update(healthCheck={"command": ["CMD-SHELL", "true"], "interval": draw.randrange(301, 999)}),
    lambda _, web, draw: web.update(image=f"{draw.words(2, '/').title()}:1.{draw.randrange(99)}"),
    lambda _, web, draw: web.update(entryPoint=f"sh -c {draw.words(1)}"),
    lambda task, _, draw: task.update(memory=str(draw.randrange(4097, 5000))),
    lambda _, web, draw: web.update(memory=draw.randrange(300, 400), memoryReservation=draw.randrange(500, 600)),
    lambda _, web, draw: web.update(portMappings=[{"containerPort": draw.randrange(70000, 99999)}]),
    lambda _, web, draw: web.update(stopTimeout=draw.randrange(121, 999)),
    lambda _, web, draw: web.update(mountPoints=[{"sourceVolume": draw.words(1), "containerPath": "/data"}]),
    lambda task, _, draw: task.update(family=f"{draw.words(2)} {draw.randrange(10**6)}"),
    lambda task, _, draw: task.update(ephemeralStorage={"sizeInGiB": draw.randrange(201, 999)}),
    lambda task, _, draw: task.update(volumes=[{"name": draw.words(2)}]),
    set_option("log_group_name", "shop:web"),
    set_option("log_gruop", "shop"),
    set_option("LOG_KEY", "log"),
    set_option("Match", "*"),
    set_option("Retry_Limit", "often"),
    set_option("awslogs-group", "shop"),
    set_option("tls", "maybe"),
)  # fmt: skip


def definition(number: int, *, faulty: bool = True) -> Json:
    """A task definition, with one finding or none; all with other numbers differ."""
    draw = Draw(number)
    cpu, memory = draw.choice(SIZES)
    names = [f"{part}-{draw.randrange(100)}" for part in draw.sample(PARTS, draw.randrange(1, 7))]
    applications = [application(name, draw) for name in names]
    team = draw.choice(TEAMS)
    task: Json = {
        "family": f"{team}-{draw.words(1)}-{number}",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": cpu,
        "memory": memory,
        "taskRoleArn": f"arn:aws:iam::{ACCOUNT}:role/{team}-task-{draw.randrange(1000)}",
        "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/{team}-start-{draw.randrange(1000)}",
        "containerDefinitions": [*applications, *sidecars(applications, draw)],
    }
    if draw.random() < 0.5:
        task["tags"] = [{"key": word, "value": draw.words(2)} for word in draw.sample(WORDS, 3)]
    wanted = draw.randrange(6200, 7800)
    variables = max(0, wanted - len(json.dumps(task, indent=2))) // 88
    for index in range(variables):
        name = f"{draw.choice(WORDS).upper()}_{draw.choice(SETTINGS)}_{index}"
        value = {"name": name, "value": f"{draw.words(2)}-{draw.randrange(10**4)}"}
        draw.choice(applications)["environment"].append(value)
    fault, web = draw.choice(FAULTS), draw.choice(applications)
    if faulty:
        fault(task, web, draw)
    return task


def yaml_lines(value: Any) -> list[str]:
    """The lines of a value in YAML, as people write them: blocks, and quotes where needed."""
    if value and isinstance(value, list):
        lines = [yaml_lines(each) for each in value]
        return [("  " if n else "- ") + line for each in lines for n, line in enumerate(each)]
    if value and isinstance(value, dict):
        made = []
        for key, each in value.items():
            below = yaml_lines(each)
            if each and isinstance(each, dict | list):
                made += [f"{key}:", *(f"  {line}" for line in below)]
            else:
                made.append(f"{key}: {below[0]}")
        return made
    plain = isinstance(value, str) and value not in RESERVED and PLAIN.fullmatch(value)
    return [value if plain else json.dumps(value)]


def template(task: Json) -> Json:
    """The same as a resource of CloudFormation, with a role and a Region that it works out."""
    properties = _capitalized({**task, "taskRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}})
    statement = {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}
    policy = {"PolicyName": "logs", "PolicyDocument": {"Statement": [statement]}}
    return {
        "Parameters": {"Stage": {"Type": "String"}},
        "Resources": {
            "Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy]}},
            "Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": properties},
        },
    }


def _capitalized(value: Any) -> Any:
    """A value with the names of its members as CloudFormation has them, but for those of maps."""
    if isinstance(value, list):
        return [_capitalized(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name[:1].upper() + name[1:]: each if name == "options" else _capitalized(each)
        for name, each in value.items()
    }


def write(folder: Path, numbers: Iterable[int], *, faulty: bool = True) -> None:
    """One file for each number: every fifth in YAML below `yaml`, the others below `json`."""
    for number in numbers:
        task = definition(number, faulty=faulty)
        kind = "yaml" if number % 5 == 4 else "json"
        text = "\n".join(yaml_lines(task)) if kind == "yaml" else json.dumps(task, indent=2)
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (folder / kind / f"task-{number:05}.{kind}").write_text(f"{text}\n")
