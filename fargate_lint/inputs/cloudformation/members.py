"""How CloudFormation names and types the members of a task definition.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html
"""

from __future__ import annotations

from fargate_lint.ecs.shape import ROOT, Structure
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Path

    #: A Python type, and what is inside of a value of it (see `fargate_lint.ecs.shape`).
    Type = tuple[Any, Any]

#: Members whose name isn't the API's with a capital letter.
IRREGULAR = {
    ("EFSVolumeConfiguration", "fileSystemId"): "FilesystemId",
    ("EFSAuthorizationConfig", "iam"): "IAM",
    ("ProxyConfiguration", "properties"): "ProxyConfigurationProperties",
    ("Volume", "efsVolumeConfiguration"): "EFSVolumeConfiguration",
    (
        "Volume",
        "fsxWindowsFileServerVolumeConfiguration",
    ): "FSxWindowsFileServerVolumeConfiguration",
    ("Volume", "s3filesVolumeConfiguration"): "S3FilesVolumeConfiguration",
}
#: Booleans of YAML 1.1, which CloudFormation reads, that are strings in 1.2.
BOOLEANS = {
    spelling: value
    for word, value in (("yes", "true"), ("on", "true"), ("no", "false"), ("off", "false"))
    for spelling in (word, word.capitalize(), word.upper())
}

_api: dict[str, dict[str, str]] = {}


def name(structure: Structure, member: str) -> str:
    """A member of the API as CloudFormation names it."""
    found = IRREGULAR.get((structure.name, member))
    return found or member[:1].upper() + member[1:]


def member(structure: Structure, written: str) -> str:
    """A name of CloudFormation as the API has it; any other name as it is."""
    names = _api.get(structure.name)
    if names is None:
        names = _api[structure.name] = {name(structure, each): each for each in structure.members}
    return names.get(written, written)


def spelled(path: Path) -> str | int:
    """The last step of a canonical path, as CloudFormation names it."""
    inner: Any = ROOT
    for step in path[:-1]:
        if isinstance(inner, Structure):
            found = inner.members.get(str(step))
            inner = found[1] if found else None
        else:
            inner = inner[1] if isinstance(inner, tuple) and len(inner) == 2 else None
    last = path[-1]
    return name(inner, last) if isinstance(inner, Structure) and isinstance(last, str) else last


def coerced(value: Any, expected: type | None, *, plain: bool) -> Any:
    """A scalar as the type that is due, which CloudFormation makes of it where it can.

    `plain` says that it stands in YAML without quotes.
    """
    if expected is str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        return BOOLEANS.get(value, value) if plain and isinstance(value, str) else value
    if isinstance(value, str):
        text = value.strip()
        if expected is int and len(text) < 20 and text.removeprefix("-").isdecimal():
            return int(text)
        if expected is bool:
            word = BOOLEANS.get(value, value) if plain else value
            return {"true": True, "false": False}.get(word.lower(), value)
    if expected is int and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def literal(value: Any) -> Any:
    """What CloudFormation takes for a text, although others put values of their own for it.

    `${X}` and `$X` mean something only in `Fn::Sub`. What other programs may fill in before
    CloudFormation sees it stays unknown, as do its own dynamic references: `{{resolve:…}}`.
    """
    if (
        type(value) is Unknown
        and value.text
        and not any(mark in value.text for mark in ("{{", "{%", "<", "#{", "__", "%"))
    ):
        return value.text
    return value
