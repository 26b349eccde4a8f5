from __future__ import annotations

import re

from fargate_lint.ecs.shape import SKELETON
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip, is_excerpt, is_partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

VALID = re.compile(r"[A-Za-z0-9_-]{1,255}")


class VolumeName(Rule):
    """A volume has no name, one that another volume has too, or one with letters ECS doesn't take.

    ## Why it matters
    Containers mount a volume by its name, so it needs one of its own: up to 255 letters, digits,
    hyphens and underscores. ECS refuses anything else.

    ## Example
    ```json bad base=plain
    {"volumes": [{"name": "web data"}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "web data", "containerPath": "/data"}]}]}
    ```
    ```json fixed base=plain
    {"volumes": [{"name": "web-data"}],
     "containerDefinitions": [{"name": "web", "mountPoints": [
       {"sourceVolume": "web-data", "containerPath": "/data"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html
    """

    code = "ECS311"
    name = "volume-name"
    severity = "error"
    members = ("volumes",)

    def check_task(self, task: Task) -> None:
        if not task.value.get("volumes") or is_excerpt(task):
            return
        seen: dict[str, int] = {}
        for index, volume in task.objects("volumes"):
            name = volume.get("name")
            if name is None or name == "":
                if not is_partial(task, "volumes", index):
                    self.report(
                        task,
                        f"volume {index + 1} has no name",
                        at=("volumes", index),
                        help='add "name", by which containers mount it',
                    )
            elif isinstance(name, str):
                if name in seen and name not in SKELETON:
                    self.report(
                        task,
                        f"two volumes are called `{clip(name)}`",
                        at=("volumes", index, "name"),
                        related=[(task, ("volumes", seen[name], "name"), "the other one")],
                        help="rename or remove one of them",
                    )
                elif not VALID.fullmatch(name):
                    self.report(
                        task,
                        f"the volume name `{clip(name)}` has letters that ECS doesn't take"
                        if len(name) < 256
                        else f"the volume name has {len(name)} letters, and ECS takes 255",
                        at=("volumes", index, "name"),
                        help=f'write "{clip(_valid(name), 64)}", also where it is mounted',
                    )
                seen.setdefault(name, index)


def _valid(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:255] or "data"
