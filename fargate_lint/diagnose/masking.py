"""Hiding what is secret in lines of logs and in what ECS says."""

from __future__ import annotations

from fargate_lint.lint.mask.known import Known
from fargate_lint.lint.mask.spans import in_log, merged, starred
from fargate_lint.lint.mask.structure import secrets
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.source.document import Document

#: Characters of a line in a report.
LINE_LIMIT = 600
# A line of a key's body, which looks like any other letters and digits.
KEY_BEGINS = lazily(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY")
KEY_ENDS = lazily(r"-----END [A-Z ]{0,40}PRIVATE KEY")
KEY_LINE = lazily(r"\s*[A-Za-z0-9+/]{40,}={0,2}\s*")


class LogMask:
    """Hides secrets in texts outside of a definition: those that it holds, and what looks like one.

    `documents` are the definitions, whose secrets are known by their names.
    """

    __slots__ = ("_known",)

    def __init__(self, documents: Iterable[Document]) -> None:
        self._known = Known(
            text for document in documents for _, text, _ in secrets(document.value)
        )

    def text(self, text: str) -> str:
        """`text` in one line of at most LINE_LIMIT characters, without secrets."""
        text = self.hide(text if len(text) <= LINE_LIMIT * 4 else text[: LINE_LIMIT * 4])
        text = " ".join(text.split())
        return text if len(text) <= LINE_LIMIT else text[: LINE_LIMIT - 1] + "…"

    def excerpt(self, lines: Iterable[str]) -> list[str]:
        """Consecutive lines of a log, each as `text` returns it.

        A private key may begin before them or end after them: lines that may be of its body are
        hidden.
        """
        found: list[str] = []
        inside = False
        for line in lines:
            inside = inside or KEY_BEGINS.search(line) is not None
            ends = KEY_ENDS.search(line) is not None
            if ends and not inside:
                found = ["*"] * len(found)
            whole = inside or ends or KEY_LINE.fullmatch(line) is not None
            found.append("*" if whole else self.text(line))
            inside = inside and not ends
        return found

    def hide(self, text: str) -> str:
        """`text` without secrets, otherwise as it is."""
        return starred(text, merged([*self._known.spans(text), *in_log(text)]))
