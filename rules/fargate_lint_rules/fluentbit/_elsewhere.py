"""Which problems of a launch are told by rules about the words of the task definition itself.

One mistake is one finding: what such a rule says is nearer to the mistake than what Fluent Bit
makes of it in the end.
"""

from __future__ import annotations

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.launch.arguments import IN_CONFIG
from fargate_lint.source.unknown import MARKS, text_of
from fargate_lint_rules.firelens.awslogs_option_in_firelens import belongs_to_driver
from fargate_lint_rules.launcher._agent import configured_elsewhere, to_agent
from fargate_lint_rules.launcher.mem_buf_limit_misspelled import LIKE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.launch.problem import Problem
    from fargate_lint.source.document import Path

WORDS = frozenset({"command", "entryPoint"})
OPTIONS = ("logConfiguration", "options")
MATCHES = frozenset({"match", "match_regex"})
INCLUDED = ("firelensConfiguration", "options", "config-file-value")


def container_of(launch: Launch, path: Path | None) -> Container | None:
    """The container in which a path lies."""
    for container in launch.task.containers:
        if path is not None and path[: len(container.path)] == container.path:
            return container
    return None


def option_of(launch: Launch, problem: Problem) -> tuple[Container, str] | None:
    """The container and the log option that a problem comes from, None when it is none."""
    path = problem.origin.path if problem.origin is not None else None
    container = container_of(launch, path)
    if container is None or path is None:
        return None
    below = path[len(container.path) :]
    if below[:2] != OPTIONS or len(below) < 3:
        return None
    return container, str(below[2])


def is_word(launch: Launch, problem: Problem) -> bool:
    """Whether a problem comes from a word of the router's command."""
    router = launch.router
    path = problem.origin.path if problem.origin is not None else None
    if router is None or path is None:
        return False
    start = len(router.path)
    return path[:start] == router.path and len(path) > start and path[start] in WORDS


def told(launch: Launch, problem: Problem) -> bool:
    """Whether another rule tells of the mistake that is behind a problem."""
    if launch.sidecars.router_image.kind == "fluentd" or _includes_itself(launch):
        return True
    if problem.entry is not None and _is_open(problem.entry.key):
        return True
    if problem.kind == "logs-unrouted":
        # Without any output of its own the launcher lacks more than this.
        lacking = launch.arguments is not None and not launch.line.of("OUTPUT")
        narrow = not configured_elsewhere(launch) and bool(to_agent(launch))
        return lacking or narrow or _matches_itself(launch, problem) or _without_launcher(launch)
    if is_word(launch, problem):
        return launch.arguments is not None and _told_of_word(launch, problem)
    return any(
        test(launch, problem) for kinds, test in OF_OPTIONS if not kinds or problem.kind in kinds
    )


def _is_open(key: str) -> bool:
    """Whether a template or an ellipsis stands where a key belongs."""
    return MARKS.search(key) is not None or key.endswith(("...", "\u2026"))


def _includes_itself(launch: Launch) -> bool:
    """Whether FireLens is told to include the file that it writes."""
    path = launch.task.router and launch.task.router.get(*INCLUDED)
    return path == IN_CONFIG


def _told_of_word(launch: Launch, problem: Problem) -> bool:
    arguments = launch.arguments
    if arguments is None or arguments.faults:
        # Words that are not where they belong mean something else to Fluent Bit.
        return True
    return any(test(launch, problem) for kinds, test in OF_WORDS if problem.kind in kinds)


def _always(launch: Launch, problem: Problem) -> bool:
    del launch, problem
    return True


def _buffer_limit(launch: Launch, problem: Problem) -> bool:
    del launch
    return problem.entry is not None and LIKE.fullmatch(problem.entry.key) is not None


