from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.inputs.policy import policies
from fargate_lint.source.read import read
from fargate_lint.testing import base, overlay
from tests.build import document, findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.ecs.iam import Policy
    from fargate_lint.lint.registry import Registry

    Report = Callable[..., list[str]]

GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web"
NAME = "/containerDefinitions/0/logConfiguration/options/Name"
ECR = "arn:aws:ecr:us-east-1:111122223333:repository/web"
PULL = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
ENOUGH = {"Effect": "Allow", "Action": ["ecr:*", "logs:*"], "Resource": "*"}
OPTIONS = {"task": "task_role_policies", "execution": "execution_role_policies"}


def given(*statements: Any) -> tuple[Policy, ...]:
    value = {"Version": "2012-10-17", "Statement": list(statements)}
    return tuple(policies(read("policy.json", json.dumps(value, indent=1).encode())[0]))


def allow(*actions: str, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def found(
    registry: Registry, fragment: Any, over: str = "cloudwatch", **roles: tuple[Policy, ...]
) -> list[Any]:
    """All findings of the rules about policies."""
    given: dict[str, Any] = {OPTIONS[role]: value for role, value in roles.items()}
    return findings(overlay(base(over), fragment), registry, select=["IAM3"], **given)


def names(
    registry: Registry, fragment: Any, over: str = "cloudwatch", **roles: tuple[Policy, ...]
) -> list[str]:
    return sorted(finding.rule.name for finding in found(registry, fragment, over, **roles))


def test_nothing_is_claimed_without_policies(registry: Registry) -> None:
    assert found(registry, {}) == []
    assert found(registry, {}, execution=given(ENOUGH)) == []
    assert found(registry, {}, task=given(allow("logs:*"))) == []


def test_actions_that_nothing_allows(registry: Registry) -> None:
    statement = allow("logs:DescribeLogStreams", "logs:PutLogEvents", resource=GROUP + ":*")
    [finding] = found(registry, {}, task=given(statement))
    assert finding.rule.name == "task-role-actions"
    assert finding.severity == "error"
    assert finding.place.pointer == NAME
    assert finding.message == (
        "the task role lacks `logs:CreateLogGroup` and 1 more, "
        "needed to send logs with `cloudwatch`"
    )
    assert finding.help == (
        'add {"Effect": "Allow", "Action": ["logs:CreateLogGroup", "logs:CreateLogStream"], '
        f'"Resource": "{GROUP}:*"}}\n'
        "give the role's other policies with --task-role-policy too, if it has any"
    )
    [place] = finding.related
    assert (place.lens.document.name, place.pointer) == ("policy.json", "/Statement/0/Action")
    assert place.message == "it is not among these"


def test_an_action_that_is_allowed_for_another_group(registry: Registry) -> None:
    statement = allow("logs:*", resource=GROUP + "-old:*")
    [finding] = found(registry, {}, task=given(allow("s3:*"), statement))
    assert finding.message == (
        "the task role lacks `logs:CreateLogGroup` and 3 more, "
        "needed to send logs with `cloudwatch`"
    )
    [place] = finding.related
    assert place.pointer == "/Statement/1/Resource"
    assert place.message == "this allows it for other resources"


def test_the_arn_of_a_group_is_not_that_of_its_streams(registry: Registry) -> None:
    [finding] = found(registry, {}, task=given(allow("logs:*", resource=GROUP)))
    assert finding.message == (
        "the task role lacks `logs:CreateLogStream` and 1 more, "
        "needed to send logs with `cloudwatch`"
    )
    assert "the ARN of a log group ends in `:*` when it stands for its streams" in finding.help


@pytest.mark.parametrize(
    "resource",
    [
        GROUP + ":*",
        [GROUP, GROUP + ":log-stream:web/*"],
        "arn:aws:logs:*:*:log-group:/shop/*",
        "${log_group_arn}:*",
        "arn:aws:logs:<region>:<account>:log-group:/shop/web:*",
    ],
)
def test_resources_that_are_narrow_enough(registry: Registry, resource: Any) -> None:
    assert found(registry, {}, task=given(allow("logs:*", resource=resource))) == []


def test_streams_of_another_prefix(registry: Registry) -> None:
    resource = [GROUP, GROUP + ":log-stream:api/*"]
    [finding] = found(registry, {}, task=given(allow("logs:*", resource=resource)))
    assert "`logs:CreateLogStream` and 1 more" in finding.message
    assert '["logs:CreateLogStream", "logs:PutLogEvents"]' in finding.help


def test_a_deny_is_named_with_its_statement(registry: Registry) -> None:
    deny = {"Effect": "Deny", "NotAction": ["s3:*"], "Resource": "*"}
    [finding] = found(registry, {}, task=given(allow("*"), deny))
    assert finding.rule.name == "task-role-actions"
    assert finding.message == (
        "the task role is denied `logs:CreateLogGroup` and 3 more, "
        "needed to send logs with `cloudwatch`"
    )
    [place] = finding.related
    assert (place.pointer, place.message) == ("/Statement/1", "this denies it")


def test_containers_with_the_same_need_are_one_finding(registry: Registry) -> None:
    web = base("cloudwatch")["containerDefinitions"][0]
    options = {**web["logConfiguration"]["options"], "log_group_name": "/shop/api"}
    api = {
        **web,
        "name": "api",
        "logConfiguration": {"logDriver": "awsfirelens", "options": options},
    }
    [finding] = found(registry, {"containerDefinitions": [api]}, task=given(allow("s3:*")))
    assert [(place.pointer, place.message) for place in finding.related] == [
        ("", "this does not allow it"),
        ("/containerDefinitions/3/logConfiguration/options/Name", "needs it too"),
    ]
    assert f'"Resource": ["{GROUP}:*", "{GROUP[:-3]}api:*"]' in finding.help


@pytest.mark.parametrize(
    ("options", "severity"),
    [
        ({"Name": "kinesis_firehose", "delivery_stream": "s"}, "error"),
        ({"Name": "kinesis_streams", "stream": "s"}, "error"),
        ({"Name": "s3", "bucket": "b"}, "warning"),
        ({"Name": "opensearch", "AWS_Auth": "On", "Host": "h"}, "warning"),
    ],
)
def test_what_a_resource_may_allow_itself_is_a_warning(
    registry: Registry, options: dict[str, str], severity: str
) -> None:
    made = {
        "containerDefinitions": [
            {"name": "web", "logConfiguration": {"options": {"auto_create_group": None, **options}}}
        ]
    }
    [finding] = found(registry, made, "firelens", task=given(allow("logs:*")))
    assert (finding.rule.name, finding.severity) == ("task-role-actions", severity)


def test_only_the_go_plugin_must_describe_streams(registry: Registry) -> None:
    statement = allow("logs:CreateLog*", "logs:PutLogEvents")
    [finding] = found(registry, {}, task=given(statement))
    assert (finding.rule.name, finding.severity) == ("describe-log-streams-go-only", "error")
    assert finding.message == (
        "the task role lacks `logs:DescribeLogStreams`, needed to send logs with `cloudwatch`"
    )
    assert found(registry, {}, "firelens", task=given(statement)) == []


def test_streams_that_are_described_without_need(report: Report) -> None:
    rule = "describe-log-streams-go-only"
    asked = {"task_role_policies": given(allow("logs:Put*", "logs:describelogstreams"))}
    assert report(rule, {}, "firelens", **asked) == [
        (
            f"info {NAME} "
            "the task role has `logs:DescribeLogStreams`, which `cloudwatch_logs` never does"
        )
    ]
    assert report(rule, {}, "plain", **asked) == []
    wide = {"task_role_policies": given(allow("logs:*"))}
    assert report(rule, {}, "firelens", **wide) == []
    router = {"name": "log_router", "firelensConfiguration": {"options": {
        "config-file-type": "file", "config-file-value": "/extra.conf"}}}  # fmt: skip
    assert report(rule, {"containerDefinitions": [router]}, "firelens", **asked) == []


def test_permissions_on_the_wrong_role(registry: Registry) -> None:
    secret = {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task", "containerDefinitions": [
        {"name": "web", "secrets": [{"name": "A", "valueFrom": "/shop/a"}]}]}  # fmt: skip
    here, there = given(allow("ssm:GetParameters")), given(ENOUGH)
    [finding] = found(registry, secret, "plain", task=here, execution=there)
    assert (finding.rule.name, finding.severity) == ("secret-on-wrong-role", "error")
    assert finding.message == (
        "the task role has `ssm:GetParameters`, but it takes the execution role to get a secret"
    )
    assert finding.place.pointer == "/containerDefinitions/0/secrets/0/valueFrom"
    [place] = finding.related
    assert (place.pointer, place.message) == ("/Statement/0/Action", "on the task role")
    assert names(registry, secret, "plain", execution=there) == ["execution-role-actions"]


