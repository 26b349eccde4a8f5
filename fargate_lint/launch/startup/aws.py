"""What the outputs to AWS services refuse when they start.

https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
https://docs.fluentbit.io/manual/pipeline/outputs/s3
"""

from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.launch.startup.filters import accessor_fault
from fargate_lint.launch.startup.refusal import lacking, lacks, one_of, refuse
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.startup.instance import Instance, Property
    from fargate_lint.launch.startup.state import Start

# Which of them a build has depends on the libraries it was built with.
COMPRESSIONS = frozenset({"gzip", "zstd", "snappy", "arrow", "parquet", "none"})
S3_FORMATS = frozenset({
    "json", "json_lines", "json_stream", "msgpack", "otlp_json", "otlp_json_pretty", "parquet",
    "arrow",
})  # fmt: skip
EXHAUSTED = frozenset({"delete", "quarantine"})
# 1.9 lacks some of these, which no one would write for it.
DATE_FORMATS = frozenset({
    "double", "epoch", "epoch_millis", "epoch_milliseconds", "epoch_ms", "iso8601",
    "java_sql_timestamp",
})  # fmt: skip
#: One of these, and not both, is needed.
STREAM = ("log_stream_name", "log_stream_prefix")
LOG_CLASSES = ("STANDARD", "INFREQUENT_ACCESS")
# Numbers that the Go plugin for Kinesis reads, and how many requests it sends at once at most.
COUNTS = ("experimental_concurrency", "experimental_concurrency_retries", "http_request_timeout")
MOST_AT_ONCE = 10
GO_ZIPS = frozenset({"gzip", "none", "zlib"})
MEGABYTE = 1_000_000
CHUNK = 5_242_880
# The largest object, the largest one that is sent as a whole, and the largest part of one.
LARGEST = 50_000_000_000
LARGEST_WHOLE = 1_000_000_000
LARGEST_CHUNK = 50_000_000
LARGEST_GZIP_CHUNK = 5_000_000_000


def _required(start: Start, instance: Instance, *keys: str) -> None:
    for key in keys:
        if instance.get(key) is None:
            lacks(start, instance, f"'{key}' is a required field", key)


def cloudwatch_logs(start: Start, instance: Instance) -> None:
    """Group, exactly one of the stream options, region, in this order."""
    _required(start, instance, "log_group_name")
    name, prefix = instance.get("log_stream_name"), instance.get("log_stream_prefix")
    said = "Either 'log_stream_name' or 'log_stream_prefix' is required"
    if name is None and prefix is None:
        lacks(start, instance, said, *STREAM)
    elif name is not None and prefix is not None:
        message = "`log_stream_name` and `log_stream_prefix` are exclusive"
        refuse(start, instance, "exclusive-options", message, said, prefix, options=STREAM)
    for key in ("log_group_template", "log_stream_template"):
        template = instance.get(key)
        text = template.value if template is not None else ""
        if isinstance(text, str) and accessor_fault(text):
            refuse(
                start, instance, "bad-accessor", f"`{text}` is no record accessor",
                f"Could not parse `{key}`", template,
            )  # fmt: skip
    _required(start, instance, "region")
    create = instance.text("auto_create_group")
    group_class = instance.get("log_group_class")
    if not isinstance(create, str) or not values.boolean(create) or start.old:
        return
    text = group_class.value if group_class is not None else LOG_CLASSES[0]
    if isinstance(text, str) and not text.startswith(LOG_CLASSES):
        refuse(
            start, instance, "bad-enum", f"`{text}` is no log group class",
            "The valid values for log_group_class are {STANDARD, INFREQUENT_ACCESS}. Invalid "
            f"input was {text}", group_class,
        )  # fmt: skip


def kinesis_firehose(start: Start, instance: Instance) -> None:
    """Delivery stream, compression and region, in this order."""
    _required(start, instance, "delivery_stream")
    _compression(start, instance)
    _required(start, instance, "region")


