from __future__ import annotations

from itertools import pairwise

from fargate_lint.launch.routing import match
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import MARKS, text_of
from fargate_lint_rules._subjects import ROUTES, routes_of
from fargate_lint_rules.launcher._agent import configured_elsewhere, to_agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.launch import Launch


INPUTS = frozenset({"-i", "--input", "-C", "--custom"})
STARTS = INPUTS | {"-F", "--filter", "-o", "--output"}
FILTERS = frozenset({"-F", "--filter"})
RENAMING = frozenset({"rewrite_tag", "lua"})
#: What follows a container's name in the tag of its records; the end is the task's ID.
TAG = "-firelens-0123456789abcdef0123456789abcdef"
MATCHES = frozenset({"-m", "--match"})
PROPERTIES = frozenset({"-p", "--prop"})


class SyslogMatchMissing(Rule):
    """A filter or an output after `--` has no `-m`, so no record reaches it.

    ## Why it matters
    `-m` belongs to the `-F` or `-o` before it. An output without one gets nothing as soon as there
    are two inputs, and FireLens always makes three. A filter without one is unloaded by Fluent Bit
    1.9 and stops Fluent Bit 4 and 5. A narrower pattern than `*` for the agent leaves applications
    out, whose logs then never reach Alert Logic.

    ## Example
    ```json bad without="-o syslog -m *" with="-o syslog"
    ```
    ```json bad without="-F record_modifier -m *" with="-F record_modifier"
    ```
    ```json fixed with="-o syslog -m *"
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.fluentbit.io/manual/pipeline/outputs/syslog
    """

    code = "LCH308"
    name = "syslog-match-missing"
    severity = "error"
    outranks = ("flb-filter-without-match", "flb-output-without-match", "no-output-configured")
    only_if_problems = True

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
                and text_of(value).partition("=")[0].strip().lower() in {"match", "match_regex"}
            ):
                started = None
        if started is not None:
            self._report(launch, router, *started)
        if not configured_elsewhere(launch):
            self._check_reach(launch)

    def _check_reach(self, launch: Launch) -> None:
        """Tell whose logs the output to the agent does not match."""
        matches = [
            entry
            for output in to_agent(launch)
            for entry in output.section.entries
            if entry.key.lower() in {"match", "match_regex"}
        ]
        patterns = [entry.value for entry in matches if entry.key.lower() == "match"]
        known = [pattern for pattern in patterns if isinstance(pattern, str)]
        if not matches or len(known) != len(matches) or _renames(launch):
            return
        lost = [
            container
            for container in launch.task.containers
            if container.driver == "awsfirelens"
            and not MARKS.search(container.name)
            and not any(match(pattern, container.name + TAG) for pattern in known)
        ]
        if not lost:
            return
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        elsewhere = all("Name" in container.options for container in lost)
        self.report(
            launch.spot(matches[0]),
            f"the output to the agent matches `{known[0]}`, which leaves out `{lost[0].name}`{more}",
            related=[(each, (), "is left out") for each in lost],
            subject=map(routes_of, lost),
            help='write "*"',
            severity="warning" if elsewhere else "error",
        )

    def _report(
        self, launch: Launch, router: Container, index: int, flag: str, plugin: str
    ) -> None:
        kind = "output" if flag in {"-o", "--output"} else "filter"
        at = launch.word(index)
        self.report(
            router,
            f"the {kind} `{plugin}` has no `-m`: no record reaches it",
            at=at,
            subject=[(*router.path, *at), *([ROUTES] if kind == "output" else [])],
            help=f'after "{flag}", "{plugin}" add "-m", "*"',
        )


def _renames(launch: Launch) -> bool:
    """Whether a filter may give records other tags."""
    return any(
        flag in FILTERS and text_of(name) in RENAMING
        for (_, flag), (_, name) in pairwise(launch.words)
    )
