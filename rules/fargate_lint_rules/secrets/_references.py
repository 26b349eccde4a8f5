"""What `valueFrom` refers to: a secret of Secrets Manager or a parameter of Systems Manager."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path

LISTS: tuple[Path, ...] = (("secrets",), ("logConfiguration", "secretOptions"))
ARN = re.compile(
    r"arn:aws[a-z-]*:(?P<service>[^:]*):(?P<region>[^:]*):(?P<account>[^:]*):(?P<resource>.*)"
)
REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
# Names of Parameter Store; a version or label may follow.
PARAMETER = re.compile(r"[A-Za-z0-9_./-]+(?::[A-Za-z0-9_.-]+)?")
# The beginnings of what other tools write for a reference.
PREFIX = re.compile(
    r"(?:secretsmanager|ssm|secret|parameter|vault|sm|aws):|https?://", re.IGNORECASE
)


class Reference:
    """One `valueFrom`. `kind` is `secret`, `parameter`, `name` (a parameter by its name), "" for
    what ECS can't look up, or `example` for what stands there until somebody fills it in.

    `parts` are what follows a secret's name: JSON key, version stage, version id.
    """

    __slots__ = ("account", "container", "kind", "name", "parts", "path", "region", "text")

    def __init__(self, container: Container, path: Path, name: str, text: str) -> None:
        self.container = container
        self.path = path
        self.name = name
        self.text = text
        self.region = self.account = ""
        self.parts: list[str] = []
        match = ARN.fullmatch(text)
        if match is not None:
            self.kind = self._of_arn(match)
        elif PREFIX.match(text) or text.startswith("arn:"):
            self.kind = "example" if "..." in text else ""
        elif PARAMETER.fullmatch(text):
            self.kind = "name"
        else:
            self.kind = "" if text != text.strip() else "example"

    def _of_arn(self, match: re.Match[str]) -> str:
        self.region, self.account = match["region"], match["account"]
        resource = match["resource"]
        if "..." in self.text or not self._is_filled_in():
            return "example"
        if not REGION.fullmatch(self.region) or len(self.account) != 12:
            return ""
        kind, _, rest = resource.partition(":")
        if match["service"] == "secretsmanager" and kind == "secret" and rest:
            self.parts = rest.split(":")[1:]
            return "secret"
        if match["service"] == "ssm" and resource.startswith("parameter/"):
            return "parameter" if resource != "parameter/" else ""
        return ""

    def _is_filled_in(self) -> bool:
        """Whether neither region nor account are words for a reader."""
        plain = self.region == self.region.lower() and "_" not in self.region
        return plain and self.region != "region" and (not self.account or self.account.isdecimal())


def references(container: Container) -> Iterator[Reference]:
    """What the secrets of a container and of its log driver refer to, as far as it can be known."""
    for at in LISTS:
        if at[0] not in container.value:
            continue
        for index, item in container.objects(*at):
            text, name = item.get("valueFrom"), item.get("name")
            if isinstance(text, str) and text:
                path = (*at, index, "valueFrom")
                yield Reference(container, path, name if isinstance(name, str) else "", text)
