"""What the outputs of Fluent Bit need of the task role."""

from __future__ import annotations

import re

from fargate_lint.data import permissions as table
from fargate_lint.ecs.iam import pattern
from fargate_lint.launch.launch import VARIABLE, Output
from fargate_lint.launch.needs import TASK, Action
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import NamedTuple

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.launch import Launch
    from fargate_lint.launch.needs import Needs

    class Resource(NamedTuple):
        """A resource to print, and the forms in which IAM may be asked for it."""

        printed: str
        asked: tuple[str, ...]

    Resources = list[dict[str, Resource]]
else:
    from collections import namedtuple

    Resource = namedtuple("Resource", "printed asked")

YES = frozenset({"on", "true", "yes"})
NO = frozenset({"off", "false", "no"})
# `$(tag[1])` and `$(record['key'])` of the Go plug-ins, `$record['key']` of the others.
# https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit#templating-log-group-and-stream-names
GO_TEMPLATE = lazily(r"\$\([^()]*(?:\([^()]*\)[^()]*)*\)")
RECORD = lazily(r"\$[A-Za-z_]\w*(?:\['[^']*'\])*")
# A name of S3 objects is known up to the first of these.
OBJECT_TEMPLATE = lazily(r"[$%*].*", re.DOTALL)
OBJECT_KEY = "/fluent-bit-logs/$TAG/%Y/%m/%d/%H/%M/%S"
# Endpoints end in an id of 26 characters.
# https://docs.aws.amazon.com/opensearch-service/latest/developerguide/endpoints-quotas.html
DOMAIN = lazily(
    r"(?:search|vpc)-(?P<name>[a-z][a-z0-9-]*)-[a-z0-9]{26}\.(?P<region>[a-z0-9-]+)\.(?:es|aos)\."
    r"(?:amazonaws\.com(?:\.cn)?|on\.aws)"
)
COLLECTION = lazily(r"(?P<id>[a-z0-9]+)\.(?P<region>[a-z0-9-]+)\.aoss\.amazonaws\.com")
CLUSTER = lazily(r"(?P<head>arn:[^:]*:kafka:[^:]*:[^:]*:)cluster/(?P<name>.+)")


class Options:
    """The options of an output. `unknown` collects what stands for values that aren't known."""

    __slots__ = ("output", "unknown", "variables")

    def __init__(self, output: Output, variables: Mapping[str, str | Unknown]) -> None:
        self.output = output
        self.variables = variables
        self.unknown: list[str] = []

    def get(self, key: str) -> str | Unknown | None:
        """A value with the router's variables in it; None when it isn't there."""
        entry = self.output.section.first(key)
        if entry is None or not isinstance(entry.value, Unknown):
            return None if entry is None else entry.value
        text = VARIABLE.sub(self._variable, entry.text)
        return text if text != entry.text and not VARIABLE.search(text) else Unknown(text)

    def _variable(self, match: re.Match[str]) -> str:
        value = self.variables.get(match[1])
        return value if isinstance(value, str) else match[0]

    def text(self, key: str, default: str = "*") -> str:
        """A value with `*` for what isn't known of it."""
        value = self.get(key)
        if isinstance(value, Unknown) and value.text:
            self.unknown.append(value.text)
        return default if value is None else pattern(value)

    def has(self, key: str) -> bool | None:
        """Whether an option asks for something: None when that isn't known."""
        value = self.get(key)
        if isinstance(value, Unknown):
            return None
        if key == "log_retention_days":
            return text_of(value).isdecimal() and self.flag("auto_create_group")
        if key in {"auto_create_group", "auto_create_stream"}:
            return self.flag(key)
        return bool(value) and (key != "new_log_group_tags" or self.flag("auto_create_group"))

    def flag(self, key: str) -> bool | None:
        """A boolean as its plug-in reads it."""
        value = self.get(key)
        if isinstance(value, Unknown):
            return None
        word = text_of(value).lower()
        default = key == "auto_create_stream"
        if self.output.plugin in table.STRICT_BOOLEANS:
            return word == "true" or (default and word != "false")
        return word in YES or (default and word not in NO)


def add(needs: Needs, launch: Launch) -> None:
    """Adds to `needs` what the outputs of a launch need, and what can't be told of them."""
    router = launch.router
    if router is None:
        return
    if launch.fluentd:
        needs.note("what the outputs of Fluentd need", router.path)
        return
    file = text_of(router.text("firelensConfiguration", "options", "config-file-value"))
    if file:
        path = (*router.path, "firelensConfiguration", "options", "config-file-value")
        needs.note(f"what outputs in `{file}` need", path)
    own = own_credentials(router)
    for output in outputs(launch):
        _output(needs, launch, output, own=own)


def outputs(launch: Launch) -> Iterator[Output]:
    """The outputs that the definition names, also in a command without the launcher."""
    yield from launch.outputs
    if launch.router is not None and launch.arguments is None and launch.argv:
        for section in launch.line.of("OUTPUT"):
            yield Output(launch.router, section, from_options=False)


def own_credentials(router: Container) -> bool:
    """Whether the router gets credentials of its own through its environment."""
    names = {*router.environment, *router.secrets}
    return (
        "AWS_ACCESS_KEY_ID" in names
        or "AWS_CONTAINER_CREDENTIALS_FULL_URI" in names
        or "AWS_PROFILE" in names
        or bool(router.list("environmentFiles"))
        or text_of(router.get("environment")) != ""
    )


