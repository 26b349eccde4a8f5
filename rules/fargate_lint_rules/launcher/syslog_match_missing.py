from __future__ import annotations

from itertools import pairwise

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch


INPUTS = frozenset({"-i", "--input", "-C", "--custom"})
STARTS = INPUTS | {"-F", "--filter", "-o", "--output"}
MATCHES = frozenset({"-m", "--match"})
PROPERTIES = frozenset({"-p", "--prop"})


class SyslogMatchMissing(Rule):
    """A filter or an output after `--` has no `-m`, so no record reaches it.

    ## Why it matters
    `-m` belongs to the `-F` or `-o` before it. An output without one gets nothing as soon as there
    are two inputs, and FireLens always makes three. A filter without one is unloaded by Fluent Bit
    1.9 and stops Fluent Bit 4 and 5.

    ## Example
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json bad
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```
    ```json good
    {"containerDefinitions": [{"name": "log_router", "command": [
      "-s", "Scheduler.Cap", "60", "-i", "Mem_Buf_Limit", "50M", "--",
      "-F", "record_modifier", "-m", "*", "-p", "Record=pid 1",
      "-o", "syslog", "-m", "*", "-p", "Mode=tcp", "-p", "Host=127.0.0.1", "-p", "Port=1514",
      "-p", "Retry_Limit=False", "-p", "Syslog_Format=rfc3164", "-p", "Syslog_Maxsize=786432",
      "-p", "Syslog_Hostname_Key=container_id", "-p", "Syslog_Appname_Key=container_name",
      "-p", "Syslog_Procid_Key=pid", "-p", "Syslog_Message_Key=log"]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH308"
    name = "syslog-match-missing"
    severity = "error"
    of_problems = True

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.arguments is None or not launch.arguments.certain:
            return
        started: tuple[int, str, str] | None = None
        for (index, word), (_, value) in pairwise([*launch.words, (-1, "")]):
            if word in STARTS:
                if started is not None:
                    self._report(launch, router, *started)
                started = (index, str(word), text_of(value)) if word not in INPUTS else None
            elif word in MATCHES or (
                word in PROPERTIES
                and text_of(value).partition("=")[0].lower() in {"match", "match_regex"}
            ):
                started = None
        if started is not None:
            self._report(launch, router, *started)

    def _report(
        self, launch: Launch, router: Container, index: int, flag: str, plugin: str
    ) -> None:
        kind = "output" if flag in {"-o", "--output"} else "filter"
        self.report(
            router,
            f"the {kind} `{plugin}` has no `-m`: no record reaches it",
            at=launch.word(index),
            help=f'after "{flag}", "{plugin}" add "-m", "*"',
        )
