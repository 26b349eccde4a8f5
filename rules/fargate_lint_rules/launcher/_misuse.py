"""What the rules about misuse of the launcher's command line share."""

from __future__ import annotations

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint_rules._subjects import ROUTES, property_of
from fargate_lint_rules.launcher._agent import OF_PROPERTIES, properties

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.launch.arguments import Arguments, Misuse
    from fargate_lint.source.document import Path

#: Kinds of words that belong on the other side of `--`, and whether that is behind it.
MOVED = {"fluent-bit-before-dashes": True, "launcher-after-dashes": False}
#: Kinds of misuse of which it is certain what was meant.
CERTAIN = frozenset({"arity", "dashes-missing", "flag-confusion", "joined", "second-dashes"})


class MisuseRule(Rule):
    """A rule about some kinds of misuse of the launcher's command line."""

    #: Kinds of `fargate_lint.launch.launcher.Misuse`.
    kinds: frozenset[str] = frozenset()
    only_if_problems = True
    # What Fluent Bit makes of words that are not where they belong, or lacks because of it.
    outranks = ("FLB", "flb-stream-name-and-prefix", "no-output-configured", *OF_PROPERTIES)

    def check_launch(self, launch: Launch) -> None:
        """Report the words that the reader blames."""
        arguments, router = launch.arguments, launch.router
        if arguments is None or router is None:
            return
        for fault in arguments.faults:
            path = arguments.path(fault.index)
            if fault.kind in self.kinds:
                self.report(
                    router,
                    fault.message,
                    at=path,
                    help=fault.help,
                    subject=_subject(launch, router),
                    fix=_fix(router, arguments, fault),
                )


def _subject(launch: Launch, router: Container) -> Iterator[Path]:
    """All words of the command, the properties among them, and where logs go because of them."""
    yield from ((*router.path, key) for key in ("command", "entryPoint"))
    yield ROUTES
    yield from map(property_of, properties(launch))


def _fix(router: Container, arguments: Arguments, fault: Misuse) -> Fix | None:
    """The fix that writes the words that were meant, where each has a place of its own."""
    if fault.kind in MOVED:
        return _moved(router, arguments, fault)
    words = fault.words
    places = _indices(arguments, range(fault.index, max(fault.end, fault.index + 1)))
    if words is None or not places:
        return None
    # A name that is only near to what was written is a guess.
    fix = Fix(_title(words, fault), safe=fault.kind in CERTAIN)
    start, count = places[0], fault.end - fault.index
    for offset, word in enumerate(words[:count]):
        fix.set(router, ("command", start + offset), word)
    if words[count:]:
        fix.insert(router, ("command", start + count), *words[count:])
    for _ in range(len(words), count):
        fix.remove(router, ("command", start + len(words)))
    return fix


def _moved(router: Container, arguments: Arguments, fault: Misuse) -> Fix | None:
    """The fix that moves words to the other side of `--`, next to it."""
    if arguments.dashes is None:
        return None
    places = _indices(arguments, range(fault.index, fault.end))
    dashes = _indices(arguments, [arguments.dashes])
    words = [router.get("command", place) for place in places]
    if not places or not dashes or not all(isinstance(word, str) for word in words):
        return None
    behind = MOVED[fault.kind]
    fix = Fix(f"move it {'behind' if behind else 'before'} `--`")
    fix.insert(router, ("command", dashes[0] + (1 if behind else 0)), *words)
    start = places[0] + (0 if behind else len(words))
    for _ in words:
        fix.remove(router, ("command", start))
    return fix


def _indices(arguments: Arguments, words: Iterable[int]) -> list[int]:
    """Where words that follow each other stand in `command`; [] when they stand another way."""
    paths = [arguments.path(index) for index in words]
    found = [path[1] for path in paths if len(path) == 2 and path[0] == "command"]
    numbers = [index for index in found if isinstance(index, int)]
    if len(numbers) < len(paths) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return []
    return numbers


def _title(words: tuple[str, ...], fault: Misuse) -> str:
    listed = ", ".join(f'"{word}"' for word in words)
    if not words:
        return "remove it"
    return f"write {listed}" if fault.end > fault.index else f"insert {listed}"
