"""What can be said of a Lua script without running it."""

from __future__ import annotations

import re

from fargate_lint.source.patterns import lazily

TOKEN = lazily(
    r"--\[(?P<comment>=*)\[|--[^\n]*|\[(?P<long>=*)\[|(?P<quote>[\"'])|(?P<open>[({\[])"
    r"|(?P<close>[)}\]])"
)
PAIRS = {"(": ")", "{": "}", "[": "]"}
# Code that can define functions in ways that are not seen here.
DYNAMIC = lazily(r"\b(?:require|dofile|loadfile|loadstring|load|setmetatable|_G|setfenv)\b")


def unbalanced(code: str) -> bool:
    """Whether a bracket, a string or a long comment is surely not closed."""
    expected: list[str] = []
    at = 0
    while True:
        match = TOKEN.search(code, at)
        if match is None:
            return bool(expected)
        at = match.end()
        level = match["comment"] if match["comment"] is not None else match["long"]
        if level is not None:
            end = code.find(f"]{level}]", at)
            if end < 0:
                return True
            at = end + len(level) + 2
        elif match["quote"]:
            closed = _string_end(code, at, match["quote"])
            if closed < 0:
                return True
            at = closed
        elif match["open"]:
            expected.append(PAIRS[match["open"]])
        elif match["close"] and (not expected or expected.pop() != match["close"]):
            return True


def _string_end(code: str, at: int, quote: str) -> int:
    while at < len(code) and code[at] not in {quote, "\n"}:
        at += 2 if code[at] == "\\" else 1
    return at + 1 if code[at : at + 1] == quote else -1


def defines(code: str, name: str) -> bool:
    """Whether the code defines this global function, or may do so in a way that is not seen."""
    if DYNAMIC.search(code):
        return True
    word = re.escape(name)
    return re.search(rf"\bfunction\s+{word}\s*\(|\b{word}\s*(?:,[\w\s,]*)?=", code) is not None
