from __future__ import annotations

import re

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

LONGEST = 255
SCHEME = re.compile(r"[a-z]+://", re.IGNORECASE)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
PART = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*")
HOST = re.compile(r"[\w.-]+(?::\d+)?|\[[0-9a-fA-F:]+\](?::\d+)?", re.ASCII)
# What scripts put in the place of an image, to be replaced before anybody reads it.
BLANK = re.compile(r"[A-Z0-9_.-]*[A-Z][A-Z0-9_.-]*")


class ImageReferenceInvalid(Rule):
    """An image isn't named in a way in which an image can be named.

    ## Why it matters
    A reference is `registry/repository:tag` or `registry/repository@sha256:digest`: without
    `https://`, without blanks, the repository in small letters, the digest with 64 hexadecimal
    digits. Anything else can't be pulled: `CannotPullContainerError: invalid reference format`. A blank
    at the end, which a copy easily brings along, is enough.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web",
      "image": "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1.4.2"}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web",
      "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1.4.2"}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    - https://github.com/distribution/reference/blob/main/reference.go
    """

    code = "IMG204"
    name = "image-reference-invalid"
    severity = "error"

    def check_container(self, container: Container) -> None:
        text = container.value.get("image")
        if not isinstance(text, str) or not text:
            return
        found = fault(text)
        if found is not None:
            message, remedy = found
            self.report(
                container,
                f"the image of `{container.title}` {message}",
                at=("image",),
                help=remedy,
            )


def fault(text: str) -> tuple[str, str] | None:
    """What is wrong with a reference, and what to do about it; None when nothing is."""
    if text.strip() != text:
        stripped = text.strip()
        return (
            "has a blank before or after it",
            f'write "{stripped}"' if stripped else "name an image",
        )
    if SCHEME.match(text):
        rest = SCHEME.sub("", text, count=1)
        return f"begins with `{text[: len(text) - len(rest)]}`", f'write "{rest}"'
    if any(letter.isspace() for letter in text):
        # Words for a reader, not a slip of the keyboard.
        return None
    name, at, digest = text.partition("@")
    if at and not DIGEST.fullmatch(digest):
        return _digest(digest)
    if len(name) > LONGEST:
        return f"is named with {len(name)} characters", f"use {LONGEST} characters at most"
    head, slash, last = name.rpartition("/")
    last, colon, tag = last.partition(":")
    if colon and not TAG.fullmatch(tag):
        if BLANK.fullmatch(tag):
            return None
        return (
            (f"has `{clip(tag)}` for a tag", "write letters, digits, `_`, `.` and `-`, 128 at most")
            if tag
            else ("ends in `:`, without a tag", f'write "{name}1.0.0" with the tag that you mean')
        )
    return _path(head + slash + last)


def _path(name: str) -> tuple[str, str] | None:
    parts = name.split("/")
    if len(parts) > 1 and ("." in parts[0] or ":" in parts[0] or parts[0] == "localhost"):
        if not HOST.fullmatch(parts[0]):
            return (
                f"has `{clip(parts[0])}` for a registry",
                "write a host name, perhaps with a port",
            )
        parts = parts[1:]
    for part in parts:
        if PART.fullmatch(part) or BLANK.fullmatch(part):
            continue
        if not part:
            return "has an empty part between slashes", "remove the slash"
        lower = part.lower()
        if PART.fullmatch(lower):
            return (
                f"has capital letters in `{clip(part)}`",
                f'write "{lower}": repositories are in small letters',
            )
        strange = next((letter for letter in part if not (letter.isalnum() or letter in "._-")), "")
        if strange in set("()[]{}<>$%*#"):
            # Some template that isn't filled in.
            return None
        return (
            f"has `{clip(part)}` in it, which is no part of a repository's name",
            "write small letters and digits, joined by `.`, `_`, `__` or `-`",
        )
    return None


def _digest(digest: str) -> tuple[str, str] | None:
    algorithm, colon, value = digest.partition(":")
    if BLANK.fullmatch(value or algorithm):
        return None
    if algorithm != "sha256" or not colon:
        return f"has `{clip(digest)}` for a digest", "write sha256: and 64 hexadecimal digits"
    return (
        f"has a digest of {len(value)} characters, not 64 hexadecimal digits",
        "write the whole digest, as `aws ecr describe-images` prints it",
    )
