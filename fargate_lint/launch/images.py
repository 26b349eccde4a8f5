"""Which of the images that we know a reference means, and the Fluent Bit in it."""

from __future__ import annotations

import re

from fargate_lint.data import images as known
from fargate_lint.ecs.image import Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.unknown import Unknown

AWS_TAG = re.compile(
    r"(?:(?P<prefix>init-debug|init|debug)-)?(?P<version>latest|stable|2|3|\d+\.\d+\.\d+(?:\.\d{8})?)"
)
UPSTREAM_TAG = re.compile(r"(?P<version>\d+\.\d+(?:\.\d+)?)(?:-debug)?")


class RouterImage:
    """A log router's image. `kind` is `aws` (AWS for Fluent Bit), `upstream` (Fluent Bit's own),
    `fluentd`, `agent` (al-agent) or "" when it is none that we know.

    `version` is the version of Fluent Bit in it, and `table` the version whose option tables
    describe it; each is "" when that can't be told from the tag.
    """

    __slots__ = ("image", "init", "kind", "moving", "table", "tag_known", "version")

    def __init__(self, reference: str | Unknown) -> None:
        self.image = Image(reference)
        self.kind = kind_of(self.image)
        self.version = ""
        self.init = False
        self.moving = False
        #: The tag has the form that this repository's tags have.
        self.tag_known = True
        if self.image.certain or self.image.tag:
            self._read_tag()
        self.table = table_of(self.version)

    def _read_tag(self) -> None:
        tag = self.image.tag
        if not tag and self.image.digest:
            return
        tag = tag or "latest"
        if self.kind == "aws":
            match = AWS_TAG.fullmatch(tag)
            if match is None:
                self.tag_known = "windowsservercore" in tag
                return
            self.init = (match["prefix"] or "").startswith("init")
            self.moving = match["version"] in known.AWS_MOVING
            self.version = known.AWS_MOVING.get(match["version"]) or _aws_version(match["version"])
        elif self.kind == "upstream":
            match = UPSTREAM_TAG.fullmatch(tag)
            self.moving = tag in {"latest", "latest-debug"} or tag.count(".") == 1
            if match is not None:
                self.version = match["version"]
            else:
                self.tag_known = self.moving or tag.startswith("windows")


def kind_of(image: Image) -> str:
    """`aws`, `upstream`, `fluentd`, `agent`, or "" for an image that is none of these.

    A mirror in a private registry keeps the last part of the name, and is taken for what it is
    called.
    """
    name = image.name
    if name == "al-agent-container":
        return "agent"
    if name == "aws-for-fluent-bit":
        return "aws"
    if name == "fluent-bit" or image.repository in known.UPSTREAM_REPOSITORIES:
        return "upstream" if image.repository.endswith("fluent/fluent-bit") else ""
    if name == "fluentd":
        return "fluentd"
    return ""


def table_of(version: str) -> str:
    """The version whose option tables describe a version of Fluent Bit, "" when there is none."""
    first_two = numbers(version)[:2]
    return next((table for pair, table in known.TABLES.items() if pair == first_two), "")


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, () for none."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _aws_version(version: str) -> str:
    wanted = numbers(version)[:3]
    if wanted[0] == 2:
        return known.AWS_2 if wanted >= known.AWS_2_FROM else ""
    for lowest, fluent_bit in known.AWS_3:
        if wanted >= lowest and wanted[0] == 3:
            return fluent_bit
    return ""
