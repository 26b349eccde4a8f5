"""Services in a document: which revision of which task definition each of them runs."""

from __future__ import annotations

from fargate_lint.ecs.task import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NamedTuple

    from fargate_lint.source.document import Document, Path

    class Service(NamedTuple):
        """A service: its name, the task definition it names, and the path of that name.

        `revision` is None when only a family is named, which means its newest revision. `at` is
        the path of the description that names it: a service, or the input of a command.
        """

        name: str
        family: str
        revision: int | None
        path: Path
        at: Path
else:
    from collections import namedtuple

    Service = namedtuple("Service", "name family revision path at")


def services(document: Document) -> list[Service]:
    """The services of a document, in order; those that name no task definition are passed over.

    Read are the output of `describe-services`, `create-service` and `update-service`, and the
    input of the latter two, alone or in a list.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
    """
    value = document.value
    return [
        found
        for path, item in (
            [((index,), item) for index, item in enumerate(value)]
            if isinstance(value, list)
            else [((), value)]
        )
        for found in _services(item, path)
    ]


def _services(value: Any, path: Path) -> Iterator[Service]:
    if not isinstance(value, dict):
        return
    many = value.get("services")
    if isinstance(many, list):
        for index, item in enumerate(many):
            yield from _service(item, (*path, "services", index))
        return
    inner = value.get("service")
    if isinstance(inner, dict):
        yield from _service(inner, (*path, "service"))
    else:
        yield from _service(value, path)


def _service(value: Any, path: Path) -> Iterator[Service]:
    if not isinstance(value, dict):
        return
    reference = value.get("taskDefinition")
    name = value.get("serviceName", value.get("service"))
    if isinstance(reference, str) and reference:
        family, revision = split(reference)
        named = name if isinstance(name, str) else ""
        yield Service(named, family, revision, (*path, "taskDefinition"), path)


def running(document: Document, family: str) -> list[tuple[Service, Node]]:
    """The services that run a task definition of this family, with what is described of each.

    A definition without a family is taken for that of the only service.
    """
    found = services(document)
    if family:
        found = [service for service in found if service.family == family]
    elif len(found) > 1:
        return []
    return [(service, _node(document, service.at)) for service in found]


def _node(document: Document, path: Path) -> Node:
    value = document.value
    for step in path:
        value = value[step]
    return Node(document, path, value)


def split(reference: str) -> tuple[str, int | None]:
    """Family and revision of `family`, `family:revision`, or the ARN of a task definition."""
    rest = reference.rpartition("/")[2]
    family, _, number = rest.partition(":")
    plain = number.isascii() and number.isdecimal() and len(number) <= 18
    return family, int(number) if plain else None
