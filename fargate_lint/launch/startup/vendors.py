"""What the outputs to services of vendors refuse when they start.

https://docs.fluentbit.io/manual/pipeline/outputs/loki
https://docs.fluentbit.io/manual/pipeline/outputs/splunk
https://docs.fluentbit.io/manual/pipeline/outputs/elasticsearch
"""

from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.launch.startup.filters import accessor_fault
from fargate_lint.launch.startup.refusal import lacks, one_of, refuse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.launch.startup.instance import Instance, Property
    from fargate_lint.launch.startup.state import Start

WRITE_OPERATIONS = frozenset({"index", "create", "update", "upsert"})
TENANT_ERRORS = frozenset({"partial_success", "partial_error"})
#: Options of outputs without which they do not start: one of each group, and what is said then.
NEEDED = {
    "azure": (
        (("customer_id",), "property 'customer_id' is not defined"),
        (("shared_key",), "property 'shared_key' is not defined"),
    ),
    "azure_blob": (
        (("account_name",), "'account_name' has not been set"),
        (("container_name",), "'container_name' has not been set"),
    ),
    "azure_kusto": tuple(
        ((key,), f"property '{key}' is not defined")
        for key in ("ingestion_endpoint", "database_name", "table_name")
    ),
    "azure_logs_ingestion": (
        (("client_id",), "property 'client_id' is not defined"),
        (("tenant_id", "auth_url"), "property 'tenant_id' is not defined"),
        *(
            ((key,), f"property '{key}' is not defined")
            for key in ("client_secret", "dce_url", "dcr_id", "table_name")
        ),
    ),
    "datadog": ((("apikey",), "no ApiKey configuration key defined"),),
    "logdna": ((("api_key",), "no `api_key` was set, this is a mandatory property"),),
    "nrlogs": ((("api_key", "license_key"), "no 'api_key' or 'license_key' was configured"),),
    "slack": ((("webhook",), "the 'webhook' address has not been defined"),),
    "splunk": (
        (("http_user", "splunk_token"), "either splunk_token or http_user should be set"),
    ),
    "td": (
        (("api",), "error reading API key value"),
        (("database",), "error reading Database name"),
        (("table",), "error reading Table name"),
    ),
}  # fmt: skip
# The options of `splunk` that hold a record accessor, with the name that each has in a refusal.
EVENT_KEYS = {
    "event_key": "event_key", "event_host": "event_key", "event_source": "event_source",
    "event_sourcetype_key": "event_sourcetype_key", "event_index_key": "event_index_key",
}  # fmt: skip
COMPRESSIONS = frozenset({"gzip", "zstd"})
FILE_FORMATS = frozenset({"csv", "ltsv", "msgpack", "out_file", "plain", "template"})
DROP_SINGLE_KEY = values.TRUE | values.FALSE | {"raw"}


def needs(start: Start, instance: Instance) -> None:
    """Refuse the instance when an option is missing without which it does not start."""
    for keys, said in NEEDED.get(instance.plugin.name, ()):
        if not any(instance.get(key) is not None for key in keys):
            lacks(start, instance, said, *keys)


def accessor(start: Start, instance: Instance, key: str, said: str) -> None:
    """Refuse an option that is no record accessor."""
    item = instance.get(key)
    if item is not None and isinstance(item.value, str) and accessor_fault(item.value):
        _bad_accessor(start, instance, item, item.value, said.format(item.value))


def _bad_accessor(start: Start, instance: Instance, item: Property, text: str, said: str) -> None:
    message = f"`{text}` is no record accessor"
    refuse(start, instance, "bad-accessor", message, said, item)


def elasticsearch(start: Start, instance: Instance) -> None:
    """The operation that is asked for, the identity that it needs, and signatures."""
    operation = instance.get("write_operation")
    text = operation.value if operation is not None else "create"
    if isinstance(text, str):
        if text.lower() not in WRITE_OPERATIONS:
            refuse(
                start, instance, "bad-enum", f"`{text}` is no write operation",
                "wrong Write_Operation (should be one of index, create, update, upsert)",
                operation,
            )  # fmt: skip
        elif text.lower() in {"update", "upsert"} and not _identified(instance):
            keys = "Id_Key or Generate_Id"
            if instance.plugin.name == "opensearch":
                keys = keys.lower()
            refuse(
                start, instance, "required-option", f"`{text}` needs `Id_Key` or `Generate_Id`",
                f"{keys} must be set when Write_Operation update or upsert", operation,
                options=("Id_Key", "Generate_Id"),
            )  # fmt: skip
    prefix = instance.get("logstash_prefix_key")
    if prefix is not None and isinstance(prefix.value, str):
        # A dollar sign is put before a key that has none.
        text = f"${prefix.value.removeprefix('$')}"
        if accessor_fault(text):
            _bad_accessor(start, instance, prefix, text, "invalid logstash_prefix_key pattern")
    signed = instance.text("aws_auth")
    if isinstance(signed, str) and values.boolean(signed) and instance.get("aws_region") is None:
        start.fatal(
            "required-option", "`AWS_Auth` needs `AWS_Region`",
            "aws_auth enabled but aws_region not set", section=instance.section,
            options=("AWS_Region",),
        )  # fmt: skip


def _identified(instance: Instance) -> bool:
    made = instance.text("generate_id")
    if made is not None and (not isinstance(made, str) or values.boolean(made)):
        return True
    return instance.get("id_key") is not None


