"""Clues of a log about a start that failed, or that went on in spite of a fault."""

from __future__ import annotations

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.diagnose import weights
from fargate_lint.diagnose.destinations import Destinations
from fargate_lint.diagnose.evidence import Clue
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.tally import Sighting

# A section that an image brought in 2025-09; no user writes it by mistake.
# https://github.com/aws/aws-for-fluent-bit/issues/1002
IMAGE_SECTIONS = frozenset({"env"})
#: Where the image keeps its own configurations.
IMAGE_FOLDERS = ("/fluent-bit/configs/", "/fluent-bit/parsers/", "/ecs/")
#: Faults of a value that a variable should have given.
VALUE_CAUSES = frozenset({
    "config-syntax-error", "destination-host-unresolvable", "option-value-invalid",
    "required-option-missing", "unknown-option",
})  # fmt: skip


def clues(case: Case) -> Iterator[Clue]:
    """The clues of the lines of a start."""
    tally = case.tally
    where = Destinations(case)
    fatal = sorted(
        tally.all("start"), key=lambda one: (one.first if one.first is not None else 0, one.order)
    )
    closing = tally.all("closing")
    unset = tally.named("env-unset", "env-file-missing")
    ended = bool(closing) or not tally.started
    first = ""
    for sighting in fatal:
        if where.foreign(sighting):
            continue
        cause, note = _meaning(case, sighting)
        first = first or cause
        weight = weights.START_FAULT if cause == first else weights.START_LATER_FAULT
        if not ended:
            weight = weights.START_WENT_ON
        if where.unsigned(sighting):
            weight = weights.UNSIGNED
        if unset and cause in VALUE_CAUSES:
            weight += weights.START_VALUE_WITHOUT_VARIABLE
        yield Clue(cause, weight, [case.of_line(sighting.lines[0])], note)
    explained = bool(fatal)
    values_failed = any(sighting.signature.cause in VALUE_CAUSES for sighting in fatal)
    for sighting in tally.all("warning"):
        cause = sighting.signature.cause
        weight = weights.START_WARNINGS.get(cause, weights.START_WARNING)
        if sighting in unset and (values_failed or (closing and not fatal)):
            weight = weights.START_VARIABLE
        if sighting.signature.id == "filter-no-match" and tally.named("engine-init-failed"):
            weight = weights.START_FAULT
        explained = explained or weight >= weights.START_FAULT
        yield Clue(cause, weight, [case.of_line(sighting.lines[0])], sighting.signature.means)
    if not explained:
        yield from _closings(case, closing)
        for sighting in tally.named("permission-socket"):
            if "forward" in sighting.lines[0].text or "fluent.sock" in sighting.lines[0].text:
                line = [case.of_line(sighting.lines[0])]
                yield Clue("firelens-user-not-root", weights.START_SOCKET_DENIED, line)
    for sighting in tally.all("crash"):
        line = [case.of_line(sighting.lines[0])]
        if where.foreign(sighting):
            yield Clue("application-exited", weights.CRASH_OF_APPLICATION, line)
            continue
        if where.unsigned(sighting) and "fluent-bit" not in sighting.lines[0].text:
            yield Clue("fluent-bit-crash", weights.CRASH_OF_ROUTER_PERHAPS, line)
            yield Clue("application-exited", weights.CRASH_OF_APPLICATION_PERHAPS, line)
            continue
        yield Clue("fluent-bit-crash", weights.CRASH, line)
        if any(launch.sidecars.router_image.moving for launch in case.launches):
            yield Clue("image-regression", weights.CRASH_OF_MOVING_IMAGE, line)


def _meaning(case: Case, sighting: Sighting) -> tuple[str, str]:
    """The cause that a fatal line names, and a sentence about it."""
    name, groups = sighting.signature.id, sighting.groups
    cause, note = sighting.signature.cause, sighting.signature.means
    if name in {"unknown-plugin", "plugin-unknown-old"} and groups.get("name") in GO_PLUGINS:
        cause = "go-plugin-not-loaded"
        note = f"`{groups['name']}` is a Go plug-in: it exists only when `-e` has loaded it."
    elif name == "unknown-property":
        note = f"`{groups.get('plugin')}` has no option `{groups.get('key')}` in this version."
    elif name == "property-set-twice":
        note = f"`{groups.get('key')}` of `{groups.get('plugin')}` may be given once."
    elif name == "missing-name" and (
        groups.get("section") in IMAGE_SECTIONS or _file_of_image(case)
    ):
        cause = "image-regression"
        note = (
            f"The section `{groups.get('section')}` stands in a file of the image itself, which"
            " worked before: the tag has moved to another build."
        )
    elif name == "bind-failed" and case.tally.named("unix-listen-19"):
        cause = "firelens-user-not-root"
    return cause, note


def _file_of_image(case: Case) -> bool:
    """Whether the router's image can change, and its configuration is a file of the image."""
    return any(
        launch.sidecars.router_image.moving
        and launch.router is not None
        and text_of(
            launch.router.get("firelensConfiguration", "options", "config-file-value")
        ).startswith(IMAGE_FOLDERS)
        for launch in case.launches
    )


def _closings(case: Case, closing: list[Sighting]) -> Iterator[Clue]:
    """The clues of closing lines whose reason is not in the log."""
    for sighting in closing:
        name = sighting.signature.id
        line = [case.of_line(sighting.lines[0])]
        note = sighting.signature.means
        if name == "config-errors-generic":
            file, syntax = weights.START_FILE_MISSING_UNNAMED, weights.START_SYNTAX_ERROR
            if _includes(case):
                file, syntax = weights.START_FILE_MISSING, weights.START_SYNTAX_ERROR_IN_FILE
            yield Clue("config-file-missing", file, line, note)
            yield Clue("config-syntax-error", syntax, line, note)
        elif name == "storage-creation-failed":
            yield Clue("storage-unusable", weights.START_STORAGE, line, note)
        elif name == "dead-input":
            denied = case.tally.named("permission-socket", "unix-listen-42")
            cause = "firelens-user-not-root" if denied else "port-already-in-use"
            yield Clue(cause, weights.START_DEAD_INPUT, line, note)
        elif name == "go-init-failed":
            yield Clue("required-option-missing", weights.START_GO_PLUGIN, line, note)
        else:
            yield Clue("option-value-invalid", weights.START_REFUSED, line, note)


def _includes(case: Case) -> bool:
    """Whether a definition names a configuration file."""
    return any(
        launch.router is not None
        and launch.router.get("firelensConfiguration", "options", "config-file-value") is not None
        for launch in case.launches
    )
