"""What the rules about the output to the agent share."""

from __future__ import annotations

from itertools import pairwise

from fargate_lint.launch.sidecars import LOCAL, SYSLOG_PORT, may_be_here
from fargate_lint.lint.fix import Fix
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules._subjects import option_of, property_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.launch import Launch, Output
    from fargate_lint.launch.arguments import Pair
    from fargate_lint.source.document import Path

#: The rules about properties that the output to the agent lacks.
OF_PROPERTIES = (
    "record-pid-filter-missing", "retry-limit-finite", "syslog-format", "syslog-keys",
    "syslog-maxsize", "syslog-message-key-missing", "syslog-mode", "syslog-port-mismatch",
)  # fmt: skip
ENDLESS = frozenset({"false", "off", "no_limits"})


def to_agent(launch: Launch) -> list[Output]:
    """The syslog outputs meant for the agent, none in a task that doesn't show it.

    Those to its port, or to this task; a launcher's only syslog output is meant for it wherever it
    goes, since that is what the launcher is for.
    """
    if not launch.sidecars.alert_logic:
        return []
    syslog = [output for output in launch.outputs if output.plugin == "syslog"]
    found = [output for output in syslog if _is_near(output)]
    if not found and launch.arguments is not None:
        found = [output for output in syslog if not output.from_options]
        return found if len(found) == 1 else []
    return found


def _is_near(output: Output) -> bool:
    port = output.section.first("Port")
    host = output.section.first("Host")
    if host is not None and host.value in LOCAL:
        return True
    to_port = port is not None and port.text == str(SYSLOG_PORT)
    # An application may have a collector of its own on the same port.
    return to_port and (not output.from_options or host is None or may_be_here(host.value))


def configured_elsewhere(launch: Launch) -> bool:
    """Whether outputs may be configured in a place that the task definition doesn't show."""
    router = launch.router
    return (
        router is None
        or launch.arguments is None
        or not launch.arguments.certain
        or launch.line.ending is not None
        or launch.arguments.in_config.at is not None
        or launch.sidecars.router_image.init
        or router.get("firelensConfiguration", "options", "config-file-value") is not None
        or isinstance(router.get("firelensConfiguration", "options"), Unknown)
    )


def given(pairs: Iterable[Pair], key: str) -> Pair | None:
    """The last pair with a key, compared without regard to case."""
    found = None
    for pair in pairs:
        if isinstance(pair.key, str) and pair.key.lower() == key.lower():
            found = pair
    return found


def pieces(word: str) -> list[str]:
    """The key and the value of a property that was written with something else than `=`."""
    parts = word.split(None, 1)
    return parts if len(parts) == 2 else word.split(":", 1)


def is_open(launch: Launch) -> bool:
    """Whether what is missing from the command may stand where a template or an ellipsis is."""
    return launch.arguments is not None and not launch.arguments.certain


def properties(launch: Launch) -> set[str]:
    """The keys, in lower case, of all that stands behind a `-p`, read as it was meant."""
    return {
        (word.partition("=")[0] if "=" in word else pieces(word)[0]).lower()
        for (_, flag), (_, word) in pairwise(launch.words)
        if flag in {"-p", "--prop"} and isinstance(word, str)
    }


def about(output: Output, key: str) -> list[Path]:
    """The subject of a finding about an option of an output: it, or the property it lacks."""
    missing = output.section.first(key) is None
    return [property_of(key)] if missing else option_of(output.section, key)


def before_all(launch: Launch, *words: str) -> Fix | None:
    """The fix that puts an option of the launcher before all others."""
    router = launch.router
    if router is None or not router.list("command") or len(router.list("entryPoint")) != 1:
        return None
    title = "add " + ", ".join(f'"{word}"' for word in words)
    return Fix(title, safe=False).insert(router, ("command", 0), *words)
