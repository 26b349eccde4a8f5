"""Hiding what is secret in lines of logs and in what ECS says."""

from __future__ import annotations

import re

from fargate_lint.lint.redact import SECRET_TEXT, is_secret_name, secrets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.source.document import Document

#: No line of a report is longer than this.
LONGEST = 600
# NAME=value, NAME: value, "NAME": "value" and what has more words in front, as lines have them.
ASSIGNED = re.compile(
    r"(?P<name>[A-Za-z_][\w.-]{0,60})[\"']?\s{0,3}(?:[:=]|=>)\s{0,3}(?:\\?[\"']?)"
)
VALUE = re.compile(r"(?:(?:Bearer|Basic|Splunk|ApiKey|token)\s+)?[^\s\"'\\,;&)}\]]+")
SCHEME = re.compile(
    r"\b(?P<scheme>Bearer|Basic|Splunk|ApiKey|Token)\s+(?P<value>[A-Za-z0-9+/=_.~-]{8,})",
    re.IGNORECASE,
)
# What begins in a way that only keys begin in; HEC tokens and New Relic's license keys.
SHAPED = re.compile(
    r"\bsk_(?:live|test)_\w{10,}|\bglc_[\w=+/]{16,}|\bNRAK-\w{10,}|\b[0-9a-f]{36}NRAL\b"
    r"|\bAIza[\w-]{30,}|\bnpm_\w{20,}|\bhttps?://\S*?[?&](?:X-Amz-Signature|sig|signature)=[^\s&\"']+"
)
AWS_SECRET = re.compile(r"(?<![\w/+=])[A-Za-z0-9/+]{40}(?![\w/+=])")
SEARCHED = 4
# The body of a key, which lines of its own do not tell from other letters and digits.
KEY_BEGINS = re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY")
KEY_ENDS = re.compile(r"-----END [A-Z ]{0,40}PRIVATE KEY")
KEY_LINE = re.compile(r"\s*[A-Za-z0-9+/]{40,}={0,2}\s*")


class LogMask:
    """Hides secrets in texts that are not the definition's: those it has, and what looks like one.

    `documents` are those whose secrets are known by their names.
    """

    __slots__ = ("_known",)

    def __init__(self, documents: Iterable[Document]) -> None:
        found = {
            text
            for document in documents
            for _, text in secrets(document.value)
            if len(text) >= SEARCHED
        }
        self._known = sorted(found, key=len, reverse=True)

    def text(self, text: str) -> str:
        """`text` in one line, not too long, without secrets."""
        text = self.hide(text if len(text) <= LONGEST * 4 else text[: LONGEST * 4])
        text = " ".join(text.split())
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    def excerpt(self, lines: Iterable[str]) -> list[str]:
        """Lines that follow each other in a log, as `text` has them.

        A private key may begin before them and end behind them: what may be of its body is hidden.
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
        for known in self._known:
            if known in text:
                text = text.replace(known, "*" * len(known))
        text = SECRET_TEXT.sub(_stars, text)
        text = _unassigned(text)
        text = SCHEME.sub(lambda match: f"{match['scheme']} {'*' * len(match['value'])}", text)
        text = SHAPED.sub(_stars, text)
        return AWS_SECRET.sub(_mixed, text)


def _stars(match: re.Match[str]) -> str:
    return "*" * len(match[0])


def _unassigned(text: str) -> str:
    """`text` without the values of secret names. The value of one name may begin with another."""
    parts = []
    done = 0
    for match in ASSIGNED.finditer(text):
        if match.start() < done or not is_secret_name(match["name"]):
            continue
        value = VALUE.match(text, match.end())
        if value is not None:
            parts += [text[done : value.start()], "*" * len(value[0])]
            done = value.end()
    return "".join([*parts, text[done:]])


def _mixed(match: re.Match[str]) -> str:
    """Forty letters and digits are a secret key when they are mixed as in one."""
    text = match[0]
    mixed = any(c.islower() for c in text) and any(c.isupper() for c in text)
    return "*" * len(text) if mixed and any(c.isdecimal() for c in text) else text
