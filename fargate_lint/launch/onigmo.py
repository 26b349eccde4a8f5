r"""Regular expressions of Fluent Bit: Onigmo with Ruby's syntax.

Only what is surely wrong is called wrong, since Onigmo accepts more than Python does.

https://github.com/k-takata/Onigmo/blob/master/doc/RE
"""

from __future__ import annotations

import re

OLD = "1.9.10"
REPEAT = "target of repeat operator is not specified"
QUANTIFIER = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\}")
FLAGS = re.compile(r"/([imxo]*)", re.ASCII)
OPENING = re.compile(
    r"\?(?:[:=!>~]|<[=!]|#|[imxadu]*(?:-[imx]*)?[:)]|<[^\W\d]\w*>|'[^\W\d]\w*'|\([^)]*\))"
)


def pattern_of(text: str, version: str) -> str:
    """The pattern itself: `/x/` loses its slashes, and newer versions its flags too."""
    if len(text) > 1 and text.startswith("/"):
        last = text.rfind("/")
        if last > 0 and (last == len(text) - 1 or (version != OLD and FLAGS.fullmatch(text, last))):
            return text[1:last]
    return text


def fault(text: str, version: str) -> str:
    """Why the pattern can't be compiled, as Onigmo says it; "" when it can or may be."""
    pattern = pattern_of(text, version)
    try:
        return _Scan(pattern).fault()
    except IndexError:
        return "end pattern at escape"


class _Scan:
    """A walk along a pattern that keeps count of what is open."""

    __slots__ = ("at", "extended", "groups", "pattern", "repeatable")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = 0
        self.repeatable = False
        # Comments of extended syntax may hold anything: nothing is said about such a pattern.
        self.extended = re.search(r"\(\?[imadu]*x", pattern) is not None

    def fault(self) -> str:
        if self.extended:
            return ""
        while self.at < len(self.pattern):
            wrong = self.step()
            if wrong:
                return wrong
        return "end pattern with unmatched parenthesis" if self.groups else ""

    def step(self) -> str:
        char = self.pattern[self.at]
        if char == "\\":
            # IndexError when nothing follows, which `fault` knows the meaning of.
            self.pattern[self.at + 1]
            self.at += 2
            self.repeatable = True
            return ""
        if char == "[":
            return self.char_class()
        if char == "(":
            return self.open()
        self.at += 1
        if char == ")":
            if not self.groups:
                return "unmatched close parenthesis"
            self.groups -= 1
            self.repeatable = True
        elif char == "|":
            self.repeatable = False
        elif char in "*+?":
            if not self.repeatable:
                return REPEAT
        elif char == "{":
            match = QUANTIFIER.match(self.pattern, self.at - 1)
            if match is None:
                self.repeatable = True
            elif not self.repeatable:
                return REPEAT
            else:
                self.at = match.end()
        else:
            # Onigmo takes `^*` for the repetition of an anchor.
            self.repeatable = True
        return ""

    def open(self) -> str:
        self.at += 1
        self.groups += 1
        self.repeatable = False
        if self.pattern[self.at : self.at + 1] != "?":
            return ""
        if self.pattern.startswith("?#", self.at):
            end = self.pattern.find(")", self.at)
            self.groups -= 1
            self.at = end + 1 if end >= 0 else len(self.pattern)
            return "" if end >= 0 else "end pattern in group"
        match = OPENING.match(self.pattern, self.at)
        if match is None:
            return "undefined group option"
        self.at = match.end()
        if match[0].endswith(")") and not match[0].startswith("?("):
            self.groups -= 1
            self.repeatable = False
        return ""

    def char_class(self) -> str:
        """Past a `[…]`, which may hold others."""
        depth = 0
        first = False
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == "\\":
                self.pattern[self.at + 1]
                self.at += 2
                first = False
                continue
            if char == "[" and not self.pattern.startswith("[:", self.at):
                depth += 1
                self.at += 1
                if self.pattern[self.at : self.at + 1] == "^":
                    self.at += 1
                first = True
                continue
            if char == "[":
                end = self.pattern.find(":]", self.at + 2)
                self.at = end + 2 if end >= 0 else self.at + 1
                first = False
                continue
            self.at += 1
            # A `]` that comes first stands for itself, and needs another one to close the class.
            if char == "]" and first:
                if "]" not in self.pattern[self.at :]:
                    return "empty char-class"
            elif char == "]":
                depth -= 1
                if depth == 0:
                    self.repeatable = True
                    return ""
            first = False
        return "premature end of char-class"
