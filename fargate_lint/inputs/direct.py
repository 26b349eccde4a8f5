"""Task definitions as RegisterTaskDefinition takes them, or parts of one, in JSON and YAML."""

from __future__ import annotations

from fargate_lint.ecs.definition import Definition
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Document, Path

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
CONTAINERS = ("containerDefinitions",)
FRAGMENT_MEMBERS = frozenset({"firelensConfiguration", "logConfiguration"})
AGENT_REPOSITORY = "al-agent-container"


def definitions(document: Document) -> list[Definition]:
    """The task definitions in a document, in order; empty when it holds none.

    These are the input of RegisterTaskDefinition, the output of `describe-task-definition` with and
    without its wrapper, lists of either, an array of container definitions, one container
    definition, and a pasted `logConfiguration` or `firelensConfiguration`.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """
    value = document.value
    if isinstance(value, dict):
        return _from_object(document, value, ())
    if isinstance(value, list):
        return _from_array(document, value)
    return []


def _from_object(document: Document, value: dict[str, Any], path: Path) -> list[Definition]:
    if "containerDefinitions" in value or ("family" in value and TASK_MEMBERS & value.keys()):
        return [_whole(document, path, value)]
    inner = value.get("taskDefinition")
    if isinstance(inner, dict) and "containerDefinitions" in inner:
        at = (*path, "taskDefinition")
        return [_whole(document, at, inner, wrapper=at)]
    many = value.get("taskDefinitions")
    if isinstance(many, list):
        around = (*path, "taskDefinitions")
        return [
            _whole(document, (*around, index), item, wrapper=around)
            for index, item in enumerate(many)
            if isinstance(item, dict) and "containerDefinitions" in item
        ]
    data = value.get("data")
    if isinstance(data, dict) and "taskDefinition" in data:
        return _from_object(document, data, (*path, "data"))
    if is_container(value):
        return [_part(document, "container", [value], (*CONTAINERS, 0), path)]
    if (
        value
        and value.keys() <= FRAGMENT_MEMBERS
        and all(isinstance(v, dict) for v in value.values())
    ):
        return [_part(document, "fragment", [value], (*CONTAINERS, 0), path)]
    return []


def _from_array(document: Document, value: list[Any]) -> list[Definition]:
    objects = [(index, item) for index, item in enumerate(value) if isinstance(item, dict)]
    if any("containerDefinitions" in item or "taskDefinition" in item for _, item in objects):
        found = []
        for index, item in objects:
            found += _from_object(document, item, (index,))
        return found
    named = all("image" in item or "name" in item for _, item in objects)
    if named and any(is_container(item) for _, item in objects):
        items = [item if isinstance(item, dict) else Unknown() for item in value]
        return [_part(document, "containers", items, CONTAINERS, ())]
    return []


def _whole(
    document: Document, path: Path, value: dict[str, Any], *, wrapper: Path = ()
) -> Definition:
    return Definition(document, value, anchors={(): (document, path)}, wrapper=wrapper)


def _part(
    document: Document, scope: str, containers: list[Any], anchor: Path, path: Path
) -> Definition:
    return Definition(
        document,
        {"containerDefinitions": containers},
        anchors={(): (document, ()), anchor: (document, path)},
        scope=scope,
    )


def is_container(value: dict[str, Any]) -> bool:
    """Whether an object is an ECS container definition, to judge by its members."""
    image = value.get("image")
    if FOREIGN_MEMBERS & value.keys() or not isinstance(image, (str, Unknown)):
        return False
    if AGENT_REPOSITORY in (image if isinstance(image, str) else image.text):
        return True
    return "name" in value and bool(CONTAINER_MEMBERS & value.keys())
