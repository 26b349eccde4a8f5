"""What the rules about CloudWatch outputs share."""

from __future__ import annotations

from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import known_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch import Launch, Output
    from fargate_lint.launch.sections import Entry

PLUGINS = frozenset({"cloudwatch", "cloudwatch_logs"})
# `$(tag[1])` of the Go plug-in (one pair of parentheses may lie inside), `${VAR}`, `$record['key']`.
TEMPLATE = lazily(r"\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\$\{[^}]*\}|\$[A-Za-z_]\w*(?:\['[^']*'\])*")
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
LONGEST_NAME = 512


def outputs(launch: Launch) -> Iterator[Output]:
    """The outputs to CloudWatch, of either plug-in."""
    return (output for output in launch.outputs if output.plugin in PLUGINS)


def certain(entry: Entry) -> str:
    """What is certain of a name: its text without templates."""
    known = known_part(entry.value)
    return TEMPLATE.sub("", known) if "$" in known else known
