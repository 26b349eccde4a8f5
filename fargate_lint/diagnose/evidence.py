"""Pieces of evidence, and clues: what speaks for a cause, and how much."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Evidence:
    """A place that hints at a cause. `kind` is `log`, `stop` (what ECS says), `finding`, `launch`.

    `line` counts from 1, 0 where there is none; `path` is a JSON Pointer into the file, "" for
    what has none; `text` is free of secrets.
    """

    __slots__ = ("file", "kind", "line", "path", "text")

    def __init__(self, kind: str, file: str, line: int, path: str, text: str) -> None:
        self.kind = kind
        self.file = file
        self.line = line
        self.path = path
        self.text = text

    def as_json(self) -> dict[str, Any]:
        """The evidence as `explain --format json` prints it."""
        return {
            "kind": self.kind,
            "file": self.file,
            "line": self.line or None,
            "path": self.path or None,
            "text": self.text,
        }


class Clue:
    """Something that speaks for a cause: `weight` is from `weights`, `note` a sentence about it.

    `help` is the remedy for this very case, where more is known than of the cause in general.
    `certain` is False for what ECS says without saying what it means. `count` is how often a
    harmless thing was seen.
    """

    __slots__ = ("cause", "certain", "count", "evidence", "help", "note", "weight")

    def __init__(
        self,
        cause: str,
        weight: float,
        evidence: Sequence[Evidence] = (),
        note: str = "",
        help: str = "",  # noqa: A002  (the word for it everywhere in this program)
        *,
        certain: bool = True,
        count: int = 1,
    ) -> None:
        self.cause = cause
        self.certain = certain
        self.weight = weight
        self.evidence = list(evidence)
        self.note = note
        self.help = help
        self.count = count