def _output(needs: Needs, launch: Launch, output: Output, *, own: bool) -> None:
    entry = output.section.first("Name")
    path = launch.spot(entry or output.section).path
    plugin = output.plugin
    options = Options(output, launch.environment)
    if not plugin:
        if entry is not None:
            needs.note(f"what the output `{entry.text}` needs", path)
        return
    rows = table.OUTPUTS.get(plugin)
    signed = options.flag(table.SIGNED.get(plugin, "aws_auth"))
    if rows is None or (plugin in table.SIGNED and not signed):
        if signed or (signed is None and plugin in table.SIGNED):
            needs.note(f"what `{plugin}` needs of the service that it signs for", path)
        return
    if own:
        needs.note(f"whether `{plugin}` uses the task role or credentials of its own", path)
    subject = output.container
    role = options.get("role_arn") or options.get("aws_role_arn")
    if role:
        assume = Action(table.ASSUME_ROLE, (pattern(role),), "" if own else "warning")
        purpose = f"take on the role of `{plugin}`"
        needs.add(TASK, subject, path, purpose, pattern(role), [assume], [role])
        return
    if plugin in table.SIGNED and plugin != "kafka" and options.text("aws_service_name") == "aoss":
        rows = table.SERVERLESS
    for resources in RESOURCES[rows[0][0].partition(":")[0]](options, needs):
        # The options that widen a resource have been read by now.
        values = [Unknown(text) for text in options.unknown]
        actions_on: dict[str, list[Action]] = {}
        for name, kind, option, claim in rows:
            wanted = options.has(option) if option else True
            if wanted is not False:
                found = resources[kind]
                action = Action(name, found.asked, claim if wanted and not own else "")
                actions_on.setdefault(found.printed, []).append(action)
        for printed, actions in actions_on.items():
            purpose = f"send logs with `{plugin}`"
            needs.add(TASK, subject, path, purpose, printed, actions, values)


def _logs(options: Options, needs: Needs) -> Resources:
    region = options.text("region")
    printed, asked = needs.home.head("logs", region, needs.home.account)
    if options.output.plugin == "cloudwatch":
        groups = [GO_TEMPLATE.sub("*", options.text("log_group_name"))]
        if "*" in groups[0] and options.get("default_log_group_name"):
            groups.append(options.text("default_log_group_name"))
    else:
        groups = [
            text if key == "log_group_name" else RECORD.sub("*", text)
            for key in ("log_group_template", "log_group_name")
            if (text := options.text(key, ""))
        ] or ["*"]
    stream = _stream(options)
    return [
        {
            "group": Resource(
                f"{printed}log-group:{group}:*",
                (f"{asked}log-group:{group}:log-stream:", f"{asked}log-group:{group}"),
            ),
            "stream": Resource(
                f"{printed}log-group:{group}:*", (f"{asked}log-group:{group}:log-stream:{stream}",)
            ),
        }
        for group in dict.fromkeys(groups)
    ]


def _stream(options: Options) -> str:
    if options.get("log_stream_template") is not None:
        return "*"
    prefix = options.get("log_stream_prefix")
    if prefix:
        output = options.output
        tag = f"{output.container.name or '*'}-firelens-*" if output.from_options else "*"
        return pattern(prefix) + tag
    return GO_TEMPLATE.sub("*", pattern(options.get("log_stream_name")))


def _firehose(options: Options, needs: Needs) -> Resources:
    name = "deliverystream/" + options.text("delivery_stream")
    return _in_region("deliverystream", "firehose", name, options, needs)


def _kinesis(options: Options, needs: Needs) -> Resources:
    return _in_region("stream", "kinesis", "stream/" + options.text("stream"), options, needs)


def _in_region(kind: str, service: str, name: str, options: Options, needs: Needs) -> Resources:
    region = options.text("region")
    printed, asked = needs.home.head(service, region, needs.home.account)
    return [{kind: Resource(printed + name, (asked + name,))}]


def _s3(options: Options, needs: Needs) -> Resources:
    printed, asked = needs.home.head("s3", near=options.text("region", "us-east-1"))
    key = OBJECT_TEMPLATE.sub("", options.text("s3_key_format", OBJECT_KEY)).lstrip("/")
    name = f"{options.text('bucket')}/{key}*"
    return [{"object": Resource(printed + name, (asked + name,))}]


def _search(options: Options, needs: Needs) -> Resources:
    match = DOMAIN.fullmatch(options.text("host"))
    region = match["region"] if match else options.text("aws_region")
    # The domain may be another account's.
    printed, asked = needs.home.head("es", region, "*")
    name = f"domain/{match['name'] if match else '*'}/*"
    return [{"domain": Resource(printed + name, (asked + name,))}]


def _serverless(options: Options, needs: Needs) -> Resources:
    match = COLLECTION.fullmatch(options.text("host"))
    region = match["region"] if match else options.text("aws_region")
    printed, asked = needs.home.head("aoss", region, "*")
    name = f"collection/{match['id'] if match else '*'}"
    return [{"collection": Resource(printed + name, (asked + name,))}]


def _kafka(options: Options, needs: Needs) -> Resources:
    arn = options.text("aws_msk_iam_cluster_arn")
    match = CLUSTER.fullmatch(arn)
    if match is None:
        printed, asked = needs.home.head("kafka", needs.home.region, "*")
        arn, head, name = printed + "cluster/*", printed, "*"
        form = asked + "cluster/*"
    else:
        head, name, form = match["head"], match["name"], arn
    cluster = Resource(arn, (form,))
    topics = ["*"] if options.get("topic_key") else options.text("topics").split(",")
    return [
        {"cluster": cluster, "topic": Resource(topic, (topic,))}
        for each in topics
        for topic in [f"{head}topic/{name}/{each.strip()}"]
    ]


#: How each service's resources are found.
RESOURCES: dict[str, Callable[[Options, Needs], Resources]] = {
    "logs": _logs,
    "firehose": _firehose,
    "kinesis": _kinesis,
    "s3": _s3,
    "es": _search,
    "aoss": _serverless,
    "kafka-cluster": _kafka,
}
