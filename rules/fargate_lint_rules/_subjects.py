"""Subjects of findings (see `fargate_lint.lint.resolve`) that are no places of a file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch.sections import Section
    from fargate_lint.source.document import Path

#: Where the logs of containers go. Below it are the paths of the containers.
ROUTES: Path = ("routes",)
#: How many inputs and outputs there are, on which it hangs whether an output needs a `Match`.
INSTANCES: Path = ("instances",)


#: The mounts of containers, which a member that isn't read as one may be.
MOUNTS: Path = ("mounts",)


#: Whether the task has a log router.
ROUTER: Path = ("log router",)
#: Whether containers log through FireLens. Below it are the paths of the containers.
FIRELENS: Path = ("firelens",)


def member_of(name: str) -> Path:
    """A member, wherever in the definition it was meant to be."""
    return ("member", name)


def routes_of(container: Container) -> Path:
    """Where the logs of one container go."""
    return (*ROUTES, *container.path)


def firelens_of(container: Container) -> Path:
    """Whether one container logs through FireLens."""
    return (*FIRELENS, *container.path)


def option_of(section: Section, key: str) -> list[Path]:
    """An option of a section, whether it is there or not; [] when the section has no place."""
    origin = section.origin
    return [] if origin is None or origin.path is None else [(*origin.path, key.lower())]


def property_of(key: str) -> Path:
    """A property of some plugin on the router's command line, which may be the one or the other."""
    return ("property", key.lower())