def test_log_permissions_left_on_the_execution_role(registry: Registry) -> None:
    left = given(allow("ecr:*"), allow("logs:CreateLog*", "logs:Describe*", "logs:PutLogEvents"))
    [finding] = found(registry, {}, task=given(allow("s3:*")), execution=left)
    assert finding.message == (
        "the execution role has `logs:CreateLogGroup`, "
        "but it takes the task role to send logs with `cloudwatch`"
    )


def test_what_the_execution_role_needs_itself_is_not_misplaced(registry: Registry) -> None:
    log = {"logDriver": "awslogs", "options": {
        "awslogs-group": "/a", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "a",
        "awslogs-create-group": "true"}}  # fmt: skip
    made = {"containerDefinitions": [{"name": "log_router", "logConfiguration": log}]}
    here, there = given(allow("logs:Describe*")), given(ENOUGH)
    assert names(registry, made, task=here, execution=there) == ["task-role-actions"]


def test_aws_own_policy_and_an_administrators_are_not_misplaced(registry: Registry) -> None:
    managed = allow("ecr:GetAuthorizationToken", *PULL, "logs:CreateLogStream", "logs:PutLogEvents")
    for there in (managed, allow("*")):
        here = given(allow("s3:*"))
        assert names(registry, {}, task=here, execution=given(there)) == ["task-role-actions"]


