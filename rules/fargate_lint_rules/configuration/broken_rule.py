"""CFG901."""

from __future__ import annotations

from fargate_lint.lint.rule import Rule


class BrokenRule(Rule):
    """A rule failed with an error of its own, so what it would have said about the file is missing.

    ## Why it matters

    Rules are programs, ours and those of plugins, and this one met something that its author did
    not think of. The other rules went on, and what they found is true, but the result is
    incomplete: a file may pass only because the rule that would have objected could not. That is
    why fargate-lint ends with exit status 4 rather than 0 or 1, and why this rule can't be
    ignored. The message names the rule, its plugin, and the line of code. A plugin's shape of files
    that fails on a file is reported in the same way: the file is read as if the shape didn't exist.

    Report it to the authors of the plugin, with the task definition if you can share it. Until it
    is put right, switch the broken rule itself off: `ignore = ["NAME"]`.

    ## Example

    A rule that takes for granted what a task definition need not have:

    ```python bad
    class Owner(Rule):
        code = "ACM001"
        name = "owner-unknown"

        def check_task(self, task):
            if task.value["tags"][0]["key"] != "owner":
                self.report(task, "nobody owns this task", at=("tags",))
    ```

    ```python fixed
    class Owner(Rule):
        code = "ACM001"
        name = "owner-unknown"

        def check_task(self, task):
            tags = task.objects("tags")
            if task.closed and not any(tag.get("key") == "owner" for _, tag in tags):
                self.report(task, "nobody owns this task", at=("tags",))
    ```

    ## References

    * https://github.com/alertlogic/al-agent-container
    * https://pluggy.readthedocs.io/en/stable/
    """

    code = "CFG901"
    name = "broken-rule"
    severity = "error"
