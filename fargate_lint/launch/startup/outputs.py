"""What outputs refuse when they start.

https://docs.fluentbit.io/manual/pipeline/outputs
"""

from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.launch.startup import aws
from fargate_lint.launch.startup.inputs import refuse
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.launch.startup.instance import Instance
    from fargate_lint.launch.startup.state import Start

SYSLOG_MODES = frozenset({"tcp", "udp", "tls"})
SYSLOG_FORMATS = frozenset({"rfc3164", "rfc5424"})
GELF_MODES = frozenset({"tcp", "tls", "udp"})
JSON_FORMATS = frozenset({"msgpack", "json", "json_stream", "json_lines"})
# Formats that only some of the plugins, or newer versions, know besides.
OTHER_FORMATS = frozenset({"gelf", "raw", "otlp_json", "otlp_json_pretty", "compact", "none"})
WRITE_OPERATIONS = frozenset({"index", "create", "update", "upsert"})


def start_output(start: Start, instance: Instance) -> None:
    """Note what this output refuses."""
    check = CHECKS.get(instance.plugin.name)
    if instance.plugin.go:
        aws.start_go(start, instance)
    elif check is not None:
        check(start, instance)


def check_tls(start: Start, instance: Instance) -> None:
    """The files that TLS is told to read, before anything else of an output is looked at."""
    if not instance.enabled("tls"):
        return
    for key in ("tls.ca_file", "tls.crt_file", "tls.key_file"):
        item = instance.core.get(key)
        if item is None or not isinstance(item.value, str) or not item.value:
            continue
        if start.files.read(item.value) is None:
            word = key.partition(".")[2]
            start.fatal(
                "file-missing", f"there is no file `{item.value}`",
                f"[tls] {word} '{item.value}' \n"
                f"[output {instance.name}] error initializing TLS context",
                section=instance.section, entry=item.entry,
            )  # fmt: skip


def needs(start: Start, instance: Instance, said: str, *keys: str) -> None:
    """Refuse the instance when none of these options is set."""
    if any(instance.get(key) is not None for key in keys):
        return
    listed = " or ".join(f"`{key}`" for key in keys)
    message = f"the output `{instance.plugin.name}` has no {listed}"
    refuse(start, instance, "required-option", message, said)


def _syslog(start: Start, instance: Instance) -> None:
    mode = instance.get("mode")
    text = mode.value if mode is not None else "udp"
    if isinstance(text, str):
        if text.lower() not in SYSLOG_MODES:
            refuse(
                start, instance, "bad-enum", f"`{text}` is no syslog mode: tcp, udp or tls",
                f"unknown syslog mode {text}", mode,
            )  # fmt: skip
        elif start.new and text.lower() == "udp" and instance.enabled("tls"):
            refuse(
                start, instance, "syslog-udp-tls",
                "syslog over UDP has no TLS" + ("" if mode else ", and UDP is the default `Mode`"),
                "invalid configuration: mode=udp with tls=on is unsupported "
                "(DTLS is not implemented)", mode or instance.core.get("tls"), "set `Mode tls`",
            )  # fmt: skip
    form = instance.get("syslog_format")
    text = form.value if form is not None else "rfc5424"
    if isinstance(text, str) and text.lower() not in SYSLOG_FORMATS:
        refuse(
            start, instance, "bad-enum", f"`{text}` is no syslog format: rfc3164 or rfc5424",
            f"unknown syslog format {text}", form,
        )  # fmt: skip
    for what, highest in (("severity", 7), ("facility", 23)):
        preset = instance.get(f"syslog_{what}_preset")
        if start.old or preset is None or not isinstance(preset.value, str):
            continue
        level = values.integer(preset.value)
        if not 0 <= level <= highest:
            refuse(
                start, instance, "bad-number", f"`{preset.value}` is no {what}: 0 to {highest}",
                f"[is_valid_{what}] invalid {what} level {level}. It should be 0-{highest}.",
                preset,
            )  # fmt: skip


def _format(start: Start, instance: Instance) -> None:
    form = instance.get("format")
    if form is None or not isinstance(form.value, str):
        return
    if form.value.lower() in JSON_FORMATS | OTHER_FORMATS:
        return
    quoted = f" '{form.value}'" if instance.plugin.name == "tcp" else ""
    start.warning(
        "bad-enum", f"`{form.value}` is no format: msgpack is used",
        f"{instance.prefix} unrecognized 'format' option{quoted}. Using 'msgpack'",
        section=instance.section, entry=form.entry,
    )  # fmt: skip


