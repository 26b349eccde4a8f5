"""What the destinations of logs, and ECS itself, ask of a role, as of 2026-11-23.

Each row is an action, what it is done to, the option that makes it necessary ("" for always), and
how surely a log or a start is lost without it: `error`, `warning` where that is inferred or where
the resource's own policy may allow it too, "" where nothing is claimed.

* CloudWatch, Firehose, Kinesis: the plug-ins' sources,
  https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit (1.9.4),
  https://github.com/aws/amazon-kinesis-firehose-for-fluent-bit (1.7.2),
  https://github.com/aws/amazon-kinesis-streams-for-fluent-bit (1.10.2), and for the plug-ins in C
  https://docs.fluentbit.io/manual/pipeline/outputs and Fluent Bit v5.0.9. The retention of a log
  group is set by both when they create it.
* ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html,
  https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html

Maintained by hand: there is no machine-readable source.
"""

from __future__ import annotations

DATE = "2026-11-23"

_GROUP = (
    ("logs:CreateLogGroup", "group", "auto_create_group", "error"),
    ("logs:PutRetentionPolicy", "group", "log_retention_days", "error"),
    ("logs:TagResource", "group", "new_log_group_tags", "warning"),
)
_SEARCH = (
    ("es:ESHttpPost", "domain", "", "warning"),
    ("es:ESHttpPut", "domain", "", ""),
)

#: Output plug-ins that need the task role; Go plug-ins have the first name of each pair.
OUTPUTS = {
    "cloudwatch": (
        *_GROUP,
        ("logs:CreateLogStream", "stream", "auto_create_stream", "error"),
        ("logs:DescribeLogStreams", "group", "", "error"),
        ("logs:PutLogEvents", "stream", "", "error"),
    ),
    "cloudwatch_logs": (
        *_GROUP,
        ("logs:CreateLogStream", "stream", "", "error"),
        ("logs:PutLogEvents", "stream", "", "error"),
    ),
    "firehose": (("firehose:PutRecordBatch", "deliverystream", "", "error"),),
    "kinesis_firehose": (("firehose:PutRecordBatch", "deliverystream", "", "error"),),
    "kinesis": (("kinesis:PutRecords", "stream", "", "error"),),
    "kinesis_streams": (("kinesis:PutRecords", "stream", "", "error"),),
    "s3": (
        ("s3:PutObject", "object", "", "warning"),
        ("s3:PutObjectAcl", "object", "canned_acl", "warning"),
    ),
    "es": _SEARCH,
    "opensearch": _SEARCH,
    "kafka": (
        ("kafka-cluster:Connect", "cluster", "", "warning"),
        ("kafka-cluster:DescribeCluster", "cluster", "", ""),
        ("kafka-cluster:DescribeTopic", "topic", "", "warning"),
        ("kafka-cluster:WriteData", "topic", "", "warning"),
    ),
}
#: OpenSearch Serverless, which also has an access policy of its own for the data.
SERVERLESS = (("aoss:APIAccessAll", "collection", "", "warning"),)
#: Options of output plug-ins that switch signing of requests on; other plug-ins always sign.
SIGNED = {"es": "aws_auth", "kafka": "aws_msk_iam", "opensearch": "aws_auth"}
#: Go plug-ins, which take nothing but `true` for true.
STRICT_BOOLEANS = frozenset({"cloudwatch", "firehose", "kinesis"})

#: What ECS does with the execution role.
LOG_STREAM = ("logs:CreateLogStream", "logs:PutLogEvents")
LOG_GROUP = "logs:CreateLogGroup"
ECR_LOGIN = "ecr:GetAuthorizationToken"
#: The first is documented, but pulls do without it: AWS's policy for them has the others only.
#: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html
ECR_PULL = ("ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage")
ECR_UNCLAIMED = frozenset({"ecr:BatchCheckLayerAvailability"})
SECRET = "secretsmanager:GetSecretValue"
PARAMETER = "ssm:GetParameters"
OBJECT = "s3:GetObject"
BUCKET = "s3:GetBucketLocation"
#: What a container does that mounts a file system with IAM; the last one only to write to it.
# https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
FILE_SYSTEM = ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")
ASSUME_ROLE = "sts:AssumeRole"
#: What ECS Exec does with the task role, for a service or a run that has it enabled.
EXEC = (
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)

#: Policies of AWS that people attach to these roles: the actions that they allow on everything.
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html
MANAGED = {
    "AmazonECSTaskExecutionRolePolicy": (ECR_LOGIN, *ECR_PULL, *LOG_STREAM),
    "AdministratorAccess": ("*",),
}

#: How Regions of other partitions begin.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}
