"""A pattern's tree, laid out as the instructions of a backtracking machine."""

from __future__ import annotations

from fargate_lint.launch.onigmo.atoms import Invalid, Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.launch.onigmo.syntax import Node

    Instruction = tuple[Any, ...]

CHAR, SET, ANY, SPLIT, JUMP, SAVE, ASSERT, LOOK, BEHIND, ATOMIC, BACKREF, BRANCH, ACCEPT = range(13)
# `a{1000}{1000}` would be a million instructions; such patterns are not simulated.
SIZE_LIMIT = 20_000


class Program:
    """The instructions, and whether what follows a place depends on what was captured before."""

    __slots__ = ("code", "remembers")

    def __init__(self, tree: Node) -> None:
        self.code: list[Instruction] = []
        self.remembers = False
        self._emit(tree)
        self._add(ACCEPT)

    def _add(self, *instruction: Any) -> int:
        if len(self.code) >= SIZE_LIMIT:
            raise Unsupported("very large pattern")
        self.code.append(instruction)
        return len(self.code) - 1

    def _emit(self, node: Node) -> None:
        kind = node[0]
        if kind == "char":
            _, char, ignore_case = node
            folded = char.casefold()
            if ignore_case and (folded != char or char.upper() != char):
                self._add(CHAR, frozenset({char, char.lower(), char.upper(), folded}))
            else:
                self._add(CHAR, char)
        elif kind == "set":
            self._add(SET, node[1].has)
        elif kind == "any":
            self._add(ANY, node[1])
        elif kind == "seq":
            for item in node[1]:
                self._emit(item)
        elif kind == "alt":
            self._alternatives(node[1])
        elif kind == "repeat":
            self._repeat(*node[1:])
        elif kind == "group":
            self._add(SAVE, 2 * node[1])
            self._emit(node[2])
            self._add(SAVE, 2 * node[1] + 1)
        elif kind == "assert":
            self._add(SAVE, 0) if node[1] == "keep" else self._add(ASSERT, node[1])
        elif kind == "look":
            self._look(*node[1:])
        elif kind == "atomic":
            self._enclosed(ATOMIC, node[1])
        elif kind == "backref":
            self.remembers = True
            self._add(BACKREF, node[1], node[2])
        else:
            self._condition(*node[1:])

    def _alternatives(self, branches: list[Node]) -> None:
        ends: list[int] = []
        for branch in branches[:-1]:
            split = self._add(SPLIT)
            self._emit(branch)
            ends.append(self._add(JUMP))
            self.code[split] = (SPLIT, split + 1, len(self.code))
        self._emit(branches[-1])
        for end in ends:
            self.code[end] = (JUMP, len(self.code))

    def _repeat(self, node: Node, low: int, high: int | None, mode: str) -> None:
        if mode == "possessive":
            self._enclosed(ATOMIC, ("repeat", node, low, high, "greedy"))
            return
        lazy = mode == "lazy"
        for _ in range(low):
            size = len(self.code)
            self._emit(node)
            if len(self.code) == size:
                break
        if high is None:
            split = self._add(SPLIT)
            self._emit(node)
            self._add(JUMP, split)
            self._choose(split, lazy=lazy)
            return
        splits: list[int] = []
        for _ in range(high - low):
            splits.append(self._add(SPLIT))
            self._emit(node)
        for split in splits:
            self._choose(split, lazy=lazy)

    def _choose(self, split: int, *, lazy: bool) -> None:
        into, past = split + 1, len(self.code)
        self.code[split] = (SPLIT, past, into) if lazy else (SPLIT, into, past)

    def _enclosed(self, operation: int, node: Node, *details: Any) -> None:
        """A part that is matched on its own; the instruction knows where the rest begins."""
        place = self._add(operation)
        self._emit(node)
        self._add(ACCEPT)
        self.code[place] = (operation, len(self.code), *details)

    def _look(self, node: Node, behind: bool, negative: bool) -> None:
        if not behind:
            self._enclosed(LOOK, node, negative)
            return
        # Onigmo wants a fixed length, but each alternative at the top may have its own.
        place = self._add(BEHIND)
        parts: list[tuple[int, int]] = []
        for branch in node[1] if node[0] == "alt" else [node]:
            parts.append((width(branch), len(self.code)))
            self._emit(branch)
            self._add(ACCEPT)
        self.code[place] = (BEHIND, len(self.code), negative, parts)

    def _condition(self, numbers: list[int], yes: Node, no: Node) -> None:
        self.remembers = True
        place = self._add(BRANCH)
        self._emit(yes)
        end = self._add(JUMP)
        self.code[place] = (BRANCH, numbers, len(self.code))
        self._emit(no)
        self.code[end] = (JUMP, len(self.code))


def width(node: Node) -> int:
    """How many characters a part of a look-behind always has. Raises Invalid when it varies."""
    kind = node[0]
    if kind in {"char", "set", "any"}:
        return 1
    if kind in {"assert", "look"}:
        return 0
    if kind == "seq":
        return sum(width(item) for item in node[1])
    if kind == "group":
        return width(node[2])
    if kind == "atomic":
        return width(node[1])
    if kind == "repeat" and node[2] == node[3]:
        return int(node[2]) * width(node[1])
    if kind == "alt":
        widths = {width(item) for item in node[1]}
        if len(widths) == 1:
            return widths.pop()
    raise Invalid("invalid pattern in look-behind")
