"""The last result of a function, kept for more calls about one task, document or pipeline."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar, TypeVarTuple, Unpack

    Key = TypeVarTuple("Key")
    Made = TypeVar("Made")


def once(make: Callable[[Unpack[Key]], Made]) -> Callable[[Unpack[Key]], Made]:
    """Decorates a function to keep its last result, and to give it again for the same arguments.

    The arguments are the key: objects that are not changed meanwhile, and all else that the result
    depends on. The result is kept here and not in the object that it is about, which it may well
    hold: so no reference cycle comes about, and the next object frees the last one. Threads may
    share the function.
    """
    last: tuple[tuple[object, ...], Any] = ((), None)

    def known(*key: *Key) -> Made:
        nonlocal last
        # Another thread may set it meanwhile.
        found = last
        if found[0] != key:
            found = last = key, make(*key)
        made: Made = found[1]
        return made

    known.__doc__ = make.__doc__
    return known
