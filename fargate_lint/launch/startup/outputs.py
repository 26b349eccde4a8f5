"""What outputs refuse when they start.

https://docs.fluentbit.io/manual/pipeline/outputs
"""

from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.launch.startup import aws, vendors
from fargate_lint.launch.startup.refusal import lacking, one_of, refuse

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
                "tls-file-missing", f"there is no file `{item.value}`",
                f"[tls] {word} '{item.value}' \n"
                f"[output {instance.name}] error initializing TLS context",
                section=instance.section, entry=item.entry,
            )  # fmt: skip


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
    one_of(
        start, instance, "syslog_format", SYSLOG_FORMATS, "unknown syslog format {}",
        "`{}` is no syslog format: rfc3164 or rfc5424",
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


def _http(start: Start, instance: Instance) -> None:
    vendors.http(start, instance)
    _format(start, instance)


def _kafka(start: Start, instance: Instance) -> None:
    brokers = instance.get("brokers")
    if brokers is not None or any(
        item.lower in {"rdkafka.bootstrap.servers", "rdkafka.metadata.broker.list"}
        for item in instance.properties
    ):
        return
    start.fatal(
        "required-option", lacking(instance, ["brokers"]), "config: no brokers defined",
        section=instance.section, options=("brokers",),
    )  # fmt: skip


def _gelf(start: Start, instance: Instance) -> None:
    said = "Unknown gelf mode {}"
    one_of(start, instance, "mode", GELF_MODES, said, "`{}` is no mode: tcp, tls or udp")


def _forward(start: Start, instance: Instance) -> None:
    upstream = instance.get("upstream")
    if upstream is not None and isinstance(upstream.value, str):
        if start.files.find(upstream.value) is None:
            refuse(
                start, instance, "file-missing", f"there is no file `{upstream.value}`",
                "cannot load Upstream file", upstream,
            )  # fmt: skip
        return
    one_of(
        start, instance, "compress", ("text", "gzip", "zstd", "snappy"),
        "invalid compress mode: {}", "`{}` is no compression: gzip",
    )  # fmt: skip


CHECKS: dict[str, Callable[[Start, Instance], None]] = {
    "cloudwatch_logs": aws.cloudwatch_logs,
    "forward": _forward,
    "gelf": _gelf,
    "http": _http,
    "kafka": _kafka,
    "kinesis_firehose": aws.kinesis_firehose,
    "kinesis_streams": aws.kinesis_streams,
    "s3": aws.s3,
    "stdout": _format,
    "syslog": _syslog,
    "tcp": _format,
    **vendors.CHECKS,
}
