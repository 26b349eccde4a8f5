"""Fargate's task sizes: how `cpu` and `memory` are written, and which pairs there are."""

from __future__ import annotations

import re

from fargate_lint.data import fargate_sizes
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER = r"([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})"
CPU = lazily(NUMBER + r"\s*vcpu", re.IGNORECASE)
# Only GB is documented. GiB, MB and MiB are read as meant: nobody has shown that ECS refuses them.
MEMORY = lazily(NUMBER + r"\s*([gm])i?b", re.IGNORECASE)


def cpu_units(value: object) -> int | None:
    """CPU units of a task's `cpu`: `1024`, `"1024"`, `"1 vCPU"`, `".25vcpu"`.

    None when it can't be read, or is not known.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """
    return _read(value, CPU)


def memory_mib(value: object) -> int | None:
    """MiB of a task's `memory`: `512`, `"512"`, `"0.5 GB"`, `"1GB"`.

    None when it can't be read, or is not known.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """
    return _read(value, MEMORY)


def _read(value: object, spelled: re.Pattern[str]) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    # More digits than any size has: Python refuses to read very long numbers.
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return int(text)
    match = spelled.fullmatch(text)
    if match is None:
        return None
    amount = float(match[1])
    if match.lastindex == 1 or match[2] in "gG":
        amount *= 1024
    return int(amount) if amount == int(amount) else None


def sizes(os: str = "") -> Mapping[int, tuple[int, ...]]:
    """The sizes for an operating system family: CPU units to the MiB that may go with them."""
    windows = os[:7].upper() == "WINDOWS"
    return fargate_sizes.WINDOWS if windows else fargate_sizes.LINUX


def is_pair(cpu: int, memory: int, *, windows: bool = False) -> bool:
    """Whether Fargate has a size of so many CPU units and MiB."""
    return memory in sizes("WINDOWS" if windows else "").get(cpu, ())


def next_size(
    cpu: int | None, memory_needed: float, *, windows: bool = False
) -> tuple[int, int] | None:
    """The smallest size with at least so many MiB, and with this CPU if it comes in one.

    With another CPU it is the smallest above that fits. None when no size is large enough.
    """
    offered = sizes("WINDOWS" if windows else "")
    for units in offered:
        if cpu is None or units >= cpu:
            for memory in offered[units]:
                if memory >= memory_needed:
                    return units, memory
    return None
