"""What `valueFrom` refers to: a secret of Secrets Manager or a parameter of Systems Manager."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path

LISTS: tuple[Path, ...] = (("secrets",), ("logConfiguration", "secretOptions"))
# The beginnings of what other tools write for a reference, in small letters.
PREFIXES = (
    "secretsmanager:", "ssm:", "secret:", "parameter:", "vault:", "sm:", "aws:", "http://", "https://",
)  # fmt: skip
#: What names of Parameter Store have beside letters and digits.
MARKS = "_./-"


class Reference:
    """One `valueFrom`. `kind` is `secret`, `parameter`, `name` (a parameter by its name), "" for
    what ECS can't look up, or `example` for what stands there until somebody fills it in.

    `parts` are what follows a secret's name: JSON key, version stage, version id.
    """

    __slots__ = (
        "account", "container", "kind", "name", "parts", "path", "region", "resource", "service",
        "text",
    )  # fmt: skip

    def __init__(self, container: Container, path: Path, name: str, text: str) -> None:
        self.container = container
        self.path = path
        self.name = name
        self.text = text
        #: The parts of an ARN, "" of anything else.
        self.service = self.region = self.account = self.resource = ""
        self.parts: list[str] = []
        parts = text.split(":", 5)
        if len(parts) == 6 and parts[0] == "arn" and parts[1].startswith("aws"):
            self.kind = self._of_arn(*parts[2:])
        elif text.startswith("arn:") or text.lower().startswith(PREFIXES):
            self.kind = "example" if "..." in text else ""
        elif is_parameter(text):
            self.kind = "name"
        else:
            self.kind = "" if text != text.strip() else "example"

    def _of_arn(self, service: str, region: str, account: str, resource: str) -> str:
        self.service, self.region, self.account, self.resource = service, region, account, resource
        if "..." in self.text or not self._is_filled_in():
            return "example"
        if not is_region(region) or len(account) != 12:
            return ""
        kind, _, rest = resource.partition(":")
        if service == "secretsmanager" and kind == "secret" and rest:
            self.parts = rest.split(":")[1:]
            return "secret"
        if service == "ssm" and resource.startswith("parameter/"):
            return "parameter" if resource != "parameter/" else ""
        return ""

    def _is_filled_in(self) -> bool:
        """Whether neither region nor account are words for a reader."""
        plain = self.region == self.region.lower() and "_" not in self.region
        return plain and self.region != "region" and (not self.account or self.account.isdecimal())


def is_region(text: str) -> bool:
    """Whether this is the name of a region, such as `us-east-1`."""
    parts = text.split("-")
    return len(parts) > 2 and len(parts[0]) == 2 and parts[-1].isdecimal() and parts[1].isalpha()


def is_parameter(text: str) -> bool:
    """Whether a parameter can have this name; a version or a label may follow a colon."""
    name, colon, version = text.partition(":")
    return _is_plain(name, MARKS) and (not colon or _is_plain(version, "_.-"))


def _is_plain(text: str, others: str) -> bool:
    """Whether a text has letters and digits of ASCII only, and these other characters."""
    letters = text
    for other in others:
        letters = letters.replace(other, "")
    return bool(text) and (not letters or (letters.isascii() and letters.isalnum()))


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
