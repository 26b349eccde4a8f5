"""CFG103."""

from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.configuration._place import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.lint.ignore.ignore import Ignore


class IneffectiveIgnore(Rule):
    """A suppression has no effect: it gives no reason, names no rule, or names one that is locked.

    ## Why it matters

    Somebody decided to accept a finding and believes that it is settled. It isn't: the finding is
    still reported and still counts. A reason is required because the next reader has to know
    whether it still holds; a name that no rule has is most often a slip of the pen; and rules that
    the configuration lists as `locked` are those that your organisation accepts for nobody.

    ## Example

    ```yaml bad base=none
    family: shop
    containerDefinitions:
      # fargate-lint: ignore[floating-image-tag]
      - {name: web, image: "shop/web:latest", essential: true}
    ```

    ```yaml fixed base=none
    family: shop
    containerDefinitions:
      # fargate-lint: ignore[floating-image-tag] a demonstration, torn down every evening
      - {name: web, image: "shop/web:latest", essential: true}
    ```

    An exception to a rule that is locked:

    ```toml bad
    locked = ["aws-flb-2x-eol"]

    [[ignore]]
    rule = "aws-flb-2x-eol"
    reason = "3.x comes with the next base image"
    ```

    ## References

    * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    """

    code = "CFG103"
    name = "ineffective-ignore"
    severity = "warning"

    def check_ignore(self, ignore: Ignore) -> None:
        """Report a suppression that the linter can't, or may not, follow."""
        if ignore.wrong:
            report(
                self,
                ignore,
                ignore.wrong,
                "rule",
                "put right what is reported"
                if "locked" in ignore.wrong
                else "write `ignore[RULE] reason`, with a rule of `fargate-lint rules`"
                if ignore.kind == "comment"
                else 'write "RULE reason", with a rule of `fargate-lint rules`',
            )
