"""An ARN that a rule advises is one of the partition that the task is in."""

from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.inputs.shapes import read
from fargate_lint.launch.needs import Home
from fargate_lint.lint.registry import load
from tests.build import container, findings, task

REGISTRY = load()
BAD = {"environmentFiles": [{"type": "s3", "value": "s3://shop/web.env"}]}
SECRET = "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/db"


@pytest.mark.parametrize(
    ("of_task", "of_container", "partition"),
    [
        ({}, {}, "aws"),
        ({"executionRoleArn": "arn:aws-us-gov:iam::111122223333:role/shop"}, {}, "aws-us-gov"),
        ({"taskRoleArn": "arn:aws-cn:iam::${account}:role/shop"}, {}, "aws-cn"),
        ({}, {"secrets": [{"name": "A", "valueFrom": SECRET}]}, "aws-cn"),
        ({}, {"logConfiguration": {"logDriver": "splunk", "secretOptions": [
            {"name": "splunk-token", "valueFrom": SECRET}]}}, "aws-cn"),
        ({}, {"logConfiguration": {"logDriver": "awslogs", "options": {
            "awslogs-region": "us-gov-west-1"}}}, "aws-us-gov"),
        ({}, {"logConfiguration": {"logDriver": "awslogs", "options": {
            "awslogs-region": "${region}"}}}, "aws"),
        ({}, {"environmentFiles": [
            *BAD["environmentFiles"], {"type": "s3", "value": "arn:aws-cn:s3:::shop/b.env"}
        ]}, "aws-cn"),
    ],
)  # fmt: skip
def test_the_partition_is_that_of_other_arns_and_regions(
    of_task: dict[str, Any], of_container: dict[str, Any], partition: str
) -> None:
    source = task(container("web", **{**BAD, **of_container}), **of_task)
    helps = {each.rule.name: each.help for each in findings(source, REGISTRY)}
    assert f'"arn:{partition}:s3:::shop/web.env"' in helps["environment-file-arn"]


def test_other_advice_names_the_partition_too() -> None:
    source = task(
        container("web", secrets=[{"name": "A", "valueFrom": SECRET}]),
        container("log_router", firelensConfiguration={"type": "fluentbit", "options": {
            "config-file-type": "s3", "config-file-value": "s3://shop/a.conf"}}),
        taskRoleArn="arn:aws-cn:iam::1:role/shop",
        executionRoleArn="<ROLE_ARN>",
    )  # fmt: skip
    helps = {each.rule.name: each.help for each in findings(source, REGISTRY)}
    assert '"arn:aws-cn:s3:::BUCKET/FILE"' in helps["firelens-config-file-options"]
    assert "arn:aws-cn:iam::ACCOUNT:role/NAME" in helps["role-arn-malformed"]


def test_a_partition_that_nothing_tells_is_any() -> None:
    [found] = read("task.json", '{"family": "a", "containerDefinitions": [{"name": "b"}]}').tasks
    assert (Home(found).partition, Home(found).printed) == ("*", "aws")
