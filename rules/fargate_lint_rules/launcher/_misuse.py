"""What the rules share that tell what the launcher's argument reader has found."""

from __future__ import annotations

from fargate_lint.lint.rule import Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.launch.launcher import Arguments, Misuse

#: Kinds of misuse of which it is certain what was meant.
CERTAIN = frozenset({"arity", "dashes-missing", "joined", "second-dashes"})


class MisuseRule(Rule):
    """A rule about some kinds of misuse of the launcher's command line."""

    #: Kinds of `fargate_lint.launch.launcher.Misuse`.
    kinds: frozenset[str] = frozenset()
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        """Report the words that the reader blames."""
        arguments, router = launch.arguments, launch.router
        if arguments is None or router is None:
            return
        for fault in arguments.faults:
            path = arguments.path(fault.index)
            # A whole command in one string has a rule of its own.
            if fault.kind == "joined" and isinstance(router.get(path[0]), str):
                continue
            if fault.kind in self.kinds:
                self.report(
                    router,
                    fault.message,
                    at=path,
                    help=fault.help,
                    fix=_fix(router, arguments, fault),
                )


def _fix(router: Container, arguments: Arguments, fault: Misuse) -> Fix | None:
    """The fix that writes the words that were meant, where each has a place of its own."""
    words = fault.words
    places = [
        arguments.path(index) for index in range(fault.index, max(fault.end, fault.index + 1))
    ]
    first = places[0]
    if words is None or len(first) != 2 or not isinstance(first[1], int):
        return None
    at, start = first[0], first[1]
    if places != [(at, start + offset) for offset in range(len(places))]:
        return None
    # A name that is only near to what was written is a guess.
    fix = Fix(_title(words, fault), safe=fault.kind in CERTAIN)
    count = fault.end - fault.index
    for offset, word in enumerate(words[:count]):
        fix.set(router, (at, start + offset), word)
    if words[count:]:
        fix.insert(router, (at, start + count), *words[count:])
    for _ in range(len(words), count):
        fix.remove(router, (at, start + len(words)))
    return fix


def _title(words: tuple[str, ...], fault: Misuse) -> str:
    listed = ", ".join(f'"{word}"' for word in words)
    if not words:
        return "remove it"
    return f"write {listed}" if fault.end > fault.index else f"insert {listed}"
