"""References to container images, taken apart."""

from __future__ import annotations

from functools import lru_cache

from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.unknown import Unknown

PRIVATE_ECR = lazily(
    r"(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)"
)
DOCKER_HUB = "docker.io"


class Image:
    """`registry/repository:tag@digest`. What the file leaves open is "".

    `registry` is `docker.io` for Docker Hub under any of its names. `certain` is False when a part
    of the reference is a template or a placeholder; then only the known parts are filled in.
    https://docs.docker.com/reference/cli/docker/image/tag/
    """

    __slots__ = ("certain", "digest", "registry", "repository", "tag", "text")

    def __init__(self, reference: str | Unknown) -> None:
        # People write `IMAGE_PLACEHOLDER` for what a pipeline puts there.
        self.certain = isinstance(reference, str) and "placeholder" not in reference.lower()
        self.text = text = reference if isinstance(reference, str) else reference.text
        rest, _, self.digest = text.partition("@")
        head, slash, name = rest.rpartition("/")
        name, _, self.tag = name.partition(":")
        rest = head + slash + name
        first, slash, path = rest.partition("/")
        if slash and ("." in first or ":" in first or first == "localhost" or first[:1] in "$<{#%"):
            self.registry, self.repository = first, path
        else:
            self.registry, self.repository = DOCKER_HUB, rest
        if self.registry in {"index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"}:
            self.registry = DOCKER_HUB
        if self.registry == DOCKER_HUB and "/" not in self.repository:
            self.repository = "library/" + self.repository

    @staticmethod
    @lru_cache(maxsize=64)
    def of(reference: str | Unknown) -> Image:
        """A reference taken apart, once for all who ask."""
        return Image(reference)

    @property
    def name(self) -> str:
        """The last part of the repository's name."""
        return self.repository.rpartition("/")[2]

    @property
    def private_ecr(self) -> tuple[str, str] | None:
        """Account and region of a private ECR registry, None for any other registry."""
        match = PRIVATE_ECR.fullmatch(self.registry)
        return (match[1], match[2]) if match else None

    def __repr__(self) -> str:
        return f"Image({self.text!r})"
