from __future__ import annotations

import re

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules._subjects import property_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Path


LIKE = re.compile(r"mem[\w.-]*buf[\w.-]*limits?|membuflimit|mem_limit|buffer_limit", re.IGNORECASE)


def is_misspelled(key: str) -> bool:
    """Whether `Mem_Buf_Limit` is meant, and something else written."""
    return LIKE.fullmatch(key) is not None and key.lower() != "mem_buf_limit"


class MemBufLimitMisspelled(Rule):
    """The key of the memory limit is misspelled, and Fluent Bit refuses to start with a key it does
    not know.

    ## Why it matters
    The launcher writes any key into each `[INPUT]`. Fluent Bit knows `Mem_Buf_Limit`; with
    `Mem_Buffer_Limit`, which even the vendor's text has once, it stops with `unknown configuration
    property` and exit status 255.

    ## Example
    ```json bad without="-i Mem_Buf_Limit 50M" with="-i Mem_Buffer_Limit 50M"
    ```
    ```json fixed with="-i Mem_Buf_Limit 50M"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    """

    code = "LCH401"
    name = "mem-buf-limit-misspelled"
    severity = "error"
    fixable = "safe"
    outranks = ("flb-unknown-option", "launcher-mem-buf-limit-missing")
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if launch.arguments is None or launch.router is None:
            return
        for pair in launch.arguments.inputs:
            key = text_of(pair.key)
            if is_misspelled(key):
                at = launch.word(pair.key_index)
                self.report(
                    launch.router,
                    f"Fluent Bit has no `{key}`, and stops with `unknown configuration property`",
                    at=at,
                    subject=[(*launch.router.path, *at), property_of("Mem_Buf_Limit")],
                    help="write `Mem_Buf_Limit`",
                    fix=self._fix(launch.router, at, key),
                )

    def _fix(self, router: Container, at: Path, key: str) -> Fix | None:
        if router.get(*at) != key:
            return None  # one word with its value
        return Fix("write `Mem_Buf_Limit`").set(router, at, "Mem_Buf_Limit")
