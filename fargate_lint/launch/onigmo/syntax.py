"""Onigmo's Ruby syntax, read into a tree.

A node is a tuple that begins with its kind: `("char", c, ignore_case)`, `("set", CharSet)`,
`("any", newline_too)`, `("seq", nodes)`, `("alt", nodes)`, `("repeat", node, min, max, mode)` with
max None for no end and mode `greedy`, `lazy` or `possessive`, `("group", number, node)`,
`("assert", kind)`, `("look", node, behind, negative)`, `("atomic", node)`,
`("backref", numbers, ignore_case)`, `("if", number, yes, no)`.

The syntax: https://github.com/k-takata/Onigmo/blob/master/doc/RE
"""

from __future__ import annotations

from fargate_lint.launch.onigmo.atoms import Atoms, Invalid, Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Node = tuple[Any, ...]

# Onigmo's own limit for the numbers of an interval.
REPEAT_LIMIT = 100_000
# Deeper patterns are not simulated, so that nothing here recurses without end.
DEPTH_LIMIT = 40
QUANTIFIER_LIMIT = 4
FLAGS = frozenset("imxdau")


class Parser(Atoms):
    """One reading of one pattern. `groups` counts captures, `names` tells which have a name."""

    def parse(self) -> Node:
        """The whole pattern as a tree. Raises Invalid and Unsupported."""
        tree = self._alternatives(0)
        if not self.at_end():
            raise Invalid("unmatched close parenthesis")
        self.check_references()
        return tree

    def _alternatives(self, depth: int) -> Node:
        if depth > DEPTH_LIMIT:
            raise Unsupported("deeply nested pattern")
        options = self.options
        branches: list[Node] = []
        while True:
            branches.append(self._sequence(depth))
            if not self.take("|"):
                break
        self.options = options
        return branches[0] if len(branches) == 1 else ("alt", branches)

    def _sequence(self, depth: int) -> Node:
        items: list[Node] = []
        while not self.at_end() and self.peek() not in "|)":
            if self.options.extended and self._skip_blank():
                continue
            atom = self._atom(depth)
            if atom is not None:
                items.append(self._quantified(atom))
        return items[0] if len(items) == 1 else ("seq", items)

    def _skip_blank(self) -> bool:
        if self.peek() == "#":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end + 1
            return True
        if self.peek() in " \t\n\r\f\v":
            self.at += 1
            return True
        return False

    def _atom(self, depth: int) -> Node | None:
        char = self.next()
        if char == "(":
            return self._group(depth + 1)
        if char == "[":
            return ("set", self.char_class(0))
        if char == "\\":
            return self.escape()
        if char == ".":
            return ("any", self.options.dotall)
        if char == "^":
            return ("assert", "line start")
        if char == "$":
            return ("assert", "line end")
        if char in "*+?":
            raise Invalid("target of repeat operator is not specified")
        return ("char", char, self.options.ignore_case)

    def _quantified(self, atom: Node) -> Node:
        layers = 0
        while not self.at_end():
            if self.options.extended and self._skip_blank():
                continue
            found = self._quantifier()
            if found is None:
                break
            layers += 1
            if layers > QUANTIFIER_LIMIT:
                raise Unsupported("many quantifiers in a row")
            atom = ("repeat", atom, *found)
        return atom

    def _quantifier(self) -> tuple[int, int | None, str] | None:
        char = self.peek()
        if char in "*+?":
            self.at += 1
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[char]
            mode = "lazy" if self.take("?") else "possessive" if self.take("+") else "greedy"
            return low, high, mode
        if char != "{":
            return None
        interval = self._interval()
        if interval is None:
            return None
        low, high = interval
        # `{n}?` is an optional `{n}`, and a plus after an interval is one more quantifier.
        lazy = low != high and self.take("?")
        return low, high, "lazy" if lazy else "greedy"

    def _interval(self) -> tuple[int, int | None] | None:
        end = self.text.find("}", self.at)
        body = self.text[self.at + 1 : end] if end > 0 else ""
        first, comma, last = body.partition(",")
        digits = first + last
        if not digits.isascii() or not digits.isdigit():
            return None
        low = int(first[:9] or "0")
        high = int(last[:9]) if last else None if comma else low
        if max(low, high or 0) > REPEAT_LIMIT:
            raise Invalid("too big number {,}")
        if high is not None and high < low:
            raise Invalid("upper is smaller than lower in a repeat range")
        self.at = end + 1
        return low, high

    def _close(self, node: Node) -> Node:
        if not self.take(")"):
            raise Invalid("end pattern with unmatched parenthesis")
        return node

    def _capture(self, depth: int, name: str | None) -> Node:
        number = self.new_group(name)
        options = self.options
        node = self._close(self._alternatives(depth))
        self.options = options
        return ("group", number, node)

    def _group(self, depth: int) -> Node | None:
        if not self.take("?"):
            if self.only_named:
                return self._close(self._alternatives(depth))
            return self._capture(depth, None)
        if self.take("#"):
            end = self.text.find(")", self.at)
            if end < 0:
                raise Invalid("end pattern in group")
            self.at = end + 1
            return None
        for mark, behind, negative in (
            ("=", False, False),
            ("!", False, True),
            ("<=", True, False),
            ("<!", True, True),
        ):
            if self.take(mark):
                node = self._close(self._alternatives(depth))
                return ("look", node, behind, negative)
        if self.take(">"):
            return ("atomic", self._close(self._alternatives(depth)))
        if self.take("<"):
            return self._capture(depth, self.group_name(">"))
        if self.take("'"):
            return self._capture(depth, self.group_name("'"))
        if self.take("("):
            return self._condition(depth)
        if self.take("~"):
            raise Unsupported("absent operator")
        return self._flags(depth)

    def _condition(self, depth: int) -> Node:
        end = self.text.find(")", self.at)
        if end < 0:
            raise Invalid("end pattern in group")
        number = self.reference(self.text[self.at : end].strip("<>'"))
        self.at = end + 1
        yes = self._sequence(depth)
        no = self._sequence(depth) if self.take("|") else ("seq", [])
        if self.peek_is("|"):
            raise Invalid("invalid conditional pattern")
        return self._close(("if", number, yes, no))

    def _flags(self, depth: int) -> Node:
        """`(?i)` lasts to the end of the group it stands in, `(?i:…)` to its own end."""
        options = self.options.copy()
        off = False
        while True:
            if self.at_end():
                raise Invalid("end pattern in group")
            char = self.next()
            if char in ":)":
                break
            if char == "-" and not off:
                off = True
            elif char in FLAGS and not (off and char in "dau"):
                options.set(char, on=not off)
            else:
                raise Invalid("undefined group option")
        outer, self.options = self.options, options
        node = self._alternatives(depth)
        self.options = outer
        return self._close(node) if char == ":" else node
