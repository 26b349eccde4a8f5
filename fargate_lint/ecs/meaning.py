"""What a member that the API doesn't have was probably meant to be."""

from __future__ import annotations

from fargate_lint.data import ecs_shape as table
from fargate_lint.source.similar import similar

#: What Compose, Kubernetes and other tools call a member, in the API's words.
FOREIGN = {
    "args": "command",
    "cmd": "command",
    "containers": "containerDefinitions",
    "env": "environment",
    "envfile": "environmentFiles",
    "envfrom": "environmentFiles",
    "environmentvariables": "environment",
    "executionrole": "executionRoleArn",
    "labels": "dockerLabels",
    "logging": "logConfiguration",
    "memlimit": "memory",
    "memreservation": "memoryReservation",
    "ports": "portMappings",
    "readonly": "readonlyRootFilesystem",
    "restart": "restartPolicy",
    "taskrole": "taskRoleArn",
    "tty": "pseudoTerminal",
    "volumemounts": "mountPoints",
    "workdir": "workingDirectory",
}
# Structures whose other half is an object with any names, where strays usually belong.
WITH_OPTIONS = frozenset({"FirelensConfiguration", "LogConfiguration"})
COMMENT_MARKS = ("_", "$", "#", "//", "@")
COMMENTS = frozenset({"comment", "comments", "description", "note", "notes"})
# Names that so many structures have say nothing about where they belong.
COMMON = 2


class Meaning:
    """What an unknown member means.

    `kind` is `spelling` (the same structure calls it `name`), `place` (it belongs to `owner`),
    `service` (it belongs to a service or a run of a task), `comment` (a note to readers), or "".
    """

    __slots__ = ("kind", "name", "owner")

    def __init__(self, key: str, structure: str) -> None:
        self.kind = ""
        self.name = ""
        self.owner = ""
        members = table.STRUCTURES[structure]
        folded = _fold(key)
        same = next((name for name in members if name.lower() == folded), "")
        if same:
            self.kind, self.name = "spelling", same
        elif key.startswith(COMMENT_MARKS) or folded in COMMENTS:
            self.kind = "comment"
        elif key in table.OF_SERVICES:
            self.kind = "service"
        elif FOREIGN.get(folded) in members:
            self.kind, self.name = "spelling", FOREIGN[folded]
        else:
            self._search(key, folded, structure)

    def _search(self, key: str, folded: str, structure: str) -> None:
        """Looks for the structure that has such a member, then for a member with a similar name."""
        owners = [
            (other, name)
            for other, names in table.STRUCTURES.items()
            for name in names
            if name.lower() == folded
        ]
        homes = [home for home in owners if home[0] in {table.ROOT, "ContainerDefinition"}]
        if homes or 0 < len(owners) <= COMMON:
            owner, self.name = (homes or owners)[0]
            self.kind, self.owner = "place", _words(owner)
            return
        near = {name.lower(): name for name in table.STRUCTURES[structure]}
        close = similar(folded, near, 0.72)
        if close:
            self.kind, self.name = "spelling", near[close]
        elif structure in WITH_OPTIONS:
            self.kind, self.name, self.owner = "place", key, "`options`"


def _fold(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _words(structure: str) -> str:
    if structure == table.ROOT:
        return "the task"
    if structure == "ContainerDefinition":
        return "a container"
    for members in table.STRUCTURES.values():
        for name, kind in members.items():
            if kind.strip("[]{}") == structure:
                return f"`{name}`"
    return structure
