from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

LONGEST = 255
#: What only a template or an example has in a name.
BLANKS = frozenset("{}<>$%[]")


class FamilyName(Rule):
    """The family has characters that ECS doesn't take, or is too long.

    ## Why it matters
    A family is named with letters, digits, hyphens and underscores, 255 at most. Points, slashes
    and blanks are what people try next: from host names, from paths, from titles. The revision
    isn't part of it: ECS appends `:7` by itself.

    ## Example
    ```json bad base=plain
    {"family": "shop.web"}
    ```
    ```json fixed base=plain
    {"family": "shop-web"}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    code = "ECS403"
    name = "family-name"
    severity = "error"

    def check_task(self, task: Task) -> None:
        family = task.family
        if len(family) > LONGEST:
            self.report(
                task,
                f"the family has {len(family)} characters, but ECS takes {LONGEST} at most",
                at=("family",),
                help="shorten it",
            )
        elif not is_allowed(family) and BLANKS.isdisjoint(family):
            self.report(
                task,
                f"the family `{clip(family, 60)}` has {strange(family)}",
                at=("family",),
                help="write letters, digits, `-` and `_` only; "
                "ECS would answer: Family contains invalid characters.",
            )


def is_allowed(name: str) -> bool:
    """Whether a name of a family, a container or a volume has no character that ECS refuses."""
    letters = name.replace("-", "").replace("_", "")
    return not letters or (letters.isascii() and letters.isalnum())


def strange(name: str) -> str:
    """The first character of a name that ECS doesn't take, in words."""
    found = next(letter for letter in name if not is_allowed(letter))
    if found.isspace():
        return "a blank in it"
    return f"a `{found}` in it" if found.isprintable() else "an invisible character in it"
