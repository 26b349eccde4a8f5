"""CFG101."""

from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.configuration._place import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.lint.ignore.ignore import Ignore


class UnusedIgnore(Rule):
    """A suppression leaves nothing out, so it only waits for the next fault.

    ## Why it matters

    An ignore is a decision about one fault in one place. When the fault is gone, or its path, its
    container or its file has changed, the entry does nothing today. It will hide the same fault on
    the day when somebody makes it again, and nobody will know that the decision was about something
    else.

    Of a comment or a label in a file it is said whenever the rule was in force. Of an `[[ignore]]` it
    is said only when the run had every chance to use the entry: the folder of the configuration
    was searched as a whole, or the entry's `file` names one file and that was checked; and the rule
    was in force. So a hook that checks just the changed files doesn't complain about the others.

    ## Example

    The router was called `firelens` when this was written, and is `log_router` today:

    ```toml bad
    [[ignore]]
    rule = "aws-flb-2x-eol"
    path = "$.containerDefinitions[?(@.name == 'firelens')].image"
    reason = "3.x comes with the next base image"
    ```

    ```toml fixed
    [[ignore]]
    rule = "aws-flb-2x-eol"
    path = "$.containerDefinitions[?(@.name == 'log_router')].image"
    reason = "3.x comes with the next base image"
    ```

    An entry of a baseline that nothing needs any more is reported as info.

    In YAML and in a Fluent Bit configuration a comment does the same for the line or the node that
    follows:

    ```yaml bad base=none
    family: shop
    # fargate-lint: ignore[floating-image-tag] always tested before
    containerDefinitions:
      - {name: web, image: "shop/web:4.1.0", essential: true}
    ```

    ## References

    * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    * https://pypi.org/project/jsonpath-ng/
    """

    code = "CFG101"
    name = "unused-ignore"
    severity = "warning"

    def check_ignore(self, ignore: Ignore) -> None:
        """Report an entry that had every chance to be used."""
        if ignore.unused and ignore.kind == "baseline":
            report(
                self,
                ignore,
                f"this finding of `{ignore.rule}` is fixed, and still in the baseline",
                "",
                "take it out with `fargate-lint baseline --prune`",
                "info",
            )
        elif ignore.unused:
            here = ignore.kind != "configuration"
            report(
                self,
                ignore,
                f"nothing is left out by this ignore of `{ignore.rule}`",
                "path" if ignore.path else "rule",
                f"remove the {ignore.kind}, or put it where the finding is"
                if here
                else "remove the entry, or correct its `path` or `file`",
            )
