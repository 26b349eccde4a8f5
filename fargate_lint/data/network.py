"""Where tasks connect to, and what platform versions of Fargate can do, as of 2026-11-23.

* The agent: https://docs.alertlogic.com/requirements/us-firewall-rules.htm and
  https://docs.alertlogic.com/requirements/uk-eu-firewall-rules.htm
* Endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
* Platform versions: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html

Maintained by hand: there is no machine-readable source.
"""

from __future__ import annotations

DATE = "2026-11-23"

#: Where the agent sends logs to, on port 443: the United States, and the United Kingdom and EU.
ALERT_LOGIC = ("204.110.218.96/27", "204.110.219.96/27", "208.71.209.32/27", "185.54.124.0/24")
ALERT_LOGIC_PORT = 443
#: An appliance of Alert Logic in the network takes connections on this one as well.
APPLIANCE_PORT = 7777

#: Registries that have no endpoint in a VPC.
PUBLIC_REGISTRIES = frozenset({
    "cr.fluentbit.io", "docker.elastic.co", "docker.io", "gcr.io", "ghcr.io", "lscr.io",
    "mcr.microsoft.com", "public.ecr.aws", "quay.io", "registry.gitlab.com", "registry.k8s.io",
})  # fmt: skip
#: Endpoints that a service needs, by how its actions begin. Amazon ECR keeps layers in S3.
ENDPOINTS = {
    "aoss": ("aoss",),
    "ecr": ("ecr.api", "ecr.dkr", "s3"),
    "elasticfilesystem": ("elasticfilesystem",),
    "firehose": ("kinesis-firehose",),
    "kinesis": ("kinesis-streams",),
    "logs": ("logs",),
    "s3": ("s3",),
    "secretsmanager": ("secretsmanager",),
    "ssm": ("ssm",),
    "sts": ("sts",),
}

#: Platform versions for Linux that are named by a number. Others are newer, or `LATEST`.
PLATFORMS = ("1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0")
#: From this one on there is FireLens, and from that one on all the rest.
FIRELENS_FROM = "1.3.0"
ALL_FROM = "1.4.0"
#: CPU units from which a task needs it.
LARGE = 8192
