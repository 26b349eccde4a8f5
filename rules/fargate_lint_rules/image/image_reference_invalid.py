from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

LONGEST = 255
LONGEST_TAG = 128
HEXADECIMAL = frozenset("0123456789abcdef")
#: What may stand between the letters and digits of a name.
JOINTS = "._-"
#: What joins the parts of a reference.
JOINTS_OF_REFERENCES = frozenset("/:@")
#: Joints that don't stand next to each other.
CLASHES = ("..", "._", "_.", ".-", "-.", "-_", "_-", "___")
#: What most references are made of, and what may be wrong all the same.
USUAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789./:-_")
UNUSUAL = (
    *CLASHES,
    "//",
    "/.",
    "./",
    "/-",
    "-/",
    "/_",
    "_/",
    "/:",
    ":/",
    ":.",
    ":-",
    "-:",
    ".:",
    "_:",
)
#: Marks of a template that isn't filled in.
BLANKS = frozenset("()[]{}<>$%*#")


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
    outranks = ("known-image-unknown-tag",)

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
    if _is_usual(text):
        return None
    stripped = text.strip()
    if stripped != text:
        remedy = f'write "{stripped}"' if stripped else "name an image"
        return "has a blank before or after it", remedy
    scheme, mark, rest = text.partition("://")
    if mark and scheme.isalpha():
        return f"begins with `{scheme}://`", f'write "{rest}"'
    if any(letter.isspace() for letter in text):
        return _blank(text)
    name, at, digest = text.partition("@")
    if at and not _is_digest(digest):
        return _digest(digest)
    if len(name) > LONGEST:
        return f"is named with {len(name)} characters", f"use {LONGEST} characters at most"
    head, slash, last = name.rpartition("/")
    last, colon, tag = last.partition(":")
    if colon and not _is_tag(tag):
        return _tag(name, tag)
    return _path(head + slash + last)


def _blank(text: str) -> tuple[str, str] | None:
    """What to say of a blank inside; None where words for a reader are to be replaced."""
    first, _, rest = text.partition(" ")
    joined = first + rest
    if " " in rest or not BLANKS.isdisjoint(text) or not _is_usual(joined):
        return None
    if first[-1:] in JOINTS_OF_REFERENCES or rest[:1] in JOINTS_OF_REFERENCES:
        return "has a blank in it", f'write "{joined}"'
    # "the registry/image" are words, "registry/image 1.4.2" is a reference.
    if "/" in first and rest[:1].isdigit() and ":" not in joined:
        return "has a blank in it", f'write "{first}:{rest}"'
    return None


def _is_usual(text: str) -> bool:
    """A quick look: True only when nothing is wrong."""
    return (
        USUAL.issuperset(text)
        and len(text) <= LONGEST_TAG
        and text.count(":") <= 1
        and text[0].isalnum()
        and text[-1].isalnum()
        and not any(pair in text for pair in UNUSUAL)
    )


def _tag(name: str, tag: str) -> tuple[str, str] | None:
    if not tag:
        return "ends in `:`, without a tag", f'write "{name}1.0.0" with the tag that you mean'
    if not BLANKS.isdisjoint(tag):
        return None
    return f"has `{clip(tag)}` for a tag", "write letters, digits, `_`, `.` and `-`, 128 at most"


def _path(name: str) -> tuple[str, str] | None:
    parts = name.split("/")
    if len(parts) > 1 and ("." in parts[0] or ":" in parts[0] or parts[0] == "localhost"):
        host, _, port = parts[0].partition(":")
        plain = _only(host, JOINTS) and (not port or port.isdecimal())
        if not plain and not parts[0].startswith("[") and BLANKS.isdisjoint(parts[0]):
            return (
                f"has `{clip(parts[0])}` for a registry",
                "write a host name, perhaps with a port",
            )
        parts = parts[1:]
    for part in parts:
        if _is_part(part) or _is_blank(part):
            continue
        if not part:
            return "has an empty part between slashes", "remove the slash"
        lower = part.lower()
        if _is_part(lower):
            return (
                f"has capital letters in `{clip(part)}`",
                f'write "{lower}": repositories are in small letters',
            )
        if not BLANKS.isdisjoint(part):
            # Some template that isn't filled in.
            return None
        return (
            f"has `{clip(part)}` in it, which is no part of a repository's name",
            "write small letters and digits, joined by `.`, `_`, `__` or `-`",
        )
    return None


def _digest(digest: str) -> tuple[str, str] | None:
    algorithm, colon, value = digest.partition(":")
    if _is_digest(digest.lower()):
        return "has capital letters in its digest", f'write "@{digest.lower()}"'
    if _is_blank(value or algorithm):
        return None
    if algorithm != "sha256" or not colon:
        return f"has `{clip(digest)}` for a digest", "write sha256: and 64 hexadecimal digits"
    return (
        f"has a digest of {len(value)} characters, not 64 hexadecimal digits",
        "write the whole digest, as `aws ecr describe-images` prints it",
    )


def _is_digest(text: str) -> bool:
    value = text.removeprefix("sha256:")
    return value != text and len(value) == 64 and HEXADECIMAL.issuperset(value)


def _is_part(text: str) -> bool:
    """Whether this is a part of a repository's name between slashes."""
    return (
        _only(text, JOINTS)
        and text == text.lower()
        and text[0] not in JOINTS
        and text[-1] not in JOINTS
        and not any(clash in text for clash in CLASHES)
    )


def _is_tag(text: str) -> bool:
    return len(text) <= LONGEST_TAG and _only(text, JOINTS) and text[0] not in ".-"


def _is_blank(text: str) -> bool:
    """Whether this is in capitals: scripts replace such words before anybody reads them."""
    return _only(text, JOINTS) and text.isupper()


def _only(text: str, others: str) -> bool:
    """Whether a text has letters and digits of ASCII only, and these other characters."""
    for other in others:
        text = text.replace(other, "")
    return text.isascii() and text.isalnum()