def kinesis_streams(start: Start, instance: Instance) -> None:
    """Stream, compression and region, in this order."""
    _required(start, instance, "stream")
    if start.new:
        _compression(start, instance)
    _required(start, instance, "region")


def _compression(start: Start, instance: Instance) -> None:
    said = "unknown compression: {}"
    one_of(start, instance, "compression", COMPRESSIONS, said, "`{}` is no compression: gzip")


def s3(start: Start, instance: Instance) -> None:
    """Bucket, key format, sizes and compression."""
    if start.new:
        _s3_new(start, instance)
    one_of(start, instance, "json_date_format", DATE_FORMATS, "invalid json_date_format '{}'. ")
    if instance.get("bucket") is None:
        lacks(start, instance, "'bucket' is a required parameter", "bucket")
    key = instance.get("s3_key_format")
    if key is not None and isinstance(key.value, str) and not key.value.startswith("/"):
        refuse(
            start, instance, "bad-key-format", "`s3_key_format` does not begin with `/`",
            "'s3_key_format' must start with a '/'", key,
        )  # fmt: skip
    total = _size(start, instance, "total_file_size", 100 * MEGABYTE)
    item = instance.get("total_file_size")
    if total is not None and total < MEGABYTE:
        said = "total_file_size must be at least 1MB"
        if total <= 0:
            said = "Failed to parse total_file_size"
        message = f"`total_file_size {item.value if item else ''}` is below 1M"
        refuse(start, instance, "bad-size", message, said, item)
        total = None
    elif total is not None and total > LARGEST:
        said = f"Max total_file_size is {LARGEST:,} bytes"
        refuse(start, instance, "bad-size", f"`total_file_size` is above {LARGEST:,}", said, item)
        total = None
    _compression(start, instance)
    _s3_chunks(start, instance, total)


def _s3_new(start: Start, instance: Instance) -> None:
    form = instance.get("format")
    if form is not None and isinstance(form.value, str) and form.value.lower() not in S3_FORMATS:
        refuse(
            start, instance, "bad-enum", f"`{form.value}` is no format",
            f"invalid format '{form.value}'", form,
        )  # fmt: skip
    said = "invalid retry_exhausted_action value '{}'"
    one_of(start, instance, "retry_exhausted_action", EXHAUSTED, said)


def _size(start: Start, instance: Instance, key: str, default: int) -> int | None:
    """Bytes; None when that is not known, -1 when it is no size."""
    text = instance.text(key)
    if isinstance(text, Unknown):
        return None
    if text is None:
        return default
    size = values.size(text, start.version)
    return -1 if size is None else size


def _s3_chunks(start: Start, instance: Instance, total: int | None) -> None:
    """The parts of a multipart upload, which is what is done without `use_put_object`."""
    whole = instance.text("use_put_object")
    chunk = _size(start, instance, "upload_chunk_size", CHUNK)
    if isinstance(whole, Unknown) or chunk is None:
        return
    item = instance.get("upload_chunk_size") or instance.get("total_file_size")
    # What is smaller than two chunks is sent as a whole in any case.
    small = total is not None and total < 2 * CHUNK
    if values.boolean(whole or "off") is not True and not small:
        # A size that can't be read becomes the largest number.
        if total is not None and (chunk > total or chunk < 0):
            refuse(
                start, instance, "bad-size",
                f"a chunk of {chunk:,} bytes is larger than `total_file_size`",
                "upload_chunk_size can not be larger than total_file_size", item,
                "set `use_put_object on`, or a larger `total_file_size`",
            )  # fmt: skip
            return
        if 0 <= chunk < CHUNK:
            refuse(
                start, instance, "bad-size", f"`upload_chunk_size` is below {CHUNK:,} bytes",
                "upload_chunk_size must be at least 5,242,880 bytes", item,
            )  # fmt: skip
            return
        zipped = instance.text("compression")
        if isinstance(zipped, Unknown):
            return
        gzip = zipped is not None and zipped.lower() == "gzip"
        if chunk > (LARGEST_GZIP_CHUNK if gzip else LARGEST_CHUNK):
            said = "Max upload_chunk_size is 50MB"
            if gzip:
                said = "upload_chunk_size in compressed multipart upload cannot exceed 5GB"
            refuse(start, instance, "bad-size", "`upload_chunk_size` is too large", said, item)
            return
    if total is not None and chunk not in {CHUNK, -1} and chunk * 2 > total:
        refuse(
            start, instance, "bad-size", "`total_file_size` is less than two chunks",
            "total_file_size is less than 2x upload_chunk_size", item,
        )  # fmt: skip
    elif total is not None and total > LARGEST_WHOLE and values.boolean(whole or "off"):
        refuse(
            start, instance, "bad-size", f"`total_file_size` is above {LARGEST_WHOLE:,} bytes",
            "Max total_file_size is", item,
        )  # fmt: skip


