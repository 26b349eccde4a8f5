"""The machine that runs a program over a text: backtracking, but each state only once."""

from __future__ import annotations

from fargate_lint.launch.onigmo.charset import CLASSES
from fargate_lint.launch.onigmo.program import (
    ANY,
    ASSERT,
    ATOMIC,
    BACKREF,
    BEHIND,
    BRANCH,
    CHAR,
    JUMP,
    LOOK,
    SAVE,
    SET,
    SPLIT,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.launch.onigmo.program import Program

    Captures = tuple[int, ...]

STEP_LIMIT = 1_000_000
WORD = CLASSES["word"]


class Undecided(Exception):
    """What the real program would find was not worked out; the message says why."""


class Match:
    """One match: `start` and `end` in the text, and the captured groups by number."""

    __slots__ = ("_captures", "end", "start", "text")

    def __init__(self, text: str, end: int, captures: Captures) -> None:
        self.text = text
        self.start = captures[0]
        self.end = end
        self._captures = captures

    @property
    def groups(self) -> int:
        """How many capture groups the pattern has."""
        return len(self._captures) // 2 - 1

    def group(self, number: int) -> str | None:
        """The text of a group (0: the whole match), or None when it took no part."""
        if number == 0:
            return self.text[self.start : self.end]
        start, end = self._captures[2 * number : 2 * number + 2]
        return None if end < 0 else self.text[start:end]


class _Run:
    """One search: the text, the states that are known to fail, the steps that are left."""

    __slots__ = ("code", "failed", "looks", "remembers", "steps", "text")

    def __init__(self, program: Program, text: str) -> None:
        self.code = program.code
        self.remembers = program.remembers
        self.text = text
        self.steps = STEP_LIMIT
        self.failed: set[Any] = set()
        self.looks: dict[tuple[int, int], tuple[int, Captures] | None] = {}

    def run(
        self, pc: int, at: int, captures: Captures, failed: set[Any]
    ) -> tuple[int, Captures] | None:
        """Where the program ends when it begins at `pc` and `at`, or None."""
        code, text, remembers = self.code, self.text, self.remembers
        size = len(text)
        stack = [(pc, at, captures)]
        while stack:
            pc, at, captures = stack.pop()
            while True:
                self.steps -= 1
                if self.steps < 0:
                    raise Undecided("too much work for this pattern")
                instruction = code[pc]
                operation = instruction[0]
                if operation == CHAR:
                    if at >= size or text[at] not in instruction[1]:
                        break
                    at += 1
                elif operation == SET:
                    if at >= size or not instruction[1](text[at]):
                        break
                    at += 1
                elif operation == ANY:
                    if at >= size or (text[at] == "\n" and not instruction[1]):
                        break
                    at += 1
                elif operation == SPLIT:
                    state = (pc, at, captures) if remembers else (pc, at)
                    if state in failed:
                        break
                    failed.add(state)
                    stack.append((instruction[2], at, captures))
                    pc = instruction[1]
                    continue
                elif operation == JUMP:
                    pc = instruction[1]
                    continue
                elif operation == SAVE:
                    slot = instruction[1]
                    captures = (*captures[:slot], at, *captures[slot + 1 :])
                elif operation == ASSERT:
                    if not self._holds(instruction[1], at):
                        break
                elif operation in {LOOK, BEHIND, ATOMIC}:
                    inner = self._inside(pc, at, captures)
                    if inner is None:
                        break
                    at, captures = inner
                    pc = instruction[1]
                    continue
                elif operation == BACKREF:
                    end = self._repeated(instruction, at, captures)
                    if end is None:
                        break
                    at = end
                elif operation == BRANCH:
                    if not any(captures[2 * number + 1] >= 0 for number in instruction[1]):
                        pc = instruction[2]
                        continue
                else:
                    return at, captures
                pc += 1
        return None

    def _inside(self, pc: int, at: int, captures: Captures) -> tuple[int, Captures] | None:
        """The outcome of a part that is matched on its own, remembered for each place."""
        place = (pc, at)
        if not self.remembers and place in self.looks:
            found = self.looks[place]
        else:
            found = self._look(pc, at, captures)
            if not self.remembers:
                self.looks[place] = found
        if found is None or self.remembers:
            return found
        inner = found[1]
        return found[0], tuple(
            new if new >= 0 else old for new, old in zip(inner, captures, strict=True)
        )

    def _look(self, pc: int, at: int, captures: Captures) -> tuple[int, Captures] | None:
        operation, _, *details = self.code[pc]
        start = captures if self.remembers else (-1,) * len(captures)
        if operation == ATOMIC:
            return self.run(pc + 1, at, start, set())
        if operation == LOOK:
            found = self.run(pc + 1, at, start, set())
            return self._zero_width(found, at, start, negative=details[0])
        for width, entry in details[1]:
            found = self.run(entry, at - width, start, set()) if width <= at else None
            if found is not None and found[0] == at:
                return self._zero_width(found, at, start, negative=details[0])
        return self._zero_width(None, at, start, negative=details[0])

    @staticmethod
    def _zero_width(
        found: tuple[int, Captures] | None, at: int, start: Captures, *, negative: bool
    ) -> tuple[int, Captures] | None:
        if negative:
            return (at, start) if found is None else None
        return None if found is None else (at, found[1])

    def _holds(self, kind: str, at: int) -> bool:
        text = self.text
        size = len(text)
        if kind == "line start":
            return at == 0 or (text[at - 1] == "\n" and at < size)
        if kind == "line end":
            return at == size or text[at] == "\n"
        if kind in {"text start", "search start"}:
            return at == 0
        if kind == "text end":
            return at == size
        if kind == "last line end":
            return at == size or (at == size - 1 and text[at] == "\n")
        before = at > 0 and WORD(text[at - 1])
        after = at < size and WORD(text[at])
        return (before is not after) is (kind == "word edge")

    def _repeated(self, instruction: Any, at: int, captures: Captures) -> int | None:
        _, numbers, ignore_case = instruction
        for number in reversed(numbers):
            start, end = captures[2 * number : 2 * number + 2]
            if end < 0:
                continue
            wanted = self.text[start:end]
            found = self.text[at : at + len(wanted)]
            if found == wanted or (ignore_case and found.casefold() == wanted.casefold()):
                return at + len(wanted)
        return None


class Machine:
    """A program that is ready to run."""

    __slots__ = ("_groups", "_program")

    def __init__(self, program: Program, groups: int) -> None:
        self._program = program
        self._groups = groups

    def _at(self, run: _Run, start: int) -> Match | None:
        captures = (start, *(-1,) * (2 * self._groups + 1))
        found = run.run(0, start, captures, run.failed)
        return None if found is None else Match(run.text, found[0], found[1])

    def match(self, text: str) -> Match | None:
        """The match at the start of the text."""
        return self._at(_Run(self._program, text), 0)

    def search(self, text: str) -> Match | None:
        """The first match in the text."""
        run = _Run(self._program, text)
        for start in range(len(text) + 1):
            found = self._at(run, start)
            if found is not None:
                return found
        return None
