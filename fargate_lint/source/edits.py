"""Changes of a document's value, made in the user's own text: the rest of it stays as it is.

A change is a verb, a path from the root, and a value:

    ("set", path, value)        the value there, or a new member at the end of its object
    ("insert", path, values)    new items of a list, before the one that has this index now
    ("remove", path, None)      a member or an item
    ("rename", path, key)       a member's name, in its place
    ("write", (start, end), text)  text that the reader has got over: the value stays the same

Several are made one after another, so the second one's path is that after the first one.
"""

from __future__ import annotations

from fargate_lint.source import bracketed, json
from fargate_lint.source.read import documents
from fargate_lint.source.spans import Spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.source.document import Change, Document, Edit


def edited(document: Document, changes: Iterable[Change]) -> tuple[list[Edit], Document] | None:
    """The edits of the text that make the changes, and the document after them.

    The edits are in the order of the text and don't touch. None when the file's syntax has no way
    for a change, or when the text, read again, does not say exactly what was wanted.
    """
    pieces = Pieces(len(document.text))
    current = document
    for change in changes:
        try:
            wanted = changed(current.value, change)
            edit = _edit(current, change)
        except (IndexError, KeyError, TypeError, ValueError):
            return None
        if edit is None:
            return None
        after = _within(current, change, edit, wanted) or applied(current, [edit])
        if after is None or not same(after.value, wanted):
            return None
        if len(after.faults) > len(current.faults) - (change[0] == "write"):
            return None
        pieces.replace(*edit)
        current = after
    return pieces.edits(), current


def changed(value: Any, change: Change) -> Any:
    """A value with a change made in it; what is around the change is copied, the rest is shared.

    Raises KeyError, IndexError, TypeError or ValueError where the value has no such place.
    """
    verb, path, new = change
    if verb == "write":
        return value
    if not path:
        return _only_set(verb, new)
    levels = [value]
    for step in path[:-1]:
        levels.append(levels[-1][step])
    inner = _changed_here(levels.pop(), verb, path[-1], new)
    for step in reversed(path[:-1]):
        around = levels.pop().copy()
        around[step] = inner
        inner = around
    return inner


def _only_set(verb: str, new: Any) -> Any:
    if verb != "set":
        raise ValueError(verb)
    return new


def _changed_here(container: Any, verb: str, step: str | int, new: Any) -> Any:
    if not isinstance(container, (dict, list)):
        raise TypeError(container)
    found: Any = container.copy()
    if verb == "rename":
        if new in found or step not in found:
            raise KeyError(new)
        return {new if key == step else key: item for key, item in found.items()}
    if verb == "insert":
        if not isinstance(step, int) or not 0 <= step <= len(found):
            raise IndexError(step)
        found[step:step] = new
    elif verb == "remove":
        del found[step]
    else:
        found[step] = new
    return found


def _edit(document: Document, change: Change) -> Edit | None:
    verb, path, new = change
    if verb == "write":
        start, end = path
        return int(start), int(end), new
    if document.syntax == "json" or (
        document.syntax == "yaml" and bracketed.is_bracketed(document, verb, path)
    ):
        return bracketed.edit(document, verb, path, new)
    if document.syntax != "yaml":
        return None
    from fargate_lint.source import indented  # noqa: PLC0415  (loads PyYAML)

    return indented.edit(document, verb, path, new)


def cost_of(document: Document, change: Change) -> int:
    """How many characters are read again to make a change: of sound JSON, what is around it."""
    start, end = _around(document, change) or (0, len(document.text))
    return end - start


def _around(document: Document, change: Change) -> tuple[int, int] | None:
    """Where the object or list stands that a change is in; None where that isn't enough to read."""
    verb, path, _ = change
    if verb == "write" or len(path) < 2 or not isinstance(document.spans(), Spans):
        return None
    return document.span(path[:-1]).value


def _within(document: Document, change: Change, edit: Edit, wanted: Any) -> Document | None:
    """The document after an edit of sound JSON, of which only what is around the edit is read.

    In sound JSON, a text that is a value can take the place of any other one, and means the same
    there. None where that doesn't hold, or the value around the edit would not be the wanted one.
    """
    piece = _around(document, change)
    if piece is None or not (piece[0] <= edit[0] and edit[1] <= piece[1]):
        return None
    start, end = piece
    inside = edit[0] - start, edit[1] - start, edit[2]
    try:
        value = json.strict(spliced(document.text[start:end], [inside]))
    except ValueError:
        return None
    around = wanted
    for step in change[1][:-1]:
        around = around[step]
    if not same(value, around):
        return None
    return json.sound(document.name, spliced(document.text, [edit]), wanted)


def applied(document: Document, edits: Iterable[Edit]) -> Document | None:
    """The document as it is read after edits that don't overlap.

    None when the file would hold other documents, or another number of them.
    """
    after = documents(document.name, spliced(document.text, edits))
    if len(after) == 1:
        return after[0] if after[0].syntax == document.syntax else None
    before = documents(document.name, document.text)
    if len(before) != len(after):
        return None
    here = [each.spans().get(()) for each in before].index(document.spans().get(()))
    kept = all(
        same(old.value, new.value)
        for index, (old, new) in enumerate(zip(before, after, strict=True))
        if index != here
    )
    return after[here] if kept else None


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made that don't overlap, in whatever order they are given."""
    done = 0
    pieces: list[str] = []
    for start, end, new in sorted(edits):
        pieces += (text[done:start], new)
        done = end
    return "".join([*pieces, text[done:]])


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same: in their types, too, and in the order of members."""
    pending = [(one, other)]
    while pending:
        left, right = pending.pop()
        if left is right:
            continue
        if type(left) is not type(right):
            return False
        if isinstance(left, dict):
            if list(left) != list(right):
                return False
            pending += [(left[key], right[key]) for key in left]
        elif isinstance(left, list):
            if len(left) != len(right):
                return False
            pending += zip(left, right, strict=True)
        elif getattr(left, "text", left) != getattr(right, "text", right) and repr(left) != "nan":
            return False
    return True


class Pieces:
    """A text as pieces of the old one and new text between them, to say what has become of it."""

    def __init__(self, length: int) -> None:
        # A piece is a range of the old text, or a new text.
        self._pieces: list[tuple[int, int] | str] = [(0, length)]
        self._length = length

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace a range of the text as it is now."""
        before, rest = self._split(self._pieces, start)
        _, after = self._split(rest, end - start)
        self._pieces = [*before, text, *after]

    @staticmethod
    def _split(
        pieces: list[tuple[int, int] | str], at: int
    ) -> tuple[list[tuple[int, int] | str], list[tuple[int, int] | str]]:
        for index, piece in enumerate(pieces):
            length = len(piece) if isinstance(piece, str) else piece[1] - piece[0]
            if at < length:
                if isinstance(piece, str):
                    halves: list[Any] = [piece[:at], piece[at:]]
                else:
                    middle = piece[0] + at
                    halves = [(piece[0], middle), (middle, piece[1])]
                return [*pieces[:index], halves[0]], [halves[1], *pieces[index + 1 :]]
            at -= length
        return pieces, []

    def edits(self) -> list[Edit]:
        """What to replace in the old text, from its beginning on."""
        found: list[Edit] = []
        done, text = 0, ""
        for piece in self._pieces:
            if isinstance(piece, str):
                text += piece
            elif piece[0] < piece[1]:
                if text or piece[0] > done:
                    found.append((done, piece[0], text))
                done, text = piece[1], ""
        return [*found, (done, self._length, text)] if text or done < self._length else found