def test_one_role_for_both_has_the_policies_of_both(registry: Registry) -> None:
    same = {"executionRoleArn": "arn:aws:iam::111122223333:role/shop-task"}
    assert found(registry, same, task=given(allow("ecr:*")), execution=given(allow("logs:*"))) == []


def test_groups_that_may_not_be_created(registry: Registry) -> None:
    statement = allow("ecr:*", "logs:CreateLogStream", "logs:PutLogEvents")
    [finding] = found(registry, {}, "plain", execution=given(statement))
    assert (finding.rule.name, finding.severity) == ("awslogs-create-group-permission", "error")
    assert finding.place.pointer == (
        "/containerDefinitions/0/logConfiguration/options/awslogs-create-group"
    )
    assert finding.message == (
        "the execution role lacks `logs:CreateLogGroup`, "
        "needed to create its log group with `awslogs`"
    )
    options = {"options": {"awslogs-create-group": "false"}}
    off = {"containerDefinitions": [{"name": "web", "logConfiguration": options}]}
    assert found(registry, off, "plain", execution=given(statement)) == []


def test_images_that_may_not_be_pulled(registry: Registry) -> None:
    [finding] = found(registry, {}, execution=given(allow("logs:*")))
    assert (finding.rule.name, finding.severity) == ("execution-role-ecr-actions", "error")
    assert finding.message == (
        "the execution role lacks `ecr:GetAuthorizationToken` and 2 more, "
        "needed to pull its image from ECR"
    )
    [finding] = found(registry, {}, execution=given(allow("ecr:*", resource=ECR)))
    assert "lacks `ecr:GetAuthorizationToken`, needed" in finding.message
    login = allow("ecr:GetAuthorizationToken")
    # The first of them is documented, but AWS's own policy for pulls does without.
    for actions in (PULL, PULL[1:]):
        assert found(registry, {}, execution=given(login, allow(*actions, resource=ECR))) == []


def test_what_else_a_start_takes(registry: Registry) -> None:
    made = {"containerDefinitions": [{
        "name": "web",
        "secrets": [{"name": "A", "valueFrom": "/shop/a"}],
        "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::b/x.env"}],
        "repositoryCredentials": {
            "credentialsParameter": "arn:aws:secretsmanager:us-east-1:111122223333:secret:x"},
    }]}  # fmt: skip
    role = given(allow("ecr:*"))
    assert [finding.message for finding in found(registry, made, "plain", execution=role)] == [
        f"the execution role lacks {actions}, needed to {purpose}"
        for actions, purpose in (
            ("`logs:CreateLogGroup`", "create its log group with `awslogs`"),
            (
                "`logs:CreateLogStream` and 1 more",
                "write its log with `awslogs`",
            ),
            ("`ssm:GetParameters`", "get a secret"),
            ("`secretsmanager:GetSecretValue`", "log in to its image's registry"),
            ("`s3:GetObject` and 1 more", "get an environment file"),
        )
    ]


def test_a_condition_is_named_as_not_judged(registry: Registry) -> None:
    condition = {"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}
    [finding] = found(registry, {}, task=given(allow("logs:*", **condition)))
    assert (finding.rule.name, finding.severity) == ("policy-condition-not-judged", "info")
    assert finding.message == (
        "`logs:CreateLogGroup` is allowed to the task role under a condition, which isn't judged"
    )
    assert [place.pointer for place in finding.related] == ["/Statement/0/Condition"]
    deny = {"Effect": "Deny", "Action": "logs:Put*", "Resource": "*", **condition}
    [finding] = found(registry, {}, task=given(allow("logs:*"), deny))
    assert finding.message == (
        "`logs:PutLogEvents` is denied to the task role under a condition, which isn't judged"
    )


def test_roles_without_a_name_are_another_rules(registry: Registry) -> None:
    empty = given(allow("s3:*"))
    assert found(registry, {"taskRoleArn": None}, task=empty) == []
    assert found(registry, {"executionRoleArn": None}, "plain", execution=empty) == []
    assert names(registry, {"taskRoleArn": "${role}"}, task=empty) == ["task-role-actions"]


def test_policies_that_are_known_by_name_only_may_allow_anything(registry: Registry) -> None:
    value = {"ManagedPolicyArns": ["arn:aws:iam::111122223333:policy/logs"]}
    more = policies(document(value))
    assert found(registry, {}, task=(*given(allow("s3:*")), *more)) == []


def test_credentials_of_its_own_need_no_task_role(registry: Registry) -> None:
    keys = [{"name": "AWS_ACCESS_KEY_ID", "value": "x"}]
    made = {"containerDefinitions": [{"name": "log_router", "environment": keys}]}
    assert found(registry, made, task=given(allow("s3:*"))) == []
