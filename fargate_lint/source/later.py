"""Modules that are imported when they are first used.

For modules that few files need, but that many functions use: a proxy stands in the place of the
import. Type checkers see the import itself.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Later:
    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def later(name: str) -> Any:
    """What stands for the module `name` until one of its attributes is asked for."""
    return _Later(name)
