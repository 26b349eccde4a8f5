"""The regions that a task definition speaks of."""

from __future__ import annotations

import re

from fargate_lint.ecs.image import Image
from fargate_lint.source.once import once
from fargate_lint_rules.ecs._options import PATH, known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from fargate_lint.ecs.task import Node, Task
    from fargate_lint.source.document import Path

    class Clue(NamedTuple):
        """A region, what speaks of it (`task`, `secret`, `awslogs`, `ecr`), and where."""

        region: str
        kind: str
        node: Node
        path: Path
else:
    from collections import namedtuple

    Clue = namedtuple("Clue", "region kind node path")

REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")


def agreed(found: list[Clue], *kinds: str) -> Clue | None:
    """The first clue of some kinds, when all of these kinds name the same region."""
    of_kind = [clue for clue in found if clue.kind in kinds]
    return of_kind[0] if len({clue.region for clue in of_kind}) == 1 else None


@once
def clues(task: Task) -> list[Clue]:
    """Everything in a task that says in which region it runs."""
    found: list[Clue] = []
    arn = task.value.get("taskDefinitionArn")
    if isinstance(arn, str):
        _add(found, _of_arn(arn), "task", task, ("taskDefinitionArn",))
    for container in task.containers:
        if container.driver == "awslogs":
            region = known(container, "awslogs-region")
            _add(found, region, "awslogs", container, (*PATH, "awslogs-region"))
        image = container.value.get("image")
        if isinstance(image, str) and ".ecr" in image:
            registry = Image.of(image).private_ecr
            _add(found, registry[1] if registry else "", "ecr", container, ("image",))
        for index, item in container.objects("secrets"):
            source = item.get("valueFrom")
            if isinstance(source, str) and source[:4] == "arn:":
                _add(found, _of_arn(source), "secret", container, ("secrets", index, "valueFrom"))
    return found


def _of_arn(arn: str) -> str:
    parts = arn.split(":", 4)
    return parts[3] if len(parts) > 4 else ""


def _add(found: list[Clue], region: str, kind: str, node: Node, path: Path) -> None:
    if region and REGION.fullmatch(region):
        found.append(Clue(region, kind, node, path))