def _elasticsearch(start: Start, instance: Instance) -> None:
    operation = instance.get("write_operation")
    text = operation.value if operation is not None else "create"
    if isinstance(text, str):
        if text.lower() not in WRITE_OPERATIONS:
            refuse(
                start, instance, "bad-enum", f"`{text}` is no write operation",
                "wrong Write_Operation (should be one of index, create, update, upsert)",
                operation,
            )  # fmt: skip
        elif text.lower() in {"update", "upsert"} and not (
            instance.get("id_key") or instance.get("generate_id")
        ):
            refuse(
                start, instance, "required-option", f"`{text}` needs `Id_Key` or `Generate_Id`",
                "Id_Key or Generate_Id must be set when Write_operation update or upsert",
                operation,
            )  # fmt: skip
    signed = instance.text("aws_auth")
    if isinstance(signed, str) and values.boolean(signed) and instance.get("aws_region") is None:
        start.fatal(
            "required-option", "`AWS_Auth` needs `AWS_Region`",
            "aws_auth enabled but aws_region not set", section=instance.section,
        )  # fmt: skip


def _loki(start: Start, instance: Instance) -> None:
    for key in ("labels", "label_keys"):
        item = instance.get(key)
        if item is None or not isinstance(item.value, str):
            continue
        for word in values.split(item.value, separator=","):
            label = word.strip()
            if label.startswith("$"):
                continue
            if key == "labels" and not label.partition("=")[2]:
                refuse(
                    start, instance, "bad-label", f"`{label}` is no label: write `name=value`",
                    f"invalid key value pair on '{label}'", item,
                )  # fmt: skip
                break
            if key == "label_keys":
                refuse(
                    start, instance, "bad-label", f"`{label}` does not begin with `$`",
                    "invalid label key, the name must start with '$'", item,
                )  # fmt: skip
                break
    form = instance.get("line_format")
    text = form.value if form is not None else "json"
    if isinstance(text, str) and text.lower() not in {"json", "key_value"}:
        refuse(
            start, instance, "bad-enum", f"`{text}` is no line format: json or key_value",
            f"invalid 'line_format' value: {text}", form,
        )  # fmt: skip


def _datadog(start: Start, instance: Instance) -> None:
    needs(start, instance, "no ApiKey configuration key defined", "apikey")


def _splunk(start: Start, instance: Instance) -> None:
    said = "either splunk_token or http_user should be set"
    needs(start, instance, said, "splunk_token", "http_user")


def _nrlogs(start: Start, instance: Instance) -> None:
    said = "no 'api_key' or 'license_key' was configured"
    needs(start, instance, said, "api_key", "license_key")


def _kafka(start: Start, instance: Instance) -> None:
    brokers = instance.get("brokers")
    if brokers is not None or any(
        item.lower in {"rdkafka.bootstrap.servers", "rdkafka.metadata.broker.list"}
        for item in instance.properties
    ):
        return
    start.fatal(
        "required-option", "the output `kafka` has no `brokers`", "config: no brokers defined",
        section=instance.section,
    )  # fmt: skip


def _gelf(start: Start, instance: Instance) -> None:
    mode = instance.get("mode")
    if mode is not None and isinstance(mode.value, str) and mode.value.lower() not in GELF_MODES:
        refuse(
            start, instance, "bad-enum", f"`{mode.value}` is no mode: tcp, tls or udp",
            f"Unknown gelf mode {mode.value}", mode,
        )  # fmt: skip


def _forward(start: Start, instance: Instance) -> None:
    upstream = instance.get("upstream")
    if upstream is not None and isinstance(upstream.value, str):
        if start.files.find(upstream.value) is None:
            refuse(
                start, instance, "file-missing", f"there is no file `{upstream.value}`",
                "cannot load Upstream file", upstream,
            )  # fmt: skip
        return
    compress = instance.get("compress")
    if compress is None or isinstance(compress.value, Unknown):
        return
    if compress.value.lower() not in {"text", "gzip", "zstd", "snappy"}:
        refuse(
            start, instance, "bad-enum", f"`{compress.value}` is no compression: gzip",
            f"invalid compress mode: {compress.value}", compress,
        )  # fmt: skip


CHECKS: dict[str, Callable[[Start, Instance], None]] = {
    "cloudwatch_logs": aws.cloudwatch_logs,
    "datadog": _datadog,
    "es": _elasticsearch,
    "forward": _forward,
    "gelf": _gelf,
    "http": _format,
    "kafka": _kafka,
    "kinesis_firehose": aws.kinesis_firehose,
    "kinesis_streams": aws.kinesis_streams,
    "loki": _loki,
    "nrlogs": _nrlogs,
    "opensearch": _elasticsearch,
    "s3": aws.s3,
    "splunk": _splunk,
    "stdout": _format,
    "syslog": _syslog,
    "tcp": _format,
}
