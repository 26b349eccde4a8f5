"""What a file in the classic format is for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: Section names to the file that holds them, in the order in which they decide.
ROLES = {
    "INPUT": "main", "INPUTS": "main", "FILTER": "main", "FILTERS": "main", "OUTPUT": "main",
    "OUTPUTS": "main", "SERVICE": "main", "CUSTOM": "main", "PARSER": "parsers",
    "MULTILINE_PARSER": "parsers", "STREAM_TASK": "streams", "PLUGINS": "plugins",
    "UPSTREAM": "upstream", "NODE": "upstream",
}  # fmt: skip
# Sections of systemd's units, whose [Service] is no SERVICE.
SYSTEMD = frozenset({"UNIT", "INSTALL", "TIMER", "SOCKET", "MOUNT", "PATH"})


def file_role(names: Iterable[str]) -> str:
    """What a file with these section names is for.

    `main` (a main file, or one that it includes), `parsers`, `streams`, `plugins`, `upstream`, or
    "" for a file that is not Fluent Bit's.
    """
    upper = {name.strip().upper() for name in names}
    if upper & SYSTEMD:
        return ""
    return next((role for name, role in ROLES.items() if name in upper), "")
