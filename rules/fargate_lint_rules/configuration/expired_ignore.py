"""CFG102."""

from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint_rules.configuration._place import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.lint.ignore.ignore import Ignore


class ExpiredIgnore(Rule):
    """The last day of a suppression is over, and what it left out is reported again.

    ## Why it matters

    `until` is the promise that came with the exception: accepted for now, put right by then. From
    the day after, the entry has no effect, and each finding that it held back counts for the exit
    status. This finding tells why a pipeline that was green yesterday is red today, and whose words
    to look for: the `reason` stands next to the date.

    ## Example

    ```toml bad
    [[ignore]]
    rule = "aws-flb-2x-eol"
    reason = "3.x comes with the next base image"
    until = 2024-06-30
    ```

    Put right what was accepted and remove the entry, or decide anew, for longer or for good:

    ```toml fixed
    [[ignore]]
    rule = "aws-flb-2x-eol"
    reason = "stays on 2.x, which its Go plugins need; decided with security on 2024-07-01"
    ```

    In a file the date stands in the comment: `# fargate-lint: ignore[RULE] until 2027-01-31 reason`.

    ## References

    * https://toml.io/en/v1.0.0#local-date
    """

    code = "CFG102"
    name = "expired-ignore"
    severity = "warning"

    def check_ignore(self, ignore: Ignore) -> None:
        """Report an entry whose last day is over."""
        if ignore.expired:
            report(
                self,
                ignore,
                f"this ignore of `{ignore.rule}` counted until {ignore.until}",
                "until",
                "put right what it left out and remove it, or set a new date",
            )
