"""Which of the images that we know a reference means, and the Fluent Bit in it."""

from __future__ import annotations

from functools import lru_cache

from fargate_lint.data import images as known
from fargate_lint.ecs.image import Image
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import MARKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.data.private import Tables
    from fargate_lint.ecs.task import Container
    from fargate_lint.source.unknown import Unknown

AWS_TAG = lazily(
    r"(?:(?:amd64|arm64)-)?(?:(?P<prefix>init-debug|init|debug)-)?"
    r"(?P<version>latest|stable|2|3|[0-9]+\.[0-9]+\.[0-9]+(?:\.[0-9]{8})?)"
)
UPSTREAM_TAG = lazily(r"(?:[a-z0-9_]+-)?(?P<version>[0-9]+\.[0-9]+(?:\.[0-9]+)?)(?:-debug|-rc\d+)?")
WINDOWS_TAG = lazily(r"windows|servercore|ltsc")
LATEST = frozenset({"latest", "latest-debug", "debug-latest", "init-latest", "init-debug-latest"})
# A slip is so many letters wrong, missing or too many; in shorter names it may be another name.
SLIP = 2
SLIP_FROM = 8


class RouterImage:
    """A log router's image. `kind` is `aws` (AWS for Fluent Bit), `upstream` (Fluent Bit's own),
    `fluentd`, `agent` (al-agent) or "" when it is none that we know.

    `version` is the version of Fluent Bit in it, and `table` the version whose option tables
    describe it; each is "" when that can't be told from the tag. `tables` have private images.
    """

    __slots__ = ("image", "init", "kind", "moving", "private", "table", "tag_known", "version")

    def __init__(self, reference: str | Unknown, tables: Tables | None = None) -> None:
        self.image = Image.of(reference)
        self.kind = kind_of(self.image, tables)
        self.version = ""
        self.init = False
        #: The tag is one that is given to newer and newer builds.
        self.moving = False
        #: The tag has the form that this repository's tags have, or can't be known.
        self.tag_known = True
        if self.image.certain or (self.image.tag and not MARKS.search(self.image.tag)):
            self._read_tag()
        alias = tables.alias(self.image) if tables is not None else None
        #: A team's own, which may hold more than the published one.
        self.private = alias is not None
        if alias is not None and alias.fluent_bit:
            self.version = alias.fluent_bit
            self.moving, self.tag_known = is_latest(self.image), True
        self.table = table_of(self.version)

    def _read_tag(self) -> None:
        tag = self.image.tag
        if not tag and self.image.digest:
            return
        tag = tag or "latest"
        if self.kind == "aws":
            match = AWS_TAG.fullmatch(tag)
            if match is None:
                self.tag_known = WINDOWS_TAG.search(tag) is not None
                return
            self.init = (match["prefix"] or "").startswith("init")
            self.moving = match["version"] in known.AWS_MOVING
            self.version = known.AWS_MOVING.get(match["version"]) or _aws_version(match["version"])
        elif self.kind == "upstream":
            match = UPSTREAM_TAG.fullmatch(tag)
            self.moving = tag in LATEST or tag.count(".") == 1
            if match is not None:
                self.version = match["version"]
            else:
                self.tag_known = tag in LATEST or WINDOWS_TAG.search(tag) is not None


def image_of(container: Container) -> RouterImage:
    """The image of a container, as the one of a log router."""
    return RouterImage(container.text("image") or "", container.task.tables)


def kind_of(image: Image, tables: Tables | None = None) -> str:
    """`aws`, `upstream`, `fluentd`, `agent`, or "" for an image that is none of these.

    `tables` tell what is in private images. Any other mirror in a private registry keeps the last
    part of the name, and is taken for what it is called; a misspelled public image is taken for
    what it should be.
    """
    alias = tables.alias(image) if tables is not None else None
    if alias is not None:
        return alias.kind
    name = image.name
    if name == "al-agent-container":
        return "agent"
    if name == "aws-for-fluent-bit":
        return "aws"
    if image.repository.endswith("fluent/fluent-bit"):
        return "upstream"
    if name == "fluentd":
        return "fluentd"
    meant = _meant(image.registry, image.repository)
    return meant[1] if meant else ""


def is_published(image: Image) -> bool:
    """Whether this is a published image itself, not a copy that somebody keeps and tags."""
    if image.private_ecr is not None:
        return (
            image.private_ecr[0] == known.AWS_ACCOUNT and image.repository == "aws-for-fluent-bit"
        )
    return image.repository in known.PUBLISHED.get(image.registry, ())


def is_latest(image: Image) -> bool:
    """Whether the reference follows `latest`, by name or by default; False when pinned."""
    if image.digest or MARKS.search(image.tag):
        return False
    return image.tag in LATEST if image.tag else image.certain


def correct(image: Image, tables: Tables | None = None) -> str:
    """What a misspelled reference to a published image should be, "" when it isn't misspelled.

    Only names that nobody else can have are judged: in a private registry any name may be right,
    and so are those of private images in `tables`.
    """
    if tables is not None and tables.alias(image) is not None:
        return ""
    meant = _meant(image.registry, image.repository)
    return meant[0] if meant else ""


@lru_cache(maxsize=512)
def _meant(registry: str, repository: str) -> tuple[str, str] | None:
    """The published reference that was meant, and its kind."""
    if repository in known.PUBLISHED.get(registry, ()) or repository != repository.lower():
        return None
    if registry.startswith(known.AWS_ACCOUNT):
        if repository != "aws-for-fluent-bit" and _near(repository, "aws-for-fluent-bit"):
            return f"{registry}/aws-for-fluent-bit", "aws"
        return None
    lost = registry == "docker.io" or (registry not in known.PUBLISHED and _is_ecr(registry))
    for home in (registry, known.ECR_PUBLIC) if lost else (registry,):
        for right, kind in known.PUBLISHED.get(home, {}).items():
            if _is_slip(repository, right, moved=home != registry):
                return known.SOURCES.get(kind, f"{home}/{right}".removeprefix("docker.io/")), kind
    return None


def _is_ecr(registry: str) -> bool:
    return registry.startswith("public.ecr.") or _near(registry, known.ECR_PUBLIC)


def _is_slip(written: str, right: str, *, moved: bool) -> bool:
    """Whether a repository is a published one but for a slip (or for its registry, if `moved`)."""
    space, _, name = right.partition("/")
    written_space, slash, written_name = written.partition("/")
    if "/" in written_name:
        return False
    if not slash or written_space == "library":
        # Official images are Docker's, and ECR Public has no repository without a namespace.
        return _near(written_name if slash else written_space, name)
    if not _near(written_space, space) or (written == right and not moved):
        return False
    return _near(written_name, name) or (space == "alertlogic" and _is_agent(written_name))


def _is_agent(name: str) -> bool:
    return "agent" in name and "log" not in name


def _near(written: str, right: str) -> bool:
    """Whether a name is another one but for hyphens, or for a slip at one place in it."""
    if written == right or _letters(written) == _letters(right):
        return True
    longest = max(len(written), len(right))
    if longest > 2 * len(right) or len(right) < SLIP_FROM:
        return False
    start = next(at for at in range(longest) if written[at : at + 1] != right[at : at + 1])
    end = 0
    rest, right_rest = written[start:], right[start:]
    while rest[-1 - end :][:1] == right_rest[-1 - end :][:1] and end < min(
        len(rest), len(right_rest)
    ):
        end += 1
    return max(len(rest), len(right_rest)) - end <= SLIP


def _letters(name: str) -> str:
    return name.replace("-", "").replace("_", "")


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
