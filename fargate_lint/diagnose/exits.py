"""Meanings of exit statuses: of Fluent Bit, of the launcher, of any program.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

from __future__ import annotations

#: Asked to end (128 + SIGTERM), and killed (128 + SIGKILL).
TERMINATED = 143
KILLED = 137
#: Signals that a program dies of by its own error.
CRASHES = {
    132: "SIGILL", 133: "SIGTRAP", 134: "SIGABRT", 135: "SIGBUS", 136: "SIGFPE", 139: "SIGSEGV",
    159: "SIGSYS",
}  # fmt: skip
NOT_FOUND = frozenset({126, 127})
#: The launcher's status, as of other programs, for arguments it does not understand.
MISUSE = 2
#: Ends of a container that was told to stop.
ORDERLY = frozenset({0, TERMINATED})


def meaning(code: int, role: str, version: str) -> str:
    """A clause about the end of a container with this role.

    `version` is Fluent Bit's, "" when it is not known.
    """
    if code in CRASHES:
        return f"it died of {CRASHES[code]}"
    if code in NOT_FOUND:
        return "its command was not found" if code == 127 else "its command could not be executed"
    if code == KILLED:
        return "it was killed (SIGKILL)"
    if code == TERMINATED:
        return "it was told to stop (SIGTERM)"
    if role == "router":
        named = f" {version}" if version else ""
        if code == 1:
            return f"Fluent Bit{named} ends so when it cannot read its configuration or arguments"
        if code == 255:
            return f"Fluent Bit{named} ends so when an input, filter or output refuses to start"
        if code == MISUSE:
            return (
                "programs end so that do not understand their arguments; Go plug-ins that panic too"
            )
    return "it ended by itself" if code == 0 else "it failed"
