"""ACME's deployment files: `{"deploy": {SERVICE: {"task": TASK_DEFINITION}}}`."""

from __future__ import annotations

from fargate_lint.ecs.definition import Definition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.document import Document


def definitions(document: Document) -> list[Definition]:
    """The task definitions in a deployment file; empty for any other file."""
    deploy = document.value.get("deploy") if isinstance(document.value, dict) else None
    services = deploy if isinstance(deploy, dict) else {}
    return [
        Definition(
            document,
            service["task"],
            anchors={(): (document, ("deploy", name, "task"))},
            kind="deployment",
            address=name,
        )
        for name, service in services.items()
        if isinstance(service, dict) and isinstance(service.get("task"), dict)
    ]
