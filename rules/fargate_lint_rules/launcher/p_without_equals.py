from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules._subjects import property_of
from fargate_lint_rules.launcher._agent import OF_PROPERTIES, pieces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


class PWithoutEquals(Rule):
    """What stands after `-p` is not KEY=VALUE, and Fluent Bit drops it.

    ## Why it matters
    Fluent Bit takes `-p` apart at the equals sign. Without one it drops the property without a
    word: `-p "Mode tcp"` leaves the mode at UDP.

    ## Example
    ```json bad without="Mode=tcp" with="-p 'Mode tcp'"
    ```
    ```json fixed with="Mode=tcp"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit
    """

    code = "LCH501"
    name = "p-without-equals"
    severity = "error"
    outranks = ("flb-argument-refused", *OF_PROPERTIES)
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.arguments is None:
            return
        words = [*launch.words, (-1, "-")]
        for (_, flag), (index, word), (_, behind) in zip(words, words[1:], words[2:], strict=False):
            if flag not in {"-p", "--prop"} or not isinstance(word, str):
                continue
            if launch.arguments.blames(index):
                continue
            key, equals, _ = word.partition("=")
            if equals and key.strip():
                continue
            parts = [] if equals else pieces(word)
            if len(parts) == 1 and not text_of(behind).startswith("-"):
                parts.append(text_of(behind))
            at = launch.word(index)
            self.report(
                router,
                f"`{word}` after `-p` has no {'key' if equals else '`=`'}: Fluent Bit drops it",
                at=at,
                subject=[(*router.path, *at), property_of(pieces(word)[0])],
                help=f'write "{"=".join(parts)}"' if len(parts) == 2 else "write KEY=VALUE",
            )
