"""The environment variables of the log router's container."""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.ecs.task import Container

# What ECS puts into every container of a Fargate task.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html
INJECTED = {
    name: Unknown(f"${{{name}}}")
    for name in (
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
        "AWS_REGION", "ECS_AGENT_URI", "ECS_CONTAINER_METADATA_URI",
        "ECS_CONTAINER_METADATA_URI_V4", "HOME", "HOSTNAME", "PATH",
    )
}  # fmt: skip


def environment(router: Container, containers: Iterable[Container]) -> dict[str, str | Unknown]:
    """The variables that Fluent Bit can see in a task of these containers, by name.

    Values of secrets are unknown. FireLens hands over each container's secret log options as a
    variable of the router.
    """
    found: dict[str, str | Unknown] = dict(INJECTED)
    found.update({name: value for name, (value, _) in router.environment.items()})
    found.update({name: Unknown(f"${{{name}}}") for name in router.secrets})
    for index, container in enumerate(containers):
        for _, item in container.objects("logConfiguration", "secretOptions"):
            found[f"{text_of(item.get('name'))}_{index}"] = Unknown()
    return found


def is_whole(router: Container) -> bool:
    """Whether the definition shows every variable that the router gets from it."""
    return (
        not router.get("environmentFiles")
        and isinstance(router.get("environment"), (list, type(None)))
        and isinstance(router.get("secrets"), (list, type(None)))
    )
