from __future__ import annotations

import json

from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.ecs._limits import SKELETON
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

FORMS = ("CMD", "CMD-SHELL")
#: Docker's word for no check at all.
NONE = "NONE"
#: Words that mean something to a shell only.
OPERATORS = frozenset({"||", "&&", "|", ";", ">", ">>", "2>&1", ">/dev/null"})
SHELLS = frozenset({"sh", "bash", "ash", "/bin/sh", "/bin/bash", "/usr/bin/env"})


class HealthcheckCommandForm(Rule):
    """A health check's command isn't run as it reads.

    ## Why it matters
    The first word says how the rest is run. After `CMD` come a program and its arguments, word by
    word, and no shell is involved: `||` is just one more argument. After `CMD-SHELL` comes one
    string for the container's shell; only this one is executed, whatever follows it. ECS knows no
    third form. A check that can't be run fails, and ECS stops a healthy container because of it.

    A program without `CMD` before it is a warning: AWS asks for the word, but its own examples have been
    seen without.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web",
      "healthCheck": {"command": ["curl -f http://localhost:8080/ || exit 1"]}}]}
    ```
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web",
      "healthCheck": {"command": ["CMD-SHELL", "curl", "-f", "http://localhost:8080/"]}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web",
      "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"]}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
    - https://docs.docker.com/reference/dockerfile/#healthcheck
    """

    code = "ECS501"
    name = "healthcheck-command-form"
    severity = "error"
    fixable = "safe"
    members = ("healthCheck",)

    def check_container(self, container: Container) -> None:
        if "healthCheck" not in container.value:
            return
        words = container.list("healthCheck", "command")
        if not words or not all(isinstance(word, (str, Unknown)) for word in words):
            return
        first = words[0]
        if not isinstance(first, str) or first in SKELETON or first == NONE:
            return
        if first not in FORMS:
            self._report_first(container, first, words)
        elif len(words) == 1:
            self.report(
                container,
                f"the health check has nothing to run after `{first}`",
                at=("healthCheck", "command"),
                help=f'write ["{first}", "..."]',
            )
        elif first == "CMD":
            self._check_words(container, words)
        elif len(words) > 2:
            self._report_rest(container, words)

    def _report_first(self, container: Container, first: str, words: list[str | Unknown]) -> None:
        meant = first.strip().upper().replace("_", "-")
        sure = True
        at = ("healthCheck", "command", 0)
        fix: Fix | None = None
        if meant in FORMS:
            remedy = f'write "{meant}"'
            fix = Fix(remedy).set(container, at, meant)
        elif len(words) == 1 and " " in first.strip():
            remedy = f'write ["CMD-SHELL", {json.dumps(clip(first, 60))}]'
            fix = Fix('insert "CMD-SHELL"').insert(container, at, "CMD-SHELL")
        else:
            sure = False
            remedy = f'write "CMD" before it: ["CMD", {json.dumps(clip(first))}, ...]'
        self.report(
            container,
            f"the health check begins with `{clip(first)}`, not with `CMD` or `CMD-SHELL`",
            at=("healthCheck", "command", 0),
            help=remedy,
            severity="" if sure else "warning",
            fix=fix,
        )

    def _check_words(self, container: Container, words: list[str | Unknown]) -> None:
        program = words[1]
        if len(words) == 2 and isinstance(program, str) and " " in program.strip():
            self.report(
                container,
                f"`CMD` takes `{clip(program)}` for the name of one program",
                at=("healthCheck", "command", 1),
                help=f'write ["CMD-SHELL", {json.dumps(clip(program, 60))}]',
                fix=Fix('write "CMD-SHELL"').set(
                    container, ("healthCheck", "command", 0), "CMD-SHELL"
                ),
            )
            return
        if program in SHELLS:
            return
        for index, word in enumerate(words[2:], 2):
            if isinstance(word, str) and word.strip() in OPERATORS:
                self.report(
                    container,
                    f"`{word.strip()}` is an argument here: after `CMD` there is no shell",
                    at=("healthCheck", "command", index),
                    help='write ["CMD-SHELL", "..."] with all of it in one string',
                    severity="warning",
                )
                return

    def _report_rest(self, container: Container, words: list[str | Unknown]) -> None:
        script = words[1]
        if not isinstance(script, str):
            return
        # `sh -c curl …` runs curl without arguments; `sh -c "curl -f X" …` does the work all the same.
        whole = " " in script.strip()
        known = [word for word in words[1:] if isinstance(word, str)]
        self.report(
            container,
            f"`CMD-SHELL` executes only `{clip(script)}`, not what follows it",
            at=("healthCheck", "command", 2),
            help=f'write ["CMD-SHELL", {json.dumps(clip(" ".join(known), 80))}]',
            severity="warning" if whole else "",
        )


def _start() -> str:
    return (
        'write "CMD-SHELL" and one string for the shell, or "CMD" and a program with its arguments'
    )
