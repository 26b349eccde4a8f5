"""What is said of task definitions in templates, and where."""

from __future__ import annotations

import textwrap

import pytest

from fargate_lint import Linter, Settings
from fargate_lint.lint.registry import load

TEMPLATE = """\
Parameters:
  Stage: {Type: String}
  Group: {Type: String, Default: "shop:web"}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [POLICIES]
  Logs:
    Type: AWS::Logs::LogGroup
  Task:
    Type: AWS::ECS::TaskDefinition
    METADATA
    Properties:
      Family: shop
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      Cpu: 256
      Memory: 1024
      ExecutionRoleArn: arn:aws:iam::111122223333:role/e
      TaskRoleArn: ROLE
      ContainerDefinitions:
        - Name: log_router
          Image: public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.9
          Essential: ESSENTIAL
          FirelensConfiguration: {Type: fluentbit}
          LogConfiguration:
            LogDriver: awslogs
            Options: {awslogs-group: !Ref Logs, awslogs-region: eu-west-1, awslogs-stream-prefix: r}
        - Name: web
          Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1
          DependsOn: [{ContainerName: log_router, Condition: START}]
          LogConfiguration:
            LogDriver: awsfirelens
            Options:
              Name: cloudwatch_logs
              region: eu-west-1
              log_group_name: GROUP
              log_stream_prefix: STREAM
"""
GRANTED = (
    "{PolicyName: p, PolicyDocument: {Statement: "
    "[{Effect: Allow, Action: 'logs:*', Resource: !GetAtt Logs.Arn}]}}"
)