def start_go(start: Start, instance: Instance) -> None:
    """The Go plugins of the AWS image, which ask for each option by its name."""
    name = instance.plugin.name
    _go_values(start, instance)
    if name == "cloudwatch":
        for key in ("region", "log_group_name"):
            if instance.get(key) is None:
                _go(start, instance, f"{key} is a required parameter", key)
        stream, prefix = instance.get("log_stream_name"), instance.get("log_stream_prefix")
        if stream is None and prefix is None:
            _go(start, instance, "log_stream_name or log_stream_prefix is required", *STREAM)
        elif stream is not None and prefix is not None:
            start.fatal(
                "exclusive-options", "`log_stream_name` and `log_stream_prefix` are exclusive",
                "either log_stream_name or log_stream_prefix can be configured. They cannot be "
                "provided together", section=instance.section, entry=prefix.entry, options=STREAM,
            )  # fmt: skip
    elif name in {"firehose", "kinesis"}:
        stream_key = "delivery_stream" if name == "firehose" else "stream"
        for key in (stream_key, "region"):
            if instance.get(key) is None:
                said = f"{stream_key} and region are required configuration parameters"
                _go(start, instance, said, key)


def _go_values(start: Start, instance: Instance) -> None:
    """The values that the Go plugins look at when they start."""
    label = f"[{instance.plugin.name} {instance.number}]"
    for key in ("log_group_name", "log_stream_name"):
        item = instance.get(key)
        if item is not None and isinstance(item.value, str) and _unclosed(item.value):
            said = f'Cannot find end tag=")" in the template="{item.value}" starting from'
            _go_refused(start, instance, item, "a variable `$(` is never closed", said)
    if instance.plugin.name != "kinesis":
        return
    item = instance.get("partition_key")
    if item is not None and item.value == "log":
        said = f"{label} 'log' cannot be set as the partition key"
        _go_refused(start, instance, item, "`log` can't be the partition key", said)
    for key in COUNTS:
        item = instance.get(key)
        if item is not None and isinstance(item.value, str) and not _counts(key, item.value):
            said = f"{label} Invalid '{key}' value ({item.value}) specified"
            _go_refused(start, instance, item, f"`{item.value}` is no value of `{key}`", said)
    item = instance.get("compression")
    if item is not None and isinstance(item.value, str) and item.value.lower() not in GO_ZIPS:
        said = f"{label} Invalid 'compression' value ({item.value}) specified"
        _go_refused(start, instance, item, f"`{item.value}` is no compression", said)


def _unclosed(template: str) -> bool:
    """Whether a variable of a template begins and never ends."""
    begun = template.rfind("$(")
    return begun >= 0 and ")" not in template[begun:]


def _counts(key: str, text: str) -> bool:
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return False
    return key != "experimental_concurrency" or int(digits[:9]) <= MOST_AT_ONCE


def _go_refused(start: Start, instance: Instance, item: Property, message: str, said: str) -> None:
    start.fatal("bad-enum", message, said, section=instance.section, entry=item.entry)


def _go(start: Start, instance: Instance, said: str, *options: str) -> None:
    start.fatal(
        "required-option", lacking(instance, options), said, section=instance.section,
        options=options,
    )  # fmt: skip