def loki(start: Start, instance: Instance) -> None:
    """Labels and the words of a few options, in the order of the program."""
    _labels(start, instance, "structured_metadata")
    said = "invalid structured metadata map key, the name must start with '$'"
    _label_keys(start, instance, "structured_metadata_map_keys", said)
    _labels(start, instance, "labels")
    said = "invalid label key, the name must start with '$'"
    _label_keys(start, instance, "label_keys", said)
    if start.new:
        key = "tenant_id_key_error_handling"
        one_of(start, instance, key, TENANT_ERRORS, f"invalid '{key}' value: {{}}")
    if not start.old:
        said = "invalid 'drop_single_key' value: {}"
        one_of(start, instance, "drop_single_key", DROP_SINGLE_KEY, said)
    formats = frozenset({"json", "key_value"})
    one_of(start, instance, "line_format", formats, "invalid 'line_format' value: {}")


def _labels(start: Start, instance: Instance, key: str) -> None:
    item = instance.get(key)
    if item is None or not isinstance(item.value, str):
        return
    for word in values.split(item.value, separator=","):
        label = word.strip(" ")
        if not label:
            continue
        if label.startswith("$"):
            if not _label_key(start, instance, item, label):
                break
            continue
        value = label.partition("=")[2]
        if not value:
            refuse(
                start, instance, "bad-label", f"`{label}` is no label: write `name=value`",
                f"invalid key value pair on '{label}'", item,
            )  # fmt: skip
            break
        if value.startswith("$") and accessor_fault(value):
            _bad_accessor(start, instance, item, value, "")
            break


def _label_keys(start: Start, instance: Instance, key: str, said: str) -> None:
    item = instance.get(key)
    if item is None or not isinstance(item.value, str):
        return
    for word in values.split(item.value, separator=","):
        label = word.strip(" ")
        if label and not label.startswith("$"):
            message = f"`{label}` does not begin with `$`"
            refuse(start, instance, "bad-label", message, said, item)
            break
        if label and not _label_key(start, instance, item, label):
            break


def _label_key(start: Start, instance: Instance, item: Property, label: str) -> bool:
    """Whether a label that is itself a record accessor is accepted."""
    if label[1:2].isdigit() and label.isascii():
        refuse(
            start, instance, "bad-label", f"the key of `{label}` begins with a digit",
            f"key name for record accessor cannot start with a number: {label}", item,
        )  # fmt: skip
        return False
    if accessor_fault(label):
        _bad_accessor(start, instance, item, label, "")
        return False
    return True


def splunk(start: Start, instance: Instance) -> None:
    """Sizes and record accessors, then the token."""
    size = instance.get("http_buffer_size")
    text = size.value if size is not None else ""
    if isinstance(text, str) and text and values.size(text, start.version) is None:
        message = f"`{text}` is no size"
        refuse(start, instance, "bad-size", message, "invalid 'buffer_size' value", size)
    event = instance.get("event_key")
    if event is not None and isinstance(event.value, str) and not event.value.startswith("$"):
        refuse(
            start, instance, "bad-accessor", f"`{event.value}` does not begin with `$`",
            "invalid event_key pattern, it must start with '$'", event,
        )  # fmt: skip
    for key, name in EVENT_KEYS.items():
        said = f"cannot create record accessor for {name} pattern: "
        accessor(start, instance, key, said)
    needs(start, instance)


def file(start: Start, instance: Instance) -> None:
    """The format: JSON is called `out_file` here."""
    one_of(start, instance, "format", FILE_FORMATS, "unknown format {}. abort.")


def http(start: Start, instance: Instance) -> None:
    """The keys of a record that are sent as they stand, and the proxy."""
    body, headers = instance.get("body_key"), instance.get("headers_key")
    if (body is None) != (headers is None):
        given, other = ("body_key", "headers_key") if headers is None else (
            "headers_key", "body_key",
        )  # fmt: skip
        refuse(
            start, instance, "required-option", f"`{given}` needs `{other}`",
            f"when setting {given}, {other} is also required", body or headers, options=(other,),
        )  # fmt: skip
    elif body is not None:
        accessor(start, instance, "body_key", "failed to allocate body record accessor")
        accessor(start, instance, "headers_key", "failed to allocate headers record accessor")
    proxy(start, instance)


def proxy(start: Start, instance: Instance) -> None:
    """An address that has no protocol is no proxy."""
    item = instance.get("proxy")
    if item is None or not isinstance(item.value, str) or item.value.find("://") > 0:
        return
    refuse(
        start, instance, "bad-enum", f"`{item.value}` is no proxy: write `http://host:port`",
        f"could not parse proxy parameter: '{item.value}'", item,
    )  # fmt: skip


def labels(start: Start, instance: Instance) -> None:
    """Labels that are added: each is a name and a value."""
    for item in instance.properties:
        if item.lower != "add_label" or not isinstance(item.value, str):
            continue
        if len(item.value.split(None, 1)) < 2:
            refuse(
                start, instance, "bad-label", f"`{item.value}` is no label: write `name value`",
                "'add_label' expects a key and a value, e.g: 'add_label version 1.8.0'", item,
            )  # fmt: skip
            return


def opentelemetry(start: Start, instance: Instance) -> None:
    """Labels, the proxy and the compression."""
    labels(start, instance)
    proxy(start, instance)
    if not start.old:
        one_of(start, instance, "compress", COMPRESSIONS, "Unknown compression method {}")


def datadog(start: Start, instance: Instance) -> None:
    """The proxy, then the key."""
    proxy(start, instance)
    needs(start, instance)


CHECKS: dict[str, Callable[[Start, Instance], None]] = {
    "datadog": datadog,
    "es": elasticsearch,
    "file": file,
    "loki": loki,
    "opensearch": elasticsearch,
    "opentelemetry": opentelemetry,
    "prometheus_exporter": labels,
    "prometheus_remote_write": labels,
    "splunk": splunk,
    **dict.fromkeys(NEEDED.keys() - {"datadog", "splunk"}, needs),
}
