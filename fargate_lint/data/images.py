"""What is known of the images that matter here, as of 2026-11-23.

Tags of AWS for Fluent Bit and the Fluent Bit in them: release pages and pull requests of
https://github.com/aws/aws-for-fluent-bit (v2.34.3.20260818, v3.0.0 to v3.4.14; #1046, #1059, #1181,
#1207). Upstream images: https://github.com/fluent/fluent-bit/tree/master/dockerfiles.
Maintained by hand: there is no machine-readable source.
"""

from __future__ import annotations

DATE = "2026-11-23"

#: Where the vendor publishes the agent, and AWS its Fluent Bit.
AGENT = "public.ecr.aws/alertlogic/al-agent-container"
AWS_FLUENT_BIT = "public.ecr.aws/aws-observability/aws-for-fluent-bit"
#: Where to take an image from, by what it is, when nothing speaks for another place.
SOURCES = {"agent": AGENT, "aws": AWS_FLUENT_BIT}
ECR_PUBLIC = "public.ecr.aws"
#: Names of registries whose pulls Docker Hub serves and counts.
DOCKER_HUB = frozenset({"docker.io", "cr.fluentbit.io"})
#: AWS's own account: each Region's private registry has the image too.
AWS_ACCOUNT = "906394416424"
#: Registries and repositories where the images are published: what each is (see `kind_of`).
PUBLISHED = {
    ECR_PUBLIC: {
        "alertlogic/al-agent-container": "agent",
        "aws-observability/aws-for-fluent-bit": "aws",
    },
    "docker.io": {
        "alertlogic/al-agent-container": "agent",
        "amazon/aws-for-fluent-bit": "aws",
        "fluent/fluent-bit": "upstream",
    },
    "cr.fluentbit.io": {"fluent/fluent-bit": "upstream"},
    "ghcr.io": {"fluent/fluent-bit": "upstream"},
}

#: Lowest version of an AWS 3.x image to the Fluent Bit in it, newest first.
AWS_3 = (
    ((3, 4, 9), "5.0.9"),
    ((3, 4, 4), "5.0.7"),
    ((3, 4, 0), "5.0.5"),
    ((3, 3, 0), "5.0.3"),
    ((3, 2, 0), "4.2.2"),
    ((3, 0, 2), "4.2.0"),
    ((3, 0, 0), "4.1.0"),
)
#: Lowest version of an AWS 2.x image known to carry Fluent Bit 1.9.10.
AWS_2_FROM = (2, 29, 0)
AWS_2 = "1.9.10"
#: Moving tags of the AWS image: the last 2.x, but for `3`.
AWS_MOVING = {"latest": AWS_2, "stable": AWS_2, "2": AWS_2, "3": "5.0.9"}

#: Versions of Fluent Bit that have option tables here, with the first two numbers they stand for.
TABLES = {(1, 9): "1.9.10", (4, 2): "4.2.8", (5, 0): "5.0.9"}
NEWEST_TABLE = "5.0.9"

#: Versions of Fluent Bit that crash: lowest, first fixed, the output with which it happens, what
#: happens, where it is told.
KNOWN_BAD = (
    (
        (5, 0, 0),
        (5, 0, 8),
        "cloudwatch_logs",
        "`cloudwatch_logs` crashes when a log group or stream doesn't exist",
        "https://github.com/aws/aws-for-fluent-bit/issues/1164",
    ),
)
#: The tag with which a kind of image got such a fix, by the first fixed version.
FIXED_IN = {"aws": {(5, 0, 8): "3.4.9"}, "upstream": {(5, 0, 8): "5.0.8"}}
#: Releases of the AWS image that fail by themselves: version, first fixed, what happens, where it
#: is told.
KNOWN_BAD_AWS = (
    (
        (2, 34, 0),
        "2.34.1",
        "it may stop at its start with `section 'env' is missing the 'name' property`",
        "https://github.com/aws/aws-for-fluent-bit/issues/1002",
    ),
)

#: AWS's Go plug-ins, which are shared objects in the AWS image, and Fluent Bit's own for the same.
GO_PLUGINS = {
    "cloudwatch": "cloudwatch_logs",
    "firehose": "kinesis_firehose",
    "kinesis": "kinesis_streams",
}
