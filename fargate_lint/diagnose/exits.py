"""What an exit code means: for Fluent Bit, for the launcher, for anything.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

from __future__ import annotations

#: Ended because somebody asked (128 + SIGTERM), or was killed (128 + SIGKILL).
TERMINATED = 143
KILLED = 137
#: Signals that a program dies of by its own fault.
CRASHES = {
    132: "SIGILL", 133: "SIGTRAP", 134: "SIGABRT", 135: "SIGBUS", 136: "SIGFPE", 139: "SIGSEGV",
    159: "SIGSYS",
}  # fmt: skip
NOT_FOUND = frozenset({126, 127})
#: How the launcher ends, as programs do that do not understand their arguments.
MISUSE = 2
#: Ends of a container that was told to stop.
ORDERLY = frozenset({0, TERMINATED})


def meaning(code: int, role: str, version: str) -> str:
    """A sentence for the end of a container with that part in the task.

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
