"""Fixes as text: the edits that make a fix's changes in the user's file."""

from __future__ import annotations

from fargate_lint.lint.redact import mask_of
from fargate_lint.source.edits import edited

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.lint.finding import Fix
    from fargate_lint.source.document import Document
    from fargate_lint.source.edits import Edit

#: How many characters are read again for the fixes of one document: each fix reads all of it. The
#: findings beyond have none, until those before are fixed.
MOST_READ = {"json": 64_000_000, "yaml": 4_000_000}


def edits(fix: Fix) -> tuple[list[Edit], Document] | None:
    """The edits of the document's text, in their order, and the document after them.

    None where the changes can't be made, or not without changing something else.
    """
    document = fix.document
    if document is None or document.syntax not in MOST_READ:
        return None
    cost = len(document.text) * len(fix.changes)
    if document.reread + cost > MOST_READ[document.syntax]:
        return None
    document.reread += cost
    return edited(document, fix.changes)


def shown(fix: Fix) -> dict[str, Any] | None:
    """A fix as `--output-format json` prints it; None for one whose text would show a secret."""
    found = edits(fix)
    if found is None or fix.document is None:
        return None
    masks = mask_of(fix.document).text, mask_of(found[1]).text
    if any(mask(text) != text for mask in masks for _, _, text in found[0]):
        return None
    document = fix.document
    return {
        "title": masks[0](fix.title),
        "safe": fix.safe,
        "edits": [
            {"start": _point(document, start), "end": _point(document, end), "text": text}
            for start, end, text in found[0]
        ],
    }


def _point(document: Document, offset: int) -> dict[str, int]:
    line, column = document.place(offset)
    return {"line": line, "column": column}
