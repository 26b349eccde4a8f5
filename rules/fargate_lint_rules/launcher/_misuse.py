"""What the rules share that tell what the launcher's argument reader has found."""

from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


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
                self.report(router, fault.message, at=path, help=fault.help)
