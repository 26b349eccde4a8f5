"""What a document is: which task definitions it holds, or what else it seems to be."""

from __future__ import annotations

import os
import re

from fargate_lint.ecs.task import Task
from fargate_lint.source.document import Document, Fault
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Path

# Members that tell an ECS container definition from a container of Kubernetes or Compose.
CONTAINER_MEMBERS = frozenset({
    "cpu", "dependsOn", "dockerLabels", "entryPoint", "environmentFiles", "essential",
    "firelensConfiguration", "healthCheck", "linuxParameters", "logConfiguration", "memory",
    "memoryReservation", "mountPoints", "portMappings", "readonlyRootFilesystem",
    "repositoryCredentials", "secrets", "ulimits", "volumesFrom",
})  # fmt: skip
FOREIGN_MEMBERS = frozenset({
    "args", "env", "envFrom", "imagePullPolicy", "imageUri", "ports", "volumeMounts",
})  # fmt: skip
TASK_MEMBERS = frozenset({
    "executionRoleArn", "networkMode", "requiresCompatibilities", "runtimePlatform", "taskRoleArn",
})  # fmt: skip
FRAGMENT_MEMBERS = frozenset({"firelensConfiguration", "logConfiguration"})
# Scripts of shells, Makefiles, and what has no suffix.
SCRIPTS = frozenset({"", ".bash", ".bat", ".cmd", ".ksh", ".mk", ".ps1", ".sh", ".zsh"})
AGENT_REPOSITORY = "al-agent-container"
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


def tasks(document: Document) -> list[Task]:
    """The task definitions in a document, in order; empty when it holds none.

    Read are the input of RegisterTaskDefinition, the output of `describe-task-definition` with and
    without its wrapper, lists of either, an array of container definitions, one container
    definition, and a pasted `logConfiguration` or `firelensConfiguration`.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """
    return _tasks(document, document.value, ())


def _tasks(document: Document, value: Any, path: Path) -> list[Task]:
    if isinstance(value, dict):
        return _from_object(document, value, path)
    if isinstance(value, list):
        return _from_array(document, value, path)
    return []


def _from_object(document: Document, value: dict[str, Any], path: Path) -> list[Task]:
    if "containerDefinitions" in value or ("family" in value and TASK_MEMBERS & value.keys()):
        return [Task(document, path, value)]
    inner = value.get("taskDefinition")
    if isinstance(inner, dict) and "containerDefinitions" in inner:
        at = (*path, "taskDefinition")
        return [Task(document, at, inner, wrapper=at)]
    many = value.get("taskDefinitions")
    if isinstance(many, list):
        return [
            Task(
                document,
                (*path, "taskDefinitions", index),
                item,
                wrapper=(*path, "taskDefinitions"),
            )
            for index, item in enumerate(many)
            if isinstance(item, dict) and "containerDefinitions" in item
        ]
    data = value.get("data")
    if isinstance(data, dict) and "taskDefinition" in data:
        return _from_object(document, data, (*path, "data"))
    if is_container(value):
        return [_part(document, "container", [value], [path])]
    if (
        value
        and value.keys() <= FRAGMENT_MEMBERS
        and all(isinstance(v, dict) for v in value.values())
    ):
        return [_part(document, "fragment", [value], [path])]
    return []


def _from_array(document: Document, value: list[Any], path: Path) -> list[Task]:
    objects = [(index, item) for index, item in enumerate(value) if isinstance(item, dict)]
    if not objects:
        return []
    if any("containerDefinitions" in item or "taskDefinition" in item for _, item in objects):
        found = []
        for index, item in objects:
            found += _from_object(document, item, (*path, index))
        return found
    named = all("image" in item or "name" in item for _, item in objects)
    if named and any(is_container(item) for _, item in objects):
        if len(objects) == len(value):
            return [_part(document, "containers", value, [(*path, index) for index, _ in objects])]
        items = [item if isinstance(item, dict) else Unknown() for item in value]
        return [
            _part(document, "containers", items, [(*path, index) for index in range(len(items))])
        ]
    return []


def _part(document: Document, scope: str, containers: list[Any], paths: list[Path]) -> Task:
    return Task(
        document, (), {"containerDefinitions": containers}, scope=scope, container_paths=paths
    )


def is_container(value: dict[str, Any]) -> bool:
    """Whether an object is an ECS container definition, to judge by its members."""
    image = value.get("image")
    if FOREIGN_MEMBERS & value.keys() or not isinstance(image, (str, Unknown)):
        return False
    if AGENT_REPOSITORY in (image if isinstance(image, str) else image.text):
        return True
    return "name" in value and bool(CONTAINER_MEMBERS & value.keys())


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
    """A script that calls `aws ecs`, to judge by its name and its text, as a document of text."""
    suffix = os.path.splitext(name)[1].lower()
    if suffix in SCRIPTS and b"aws ecs " in data and data.lstrip()[:1] not in {b"{", b"["}:
        return Document(name, "text", data.decode("utf-8", "replace"))
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
