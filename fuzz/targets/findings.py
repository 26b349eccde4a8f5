"""`check`: no rule breaks, places lie in the text, and a fix makes a file no worse."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from fargate_lint import Linter, Settings, simulate
from fargate_lint.inputs.policy import policies
from fargate_lint.inputs.security_group import security_groups
from fargate_lint.inputs.service import services
from fargate_lint.launch.permissions import permissions
from fargate_lint.source.read import read
from fargate_lint.stop import Stop
from fuzz import seeds
from fuzz.target import Broken, Target, joined, parts, text_of

if TYPE_CHECKING:
    from fargate_lint.lint.linter import Report


@cache
def linter() -> Linter:
    """A linter that shows everything."""
    settings = Settings()
    settings.min_severity = "info"
    settings.ignore_labels = True
    return Linter(settings)


def checked(name: str, data: bytes | str, by: Linter | None = None) -> Report:
    """The report on a file, in which nothing is broken."""
    report = (by or linter()).check(name, data)
    if report.broken:
        said = next(each.message for each in report.findings if each.name == "broken-rule")
        raise Broken(f"broken-rule: {said}")
    for finding in report.findings:
        json.dumps(finding.as_json())
        if not (1, 1) <= finding.start <= finding.end:
            raise Broken(f"{finding.name} ends before it begins")
    return report


def check(name: str, data: bytes) -> None:
    """A file as bytes; one of eight also as text, which takes as long again."""
    report = checked(name, data)
    if crc32(data) % 8:
        return
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    as_text = checked(name, text)
    if [each.as_json() for each in as_text.findings] != [
        each.as_json() for each in report.findings
    ]:
        raise Broken("text has other findings than its bytes")


def fixes(name: str, data: bytes) -> None:
    """Fixes, safe and unsafe: what is fixed has no new faults, and nothing is left to fix."""
    report = checked(name, data)
    for unsafe in (False, True):
        text, made = report.fixing(unsafe=unsafe)
        if not made:
            continue
        after = checked(name, text)
        again, more = after.fixing(unsafe=unsafe)
        if more or again != text:
            raise Broken(f"fixing again changes something: {[each.rule.name for each in more]}")
        if _faults(after) > _faults(report):
            raise Broken("what is fixed has more faults of syntax than before")
        if _faults(report):
            # What brackets that were put right hold is another matter.
            continue
        before, now = (Counter(each.name for each in one.findings) for one in (report, after))
        for rule in {each.rule.name for each in made}:
            if now[rule] > before[rule]:
                raise Broken(f"more `{rule}` after its fix than before")


def _faults(report: Report) -> int:
    return sum(len(document.faults) for document in report.documents)


def launch(data: bytes) -> None:
    """The simulation of each version, a line through it, and what the roles must allow."""
    text, line = parts(data, 2)
    for task in linter().check("task.json", text).tasks[:3]:
        permissions(task, None)
        for version in (None, "1.9.10", "5.0.9"):
            launched = simulate(task, fluent_bit=version)
            str(launched.final.text)
            for container in task.containers[:4]:
                if isinstance(container.name, str):
                    try:
                        launched.trace(container.name, text_of(line), time=(1_700_000_000, 5))
                    except Stop:
                        continue


def beside(data: bytes) -> None:
    """What is given with `--service`, `--security-group` and `--task-role-policy`."""
    kind, given = parts(data, 2)
    settings = Settings()
    for document in read("given.json", given):
        if kind == b"service":
            settings.service = document if services(document) else None
        elif kind == b"group":
            settings.security_groups += tuple(security_groups(document))
        else:
            settings.task_role_policies += tuple(policies(document))
            settings.execution_role_policies += tuple(policies(document))
    checked("task.json", EXAMPLE, Linter(settings, registry=linter().registry))


EXAMPLE = (seeds.ROOT / "examples" / "task-definition.json").read_bytes()
POLICY = """\
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:Put*"],
   "Resource": "arn:aws:logs:*:*:*"},
  {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*",
   "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
]}"""
SERVICE = """\
{"services": [{
  "serviceName": "shop", "taskDefinition": "shop:7", "launchType": "FARGATE",
  "platformVersion": "1.4.0", "deployments": [{"taskDefinition": "shop:7", "status": "PRIMARY"}],
  "networkConfiguration": {"awsvpcConfiguration": {
    "subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"}}
}]}"""
GROUP = """\
{"SecurityGroups": [{
  "GroupId": "sg-1", "GroupName": "shop",
  "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 1514, "ToPort": 1514,
    "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "UserIdGroupPairs": [{"GroupId": "sg-1"}]}],
  "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
}]}"""


def _given() -> list[bytes]:
    return [joined(*pair) for pair in (("policy", POLICY), ("service", SERVICE), ("group", GROUP))]


def _configurations() -> list[bytes]:
    return [*seeds.files(".conf"), *seeds.examples("conf"), *seeds.files("pipeline.yaml")]


TARGETS = {
    "check-json": Target(lambda data: check("task.json", data), seeds.definitions),
    "check-yaml": Target(
        lambda data: check("task.yaml", data), lambda: (*seeds.examples("yaml"), *seeds.as_yaml())
    ),
    "check-conf": Target(lambda data: check("fluent-bit.conf", data), _configurations),
    "fixes-json": Target(lambda data: fixes("task.json", data), seeds.definitions),
    "fixes-yaml": Target(
        lambda data: fixes("task.yaml", data), lambda: (*seeds.examples("yaml"), *seeds.as_yaml())
    ),
    "fixes-conf": Target(lambda data: fixes("fluent-bit.conf", data), _configurations),
    "check-template-json": Target(lambda data: check("shop.template.json", data), seeds.templates),
    "check-template-yaml": Target(lambda data: check("template.yaml", data), seeds.yaml_templates),
    "fixes-template": Target(lambda data: fixes("template.yaml", data), seeds.yaml_templates),
    "launch": Target(
        launch, lambda: (joined(text, 'GET /health "200"') for text in seeds.definitions())
    ),
    "policies": Target(beside, _given),
}
