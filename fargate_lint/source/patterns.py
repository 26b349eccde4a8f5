"""Regular expressions that are compiled when they are first used.

Compiling takes up to a millisecond each, and most files need few of them.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    # To type checkers it is what it stands for.
    from re import compile as lazily
    from typing import Any
else:

    def lazily(pattern: str | bytes, flags: int = 0) -> Any:
        """What `re.compile` returns for the same arguments, as far as can be told from outside."""
        return _Lazy(pattern, flags)


class _Lazy:
    __slots__ = ("_flags", "_made", "_pattern")

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags
        self._made: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = re.compile(self._pattern, self._flags)
        return getattr(self._made, name)


__all__ = ["lazily"]
