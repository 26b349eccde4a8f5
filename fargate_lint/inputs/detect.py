"""What a document is that holds no task definition."""

from __future__ import annotations

import os
import re

from fargate_lint.source.document import Document, Fault
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# Scripts of shells, Makefiles, and what has no suffix.
SCRIPTS = frozenset({"", ".bash", ".bat", ".cmd", ".ksh", ".mk", ".ps1", ".sh", ".zsh"})
# What the top of a Fluent Bit configuration in YAML may have, and what tells its `service`.
# https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
FLUENT_BIT_MEMBERS = frozenset({
    "customs", "env", "includes", "multiline_parsers", "parsers", "pipeline", "plugins", "service",
    "stream_processor", "upstream_servers",
})  # fmt: skip
SERVICE_MEMBERS = frozenset({
    "coro_stack_size", "flush", "grace", "hot_reload", "http_port", "http_server", "log_level",
    "parsers_file", "plugins_file", "streams_file",
})  # fmt: skip
# What other programs' configurations begin with or have in a line, and whose it is then.
OTHER_TEXTS = (
    (lazily(r"^\[(?:Unit|Install|Timer|Mount|Socket)\]", re.MULTILINE), "a unit of systemd"),
    (lazily(r"^[ \t]*<(?:source|match|filter)[ >]", re.MULTILINE), "a Fluentd configuration"),
    (
        lazily(r"^[ \t]*(?:server|http|upstream[ \t]+\S+)[ \t]*\{", re.MULTILINE),
        "an nginx configuration",
    ),
    (lazily(r"^\[(?:program:|supervisord\])", re.MULTILINE), "a supervisord configuration"),
    (
        lazily(r"^[ \t]*(?:input|filter|output)[ \t]*\{", re.MULTILINE),
        "a Logstash configuration",
    ),
    (lazily(r"^[ \t]*\[[^\]\n]+\][ \t\r]*$", re.MULTILINE), "an INI file"),
)


def is_fluent_bit(document: Document) -> bool:
    """Whether a document is a configuration of Fluent Bit, or a file that one includes or names."""
    if document.syntax == "classic":
        return True
    return document.syntax == "yaml" and _is_fluent_bit_yaml(document.value)


def _is_fluent_bit_yaml(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    pipeline = value.get("pipeline")
    if isinstance(pipeline, dict):
        return any(
            isinstance(pipeline.get(kind), list) for kind in ("inputs", "filters", "outputs")
        )
    if not value.keys() <= FLUENT_BIT_MEMBERS:
        return False
    service = value.get("service")
    if isinstance(service, dict):
        return any(str(key).lower() in SERVICE_MEMBERS for key in service)
    parsers = [*_objects(value.get("parsers")), *_objects(value.get("multiline_parsers"))]
    return any("name" in item and ("format" in item or "rules" in item) for item in parsers)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def script(name: str, data: bytes) -> Document | None:
    """A script that calls `aws ecs`, to judge by its name and its text, as a document."""
    suffix = os.path.splitext(name)[1].lower()
    if suffix in SCRIPTS and b"aws ecs " in data and data.lstrip()[:1] not in {b"{", b"["}:
        return Document(name, "script", data.decode("utf-8", "replace"))
    return None


def say_other(name: str, documents: list[Document]) -> None:
    """Note as a fault that a file is nothing that is checked, and what it seems to be instead."""
    first = documents[0]
    if not any(fault.fatal for fault in first.faults):
        message = f"`{name}` holds no task definition: it seems to be {other(first)}"
        if first.syntax == "text" and name.endswith(".conf"):
            message = f"`{name}` is no Fluent Bit configuration: it seems to be {other(first)}"
        first.faults = [Fault("other", message, 0, 0, fatal=True)]


def other(document: Document) -> str:
    """A few words for what a document without a task definition seems to be."""
    value = document.value
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0]
    if not isinstance(value, dict):
        if document.syntax in {"json", "yaml"}:
            return f"a {document.syntax.upper()} file"
        found = (words for look, words in OTHER_TEXTS if look.search(document.text))
        return next(found, "text")
    names = value.keys()
    if "Resources" in names or "AWSTemplateFormatVersion" in names:
        return "a CloudFormation template"
    if "ContainerDefinitions" in names:
        return "a task definition with CloudFormation's member names"
    if "Statement" in names:
        return "an IAM policy"
    if "apiVersion" in names and "kind" in names:
        return "a Kubernetes manifest"
    if "services" in names and ("version" in names or "networks" in names or "volumes" in names):
        return "a Compose file"
    if "serviceName" in names or "serviceArn" in names:
        return "a service definition"
    if "tasks" in names or "taskArn" in names:
        return "a description of running tasks"
    return f"a {document.syntax.upper()} file of another kind"