def written(**changes: str) -> str:
    text = TEMPLATE
    values = {
        "METADATA": "",
        "GROUP": "/shop/web",
        "STREAM": "web/",
        "ESSENTIAL": "true",
        "ROLE": "!GetAtt Role.Arn",
        "POLICIES": GRANTED,
        **changes,
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def said(text: str, *, severity: str = "warning", **settings: object) -> list[str]:
    """Each finding as `LINE code: message`, with the lines of what it refers to behind."""
    made = Settings()
    made.min_severity = severity
    for name, value in settings.items():
        setattr(made, name, value)
    report = Linter(made, registry=load(), fixes=False).check("t.yaml", text)
    return [
        f"{each.start.line} {each.severity} {each.code}: {each.message}"
        + "".join(f" | {other.range.start.line} {other.message}" for other in each.related)
        for each in report.findings
    ]


def test_a_sound_template_has_no_findings() -> None:
    assert said(written()) == []


def test_a_finding_that_rests_on_a_default_names_it() -> None:
    assert said(written(GROUP="!Ref Group")) == [
        (
            "40 error OUT201: log group `shop:web` has `:`, which CloudWatch refuses"
            " | 3 the default of `Group`"
        )
    ]


def test_what_holds_in_every_case_is_said_once() -> None:
    assert said(written(STREAM='!If [IsProd, "a", "b"]', GROUP='"a:b"')) == [
        "40 error OUT201: log group `a:b` has `:`, which CloudWatch refuses"
    ]


def test_what_holds_in_some_case_names_the_condition_and_is_a_warning() -> None:
    assert said(written(GROUP='!If [IsProd, "a:b", "/b"]')) == [
        (
            "40 warning OUT201: log group `a:b` has `:`, which CloudWatch refuses"
            " (if the condition `IsProd` is true)"
        )
    ]


def test_a_role_without_the_permission_is_seen() -> None:
    [finding] = said(written(POLICIES=""))
    assert finding.startswith("38 error IAM301: the task role lacks `logs:CreateLogStream`")
    assert finding.endswith("| 8 this does not allow it | 23 the role")


@pytest.mark.parametrize(
    "changes",
    [
        # A role of somewhere else.
        {"POLICIES": "", "ROLE": "!ImportValue Role"},
        {"POLICIES": "", "ROLE": "arn:aws:iam::111122223333:role/t"},
        # Policies that are not known.
        {"POLICIES": "!Ref Stage"},
        {"POLICIES": "{PolicyName: p, PolicyDocument: !Ref Stage}"},
        {"POLICIES": "{PolicyName: p, PolicyDocument: {Statement: [!Ref Stage]}}"},
        # Resources that are not known.
        {"POLICIES": GRANTED.replace("!GetAtt Logs.Arn", '!Sub "${Stage}*"')},
        {"POLICIES": GRANTED.replace("!GetAtt Logs.Arn", "'*'")},
        {"POLICIES": f"!If [IsProd, {GRANTED}, {GRANTED}]"},
    ],
)
def test_absence_is_claimed_only_where_all_is_known(changes: dict[str, str]) -> None:
    assert said(written(**changes)) == []


@pytest.mark.parametrize(
    "resource",
    [
        """
          Other:
            Type: AWS::IAM::Policy
            Properties:
              Roles: [!Ref Role]
              PolicyDocument: {Statement: {Effect: Allow, Action: "logs:*", Resource: "*"}}
        """,
        """
          Other:
            Type: AWS::IAM::RolePolicy
            Properties:
              RoleName: !Ref Role
              PolicyDocument: {Statement: {Effect: Allow, Action: "logs:*", Resource: "*"}}
        """,
        """
          Other:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              Roles: !Ref Stage
        """,
    ],
)
def test_policies_that_name_the_role_count(resource: str) -> None:
    text = written(POLICIES="") + textwrap.indent(textwrap.dedent(resource).lstrip("\n"), "  ")
    assert said(text) == []


def test_a_log_group_of_the_same_template_needs_no_creation() -> None:
    notes = said(written(GROUP="!Ref Logs"), severity="info", select=["ECS306", "OUT302", "IAM304"])
    assert notes == []
    [note] = said(written(), severity="info", select=["OUT302"])
    assert note.startswith("40 info OUT302: nothing creates the log group `/shop/web`")


def test_security_groups_of_the_service_are_judged() -> None:
    text = written() + textwrap.indent(
        textwrap.dedent("""\
            Service:
              Type: AWS::ECS::Service
              Properties:
                TaskDefinition: !Ref Task
                LaunchType: FARGATE
                PlatformVersion: 1.3.0
                NetworkConfiguration:
                  AwsvpcConfiguration: {SecurityGroups: [!GetAtt Open.GroupId]}
            Open:
              Type: AWS::EC2::SecurityGroup
              Properties:
                SecurityGroupIngress:
                  - {IpProtocol: tcp, FromPort: 1, ToPort: 65535, CidrIp: 0.0.0.0/0}
                  - {IpProtocol: "-1", SourceSecurityGroupId: !GetAtt Open.GroupId}
            """),
        "  ",
    )
    [finding] = said(text)
    assert finding == (
        "25 error NET202: security group `Open` lets `0.0.0.0/0` reach port 24224 of `log_router`"
        " | 54 is let in"
    )


@pytest.mark.parametrize("at", ["METADATA", "top"])
def test_metadata_accepts_findings(at: str) -> None:
    ignore = "Metadata: {fargate-lint: {ignore: [{rule: log-group-charset, reason: old}]}}"
    text = written(GROUP='"a:b"', **({"METADATA": ignore} if at == "METADATA" else {}))
    if at == "top":
        text = f"{ignore}\n{text}"
    assert said(text) == []


def test_metadata_without_a_reason_accepts_nothing() -> None:
    ignore = "Metadata: {fargate-lint: {ignore: [{rule: log-group-charset}]}}"
    found = said(written(GROUP='"a:b"', METADATA=ignore))
    assert [each.split(":")[0] for each in found] == ["15 warning CFG103", "40 error OUT201"]


def test_a_comment_accepts_what_follows() -> None:
    text = written(GROUP='"a:b"  # fargate-lint: ignore[log-group-charset] made long ago')
    assert said(text) == []


def test_a_fix_changes_the_template_and_leaves_the_rest_alone() -> None:
    text = written(ESSENTIAL="false")
    report = Linter(registry=load()).check("t.yaml", text)
    assert report.fixed(unsafe=True) == written(ESSENTIAL="true")
    # What a function gives can't be fixed.
    derived = text.replace("Essential: false", "Essential: !Equals [a, b]")
    assert Linter(registry=load()).check("t.yaml", derived).fixed(unsafe=True) == derived


def test_a_fingerprint_does_not_depend_on_the_line() -> None:
    def prints(text: str) -> list[str]:
        return [each.fingerprint for each in Linter(registry=load()).check("t.yaml", text).findings]

    text = written(GROUP='"a:b"')
    assert prints(text) == prints("# more\n\n" + text) != []


def test_two_definitions_without_a_family_have_fingerprints_of_their_own() -> None:
    text = written(GROUP='"a:b"').replace("      Family: shop\n", "")
    head, task = text.split("  Task:\n")
    text = f"{head}  Task:\n{task}  Second:\n{task}"
    found = Linter(registry=load()).check("t.yaml", text).findings
    assert [each.address for each in found] == ["Task", "Second"]
    assert len({each.fingerprint for each in found}) == 2


def test_a_definition_whose_containers_are_not_known_is_named() -> None:
    text = """
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {Family: shop, ContainerDefinitions: !Ref Containers}
"""
    report = Linter(registry=load()).check("t.yaml", text)
    assert report.findings == []
    assert report.kinds == {"cloudformation": 1}
    assert report.unjudged == [
        "`Task` is not judged: its `ContainerDefinitions` comes from `Containers`"
    ]


def test_cases_of_one_definition_are_counted_once() -> None:
    report = Linter(registry=load()).check("t.yaml", written(STREAM='!If [IsProd, "a/", "b/"]'))
    assert report.kinds == {"cloudformation": 1}
    assert len(report.hidden) == len(said(written(), severity="info"))
