from __future__ import annotations

from itertools import pairwise

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules._subjects import property_of
from fargate_lint_rules.launcher._agent import configured_elsewhere, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch


#: What makes a key of its own in a record, by filter.
ADDING = {
    "record_modifier": ("record",),
    "modify": ("add", "set", "copy", "hard_copy", "rename", "hard_rename"),
}


class RecordPidFilterMissing(Rule):
    """The syslog header takes the process from `pid`, but nothing puts `pid` into the records.

    ## Why it matters
    FireLens' records have no `pid`. The vendor's example adds `pid 1` with a `record_modifier`
    filter; without it the header has no process in brackets, which the agent's collector expects.

    ## Example
    ```json bad without="-F record_modifier -m * -p 'Record=pid 1'"
    ```
    ```json fixed with="-F record_modifier -m * -p 'Record=pid 1'"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH310"
    name = "record-pid-filter-missing"
    severity = "warning"
    only_if_problems = True

    def check_launch(self, launch: Launch) -> None:
        if configured_elsewhere(launch):
            return
        adds = _adds_pid(launch)
        for output in to_agent(launch):
            entry = output.section.first("Syslog_Procid_Key")
            if entry is not None and entry.value == "pid" and not adds:
                self.report(
                    launch.spot(entry),
                    "`Syslog_Procid_Key` is `pid`, but no filter puts `pid` into the records",
                    help='before "-o" add "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1"',
                    subject=[property_of("Record")],
                )


def _adds_pid(launch: Launch) -> bool:
    """Whether a filter of the command puts `pid` into the records, as far as can be told."""
    plugin = ""
    for (_, flag), (_, word) in pairwise(launch.words):
        if flag in {"-F", "--filter"}:
            plugin = text_of(word).strip().lower()
            if plugin == "lua":
                return True
        elif flag in {"-p", "--prop"}:
            key, _, value = text_of(word).partition("=")
            if "pid" in value.replace('"', "").split()[:2] and key.strip().lower() in ADDING.get(
                plugin, ()
            ):
                return True
    return False
