"""Templates inside other formats: where a `${…}`, `{{ … }}` or `{% … %}` ends, and what it does."""

from __future__ import annotations

import re

#: How a construct that may hold brackets, quotes or blanks begins.
OPENER = re.compile(r"\$\{|%\{|#\{|\{\{|\{%|\{#|<%|\$\(|<(?=[^<>\s])|\{(?=[A-Za-z_][\w.-]*\})")
CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>"}
_BALANCED = re.compile(r'\\.|[{}"]', re.DOTALL)
_SIMPLE = re.compile(r"\$\([^()\n]*\)|<[^<>\n]*>|\{[A-Za-z_][\w.-]*\}|#\{[^{}\n]*\}#?")
# Control flow, against an expression that writes a value: Go and Helm, Handlebars, Jinja and
# Liquid, Terraform, ERB.
_STATEMENT = re.compile(
    r"%\{|\{%|<%(?![=#])"
    r"|\{\{[-~]?\s*(?:[#/^>]"
    r"|(?:if|else|end|range|with|define|block|template|for|endfor|endif|break|continue)\b"
    r"|\$\w+\s*:?=)"
)
_NOTE = re.compile(r"\{#|\{\{[-~]?\s*(?:/\*|!)|<%#")
# Two brackets in a row that are brackets.
_MEMBER = re.compile(r"[\"'][^\"'\n]*[\"']\s*:")
# No template is that long, and text that only looks like many openings must not cost its square.
LONGEST = 20_000
PATIENCE = 100

STATEMENT = "statement"
NOTE = "note"
EXPRESSION = "expression"


class Templates:
    """Finds the ends of template constructs in one text."""

    __slots__ = ("_failures", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._failures = 0

    def end(self, start: int) -> int:
        """The offset behind the construct that opens at `start`, 0 when it isn't one."""
        opener = self._text[start : start + 2]
        if opener in CLOSERS:
            return self._closed(start, opener)
        if opener in {"${", "%{"}:
            return self._balanced(start)
        found = _SIMPLE.match(self._text, start)
        return found.end() if found else 0

    def _closed(self, start: int, opener: str) -> int:
        text = self._text
        if self._failures > PATIENCE:
            return 0
        closer = CLOSERS[opener]
        at = text.find(closer, start + 2, start + LONGEST)
        if at < 0:
            self._failures += 1
            return 0
        inner = text[start + 2 : at].lstrip("-~ \t\r\n")
        if _MEMBER.match(inner):
            return 0
        # Handlebars' `{{{raw}}}`
        return at + (
            3 if opener == "{{" and inner[:1] == "{" and text[at + 2 : at + 3] == "}" else 2
        )

    def _balanced(self, start: int) -> int:
        if self._failures > PATIENCE:
            return 0
        inside = ["{"]
        for found in _BALANCED.finditer(self._text, start + 2, start + LONGEST):
            mark = found.group()
            if inside[-1] == '"':
                if mark == '"':
                    inside.pop()
                elif mark == "{" and self._text[found.start() - 1] in "$%":
                    inside.append("{")
            elif mark == "}":
                inside.pop()
                if not inside:
                    return found.end()
            elif mark in {"{", '"'}:
                inside.append(mark)
        self._failures += 1
        # A quote or a bracket inside may be half of a pair that isn't one: `${x:-"}`.
        simple = re.compile(r"[^{}\n]*\}").match(self._text, start + 2, start + LONGEST)
        return simple.end() if simple else 0


def kind(construct: str) -> str:
    """What a construct does: STATEMENT (control flow), NOTE (a comment) or EXPRESSION (a value)."""
    if _NOTE.match(construct):
        return NOTE
    return STATEMENT if _STATEMENT.match(construct) else EXPRESSION
