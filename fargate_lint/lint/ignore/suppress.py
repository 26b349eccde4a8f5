"""Leaving out findings that the configuration accepts, and judging whether it still should."""

from __future__ import annotations

from fargate_lint.lint.ignore import jsonpath
from fargate_lint.lint.ignore.ignore import file_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.lint.finding import Finding, Place
    from fargate_lint.lint.ignore.comments import Inline
    from fargate_lint.lint.ignore.ignore import Ignore
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.settings import Settings
    from fargate_lint.source.document import Document, Path

# A finding about our own failure stays: the exit status hangs on it.
ALWAYS_SHOWN = "broken-rule"


def suppress(
    findings: list[Finding],
    document: Document,
    settings: Settings,
    registry: Registry,
    ignored: set[int],
    inline: Sequence[Inline] = (),
) -> list[Finding]:
    """The findings about a document that neither the configuration nor the file itself accepts.

    Adds to `ignored` the indices of the settings' `ignores` that accepted something, and marks
    those of `inline` that did. With `show_suppressed` all findings stay, and say why they needn't.
    """
    locked = settings.locked_rules(registry)
    relative = settings.relative(document.name)
    in_file = ignored_in(document, settings, registry)
    # Duplicates count as used, since none of them is worth a finding of its own.
    places = [
        (index, registry.names(ignore.rule), _Paths(ignore.path))
        for index, ignore in enumerate(settings.ignores)
        if not ignore.expired and not ignore.wrong and ignore.covers(relative)
    ]
    beside = [
        (ignore, registry.names(ignore.rule))
        for ignore in inline
        if not ignore.expired and not ignore.wrong
    ]
    kept = []
    for finding in findings:
        rule = finding.rule.name
        if rule == ALWAYS_SHOWN or rule in locked:
            kept.append(finding)
            continue
        accepting = [
            index for index, rules, paths in places if rule in rules and paths.hold(finding.place)
        ]
        ignored.update(accepting)
        reasons = [
            (settings.ignores[index].kind, settings.ignores[index].reason) for index in accepting
        ]
        for ignore, rules in beside:
            if rule in rules and ignore.accepts(finding):
                ignore.used = True
                reasons.append((ignore.kind, ignore.reason))
        if rule in in_file:
            reasons.append(("configuration", "per-file-ignores"))
        if reasons and settings.show_suppressed:
            finding.suppression = reasons[0]
        if not reasons or settings.show_suppressed:
            kept.append(finding)
    return kept


def ignored_in(document: Document, settings: Settings, registry: Registry) -> set[str]:
    """The names of the rules that `per-file-ignores` leave out in a file."""
    relative = settings.relative(document.name)
    return {
        name
        for glob, selectors in settings.per_file_ignores.items()
        if file_pattern(glob).match(relative)
        for selector in selectors
        for name in registry.names(selector)
    }


def judge(
    ignores: Iterable[Ignore], registry: Registry, names: Collection[str], *, whole: bool
) -> None:
    """Decide which `[[ignore]]` entries are unused, once files were checked under them.

    `names` are those of the rules that were in force; `whole` says that these were all files of the
    configuration's folder.
    """
    for ignore in ignores:
        ignore.judge(whole=whole)
        ignore.unused = ignore.unused and not ignore.wrong
        # A rule that this run left out can't have needed it.
        ignore.unused = ignore.unused and not registry.names(ignore.rule).isdisjoint(names)


def judge_inline(ignores: Iterable[Inline], registry: Registry, names: Collection[str]) -> None:
    """Decide which suppressions in a file are unused, once it was checked."""
    for ignore in ignores:
        if not (ignore.wrong or ignore.expired or ignore.used):
            # A rule that this run left out can't have needed it.
            ignore.unused = not registry.names(ignore.rule).isdisjoint(names)


class _Paths:
    """The places that a JSONPath leads to, found when they are first asked for.

    It starts at the root of the file, or at any task definition in it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[Definition | Document, list[Path]] = {}

    def hold(self, place: Place) -> bool:
        """Whether a place is one of these, or below one."""
        if not self._text:
            return True
        return self._below(place.lens, place.path) or self._below(*place.lens.locate(place.path))

    def _below(self, lens: Definition | Document, path: Path) -> bool:
        found = self._found.get(lens)
        if found is None:
            parsed = jsonpath.compiled(self._text)
            found = self._found[lens] = jsonpath.matches(parsed, jsonpath.plain(lens.value))
        return any(path[: len(start)] == start for start in found)