def _of_agent(launch: Launch, problem: Problem) -> bool:
    """Whether a problem is one of the output to the agent, in a key that has a rule of its own."""
    entry = problem.entry
    return (
        entry is not None
        and entry.key.lower() in {"port", "retry_limit", "syslog_format"}
        and any(output.section is problem.section for output in to_agent(launch))
    )


def _go_plugin(launch: Launch, problem: Problem) -> bool:
    """Whether an AWS Go plugin is missing where the rules about `-e` or the image tell so."""
    name = problem.entry.text.lower() if problem.entry is not None else ""
    arguments = launch.arguments
    upstream = launch.sidecars.router_image.kind == "upstream"
    return name in GO_PLUGINS and (upstream or (arguments is not None and arguments.certain))


def _of_driver(launch: Launch, problem: Problem) -> bool:
    """Whether it comes from options of another log driver."""
    found = option_of(launch, problem)
    if found is not None:
        return belongs_to_driver(*found)
    return False


def _not_converted(launch: Launch, problem: Problem) -> bool:
    """Whether an option is missing that is there without a value, or as `awslogs` calls it."""
    section = problem.section
    path = section.origin.path if section is not None and section.origin is not None else None
    container = container_of(launch, path)
    if container is None or path != (*container.path, "logConfiguration"):
        return False
    whole = (*container.path, *OPTIONS)
    partial = container.lens.partial
    if any(whole[: len(gap)] == gap for gap in partial):
        return True
    return any(
        key.startswith("awslogs-") or MARKS.search(key) or value == ""
        for key, value in container.options.items()
    )


def _without_launcher(launch: Launch) -> bool:
    """Whether the launcher isn't started though its volume is there: it would bring an output."""
    agent, router = launch.sidecars.agent, launch.router
    return (
        launch.arguments is None
        and agent is not None
        and router is not None
        and any(
            volume.get("sourceContainer") == agent.name
            for _, volume in router.objects("volumesFrom")
        )
    )


def _own_match(launch: Launch, problem: Problem) -> bool:
    """Whether it comes from a `Match` among the log options."""
    found = option_of(launch, problem)
    return found is not None and found[1].lower() in MATCHES


def _of_router(launch: Launch, problem: Problem) -> bool:
    """Whether it is about the output of a router that logs to itself."""
    path = problem.origin.path if problem.origin is not None else None
    return launch.router is not None and container_of(launch, path) is launch.router


def _matches_itself(launch: Launch, problem: Problem) -> bool:
    """Whether the container that a problem is about has a `Match` among its log options."""
    path = problem.origin.path if problem.origin is not None else None
    container = container_of(launch, path)
    return container is not None and any(key.lower() in MATCHES for key in container.options)


def _caps(launch: Launch, problem: Problem) -> bool:
    del launch
    return problem.entry is not None and text_of(problem.entry.key).lower() == "scheduler.cap"


if TYPE_CHECKING:
    Test = Callable[[Launch, Problem], bool]

#: Kinds of problems, and whether a problem of such a kind is told of elsewhere.
OF_WORDS: tuple[tuple[frozenset[str], Test], ...] = (
    (frozenset({"dropped-property", "orphan-property"}), _always),
    (frozenset({"filter-without-match", "output-without-match"}), _always),
    (frozenset({"bad-size", "unknown-option"}), _buffer_limit),
    (frozenset({"bad-enum", "bad-number", "bad-retry-limit"}), _of_agent),
    (frozenset({"scheduler-cap"}), _caps),
    (frozenset({"unknown-plugin"}), _go_plugin),
)
#: The same for what comes from log options; no kinds stand for all.
OF_OPTIONS: tuple[tuple[frozenset[str], Test], ...] = (
    (frozenset(), _of_driver),
    (frozenset({"exclusive-options", "required-option"}), _not_converted),
    (frozenset({"duplicate-option", "match-without-tag"}), _own_match),
    (frozenset({"match-without-tag"}), _of_router),
    (frozenset({"unknown-plugin"}), _go_plugin),
)
