"""A fix: changes of a document's value, and the edits of the user's text that make them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.ecs.task import Node
    from fargate_lint.launch import Spot
    from fargate_lint.source.document import Change, Document, Edit, Path

#: How many characters are read again for the fixes of one document: each fix reads all of it. The
#: findings beyond have none, until those before are fixed.
MOST_READ = {"json": 64_000_000, "yaml": 4_000_000}


class Fix:
    """What puts a finding right, as changes of the document's value rather than of its text.

    `safe` says that nothing which works can become worse by it. Changes are made one after another;
    each returns the fix itself. Where a change can't be made in the user's text, there is no fix.
    """

    __slots__ = ("changes", "safe", "title")

    def __init__(self, title: str, *, safe: bool = True) -> None:
        #: What it does, in the imperative.
        self.title = title
        self.safe = safe
        #: What the path of each change leads into, and the change: see `fargate_lint.source.edits`.
        self.changes: list[tuple[Definition | Document, Change]] = []

    def set(self, node: Node | Spot, at: Path, value: Any) -> Fix:
        """Write `value` at `at` below a node, as a new member where there is none."""
        return self._change(node, "set", at, value)

    def insert(self, node: Node | Spot, at: Path, *values: Any) -> Fix:
        """Put items into a list before the one at `at`, whose last step is an index."""
        return self._change(node, "insert", at, values)

    def append(self, node: Node, at: Path, item: Any) -> Fix:
        """Put an item at the end of the list at `at`, which is made where there is none."""
        there = node.get(*at)
        if isinstance(there, list):
            return self.insert(node, (*at, len(there)), item)
        return self.set(node, at, [item])

    def remove(self, node: Node | Spot, at: Path) -> Fix:
        """Take out a member or an item."""
        return self._change(node, "remove", at, None)

    def rename(self, node: Node | Spot, at: Path, name: str) -> Fix:
        """Give a member another name."""
        return self._change(node, "rename", at, name)

    def write(self, document: Document, start: int, end: int, text: str) -> Fix:
        """Write other text between two character offsets, by which the value doesn't change."""
        self.changes.append((document, ("write", (start, end), text)))
        return self

    def _change(self, node: Node | Spot, verb: str, at: Path, value: Any) -> Fix:
        self.changes.append((node.lens, (verb, (*node.path, *at), value)))
        return self


class Edits:
    """The edits of `document` that make a fix, in the order of its text.

    `after` is the changed document: where the fix changes one that is inside of `document`, that.
    """

    __slots__ = ("after", "document", "edits")

    def __init__(self, document: Document, edits: list[Edit], after: Document) -> None:
        self.document = document
        self.edits = edits
        self.after = after


def edits(fix: Fix) -> Edits | None:
    """The edits of the user's text that make a fix.

    None where the changes can't be made, or not in one document, or not without changing something
    else.
    """
    found = [lens.change(*change) for lens, change in fix.changes]
    if not found or found[0] is None:
        return None
    document = found[0][0]
    changes = [one[1] for one in found if one is not None and one[0] is document]
    if len(changes) < len(found) or document.syntax not in MOST_READ:
        return None
    from fargate_lint.source.edits import cost_of, edited  # noqa: PLC0415  (only where fixes are wanted)

    cost = sum(cost_of(document, change) for change in changes)
    if document.reread + cost > MOST_READ[document.syntax]:
        return None
    document.reread += cost
    made = edited(document, changes)
    return Edits(*document.outward(made[0]), made[1]) if made is not None else None


def shown(fix: Fix) -> dict[str, Any] | None:
    """A fix as `--output-format json` prints it; None for one whose text would show a secret."""
    found = edits(fix)
    if found is None:
        return None
    from fargate_lint.lint.mask.redact import mask_of  # noqa: PLC0415  (only where fixes are wanted)

    document = found.document
    masks = mask_of(document).text, mask_of(found.after).text
    if any(mask(text) != text for mask in masks for _, _, text in found.edits):
        return None
    return {
        "title": masks[0](fix.title),
        "safe": fix.safe,
        "edits": [
            {"start": _point(document, start), "end": _point(document, end), "text": text}
            for start, end, text in found.edits
        ],
    }


def _point(document: Document, offset: int) -> dict[str, int]:
    line, column = document.place(offset)
    return {"line": line, "column": column}
