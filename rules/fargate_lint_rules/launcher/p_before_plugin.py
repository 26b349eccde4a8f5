from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


STARTS = frozenset({"-i", "--input", "-F", "--filter", "-o", "--output", "-C", "--custom"})
NEEDS_PLUGIN = frozenset({"-p", "--prop", "-m", "--match", "-t", "--tag"})


class PBeforePlugin(Rule):
    """`-p`, `-m` or `-t` stands after `--` before any plug-in that it could belong to.

    ## Why it matters
    A property belongs to the last `-i`, `-F` or `-o` before it. With none before it Fluent Bit 1.9
    ignores it or writes into memory that isn't its own, and Fluent Bit 4 crashes.

    ## Example
    ```json bad without="-F record_modifier -m * -p 'Record=pid 1'" with="-p 'Record=pid 1' -F record_modifier -m *"
    ```
    ```json fixed with="-F record_modifier -m * -p 'Record=pid 1'"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit
    """

    code = "LCH502"
    name = "p-before-plugin"
    severity = "error"
    outranks = ("flb-argument-refused",)
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.arguments is None or not launch.arguments.certain:
            return
        early = []
        for index, word in launch.words:
            if word in STARTS:
                break
            if word in NEEDS_PLUGIN and not launch.arguments.blames(index):
                early.append((index, word))
        if early:
            index, word = early[0]
            self.report(
                router,
                f"`{word}` stands before any `-i`, `-F` or `-o`: it belongs to no plug-in",
                at=launch.word(index),
                subject=[(*router.path, *launch.word(at)) for at, _ in early],
                help="move it behind the plug-in that it is for",
            )
