"""Hiding what is secret in everything that is shown."""

from __future__ import annotations

import re
from bisect import bisect_left

from fargate_lint.lint.mask.credentials import (
    assigned,
    aws_secrets,
    is_header,
    is_mixed,
    is_secret_name,
)
from fargate_lint.source.once import once
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.source.document import Document, Path

SECRET_TEXT = lazily(
    r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"
    r"|(?<=://)[^\s/@:\"']*:[^\s/\"']+(?=@)"
    # Only where a word begins, or soon behind: each `eyJ` in it would look through to its end.
    r"|(?<![\w-])(?:[\w-]{0,40}-)?eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"
    r"|(?<=[Bb]earer )[\w.~+/=-]{8,}"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{16,}"
    r"|\bxox[abprs]-[\w-]{10,}|(?<=hooks\.slack\.com/services/)[\w/]{20,}"
    r"|\bsk_(?:live|test)_\w{10,}|\bglc_[\w=+/]{16,}|\bNRAK-\w{10,}|\b[0-9a-f]{36}NRAL\b"
    r"|\bAIza[\w-]{30,}|\bnpm_\w{20,}"
    r"|(?<=[?&]sig=)[^\s&\"']+|(?<=[?&]signature=)[^\s&\"']+|(?<=X-Amz-Signature=)[^\s&\"']+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
)
ASSIGNMENT = lazily(r"(?:--?)?([\w.-]+)=(.+)", re.DOTALL)
# The same in the text of a file that can't be read, or not all of it.
PAIR_IN_TEXT = lazily(
    r"""\bname["']?\s*+[:=]\s*+["']?(?P<name>[\w.-]++)["']?\s*+[,;]?\s*+-?\s*+"""
    r"""["']?value["']?\s*[:=]\s*(?:"(?P<double>(?:[^"\\\n]|\\.)*)|'(?P<single>[^'\n]*)"""
    r"""|(?P<bare>[^\s"',}\]]+))"""
)
MEMBER_IN_TEXT = lazily(
    r"""(?<![\w.-])(?P<name>[\w.-]++)["']?\s*+[:=]\s*(?:"(?P<double>(?:[^"\\\n]|\\.)*)|'(?P<single>[^'\n]*)"""
    r"""|(?P<bare>[^\s"',{}\[\]]+))"""
)
# Shorter values are masked where they stand, but not looked for elsewhere; nor are these.
SEARCHED = 4
COMMON = frozenset({"true", "false", "none", "null"})


# Options of Fluent Bit whose value begins with a name, in lower case.
NAMING = frozenset({"add", "header", "record", "set"})
# Members of API objects: of a tag and of a driver's options `key` is the name.
NO_SECRETS = frozenset({"key", "Key", "name"})
# Of which a value of several lines tells only in its first.
PRIVATE_KEY = "PRIVATE KEY-----"
# Letters and digits, that is, in both cases; or so many hexadecimal digits twice.
SHORTEST_KEY = 16
HEX = lazily(r"[0-9a-f]+|[0-9A-F]+")


def secrets_in_text(text: str) -> Iterator[tuple[int, int]]:
    """Where secrets seem to stand in a text that nobody could parse: (start, end) offsets."""
    for pattern in (PAIR_IN_TEXT, MEMBER_IN_TEXT):
        for match in pattern.finditer(text):
            if is_secret_name(match["name"]) and match["name"] != "key":
                group = match.lastgroup or "bare"
                yield match.span(group)


def secrets(value: Any) -> Iterator[tuple[Path, str, bool]]:
    """The secret strings in a parsed document: where, what, and whether that is the whole value.

    Looks at `{"name": …, "value": …}` pairs, at members, at words such as `password=…`, and at what
    stands within longer values. What says where a secret is kept is none, unless it is one by its
    looks.
    """
    stack: list[tuple[Path, Any]] = [((), value)]
    while stack:
        path, item = stack.pop()
        if isinstance(item, dict):
            name, paired = item.get("name"), item.get("value")
            if isinstance(name, str) and is_secret_name(name):
                yield (*path, "value"), _plain(paired), True
            for key, member in item.items():
                if isinstance(member, (dict, list)):
                    stack.append(((*path, key), member))
                elif _plain(member) and is_secret_name(str(key)) and key not in NO_SECRETS:
                    yield (*path, key), _plain(member), True
                elif isinstance(member, str):
                    yield from _within((*path, key), member)
        elif isinstance(item, list):
            # In Fluent Bit's format a key that is repeated has a list of values.
            name = path[-1] if path else ""
            secret = isinstance(name, str) and name[-1:] != "s" and is_secret_name(name)
            flag = ""
            for index, member in enumerate(item):
                if not isinstance(member, str):
                    stack.append(((*path, index), member))
                elif secret or (_is_flag(flag) and not member.startswith(("-", "$"))):
                    yield (*path, index), member, True
                else:
                    yield from _within((*path, index), member)
                flag = member if isinstance(member, str) else ""


def _is_flag(word: str) -> bool:
    """Whether a word of a command is an option whose value, the next word, is secret."""
    return word.startswith("-") and "=" not in word and is_secret_name(word.lstrip("-"))


def _plain(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _within(path: Path, text: str) -> Iterator[tuple[Path, str, bool]]:
    """What is secret in a value that is none by its own name."""
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    given = text
    if key.lower() not in NAMING:
        # As a word of a command: `Record=token x`.
        key, _, given = text.partition("=")
    if key.lower() in NAMING:
        name, _, rest = given.partition(" ")
        if rest and (is_secret_name(name) or is_header(name)):
            yield path, rest.strip(), True
            return
    assignment = ASSIGNMENT.fullmatch(text)
    if assignment and is_secret_name(assignment[1]):
        yield path, assignment[2], True
    elif PRIVATE_KEY in text or (path[-1:] == ("valueFrom",) and _is_random(text)):
        yield path, text, True
    else:
        for start, end in (*assigned(text), *_keys(text)):
            yield path, text[start:end], start == 0 and end == len(text)


def _keys(text: str) -> Iterator[tuple[int, int]]:
    """A secret key of AWS, if there is nothing else: in an ARN, forty letters are a name."""
    return (span for span in aws_secrets(text) if span == (0, len(text)))


def _is_random(text: str) -> bool:
    """Whether a text is nobody's name for anything: a key stands where its ARN belongs."""
    if len(text) < SHORTEST_KEY or not text.isalnum():
        return False
    return is_mixed(text) or (len(text) >= 2 * SHORTEST_KEY and HEX.fullmatch(text) is not None)


class Mask:
    """Hides the secrets of one document, in any text and in its own lines.

    A secret is replaced by as many asterisks as it has letters, so that columns stay right.
    """

    __slots__ = ("_found", "_known", "_lines", "_spans", "document")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found = list(secrets(document.value))
        known = {
            text
            for _, text, _ in self._found
            if len(text) >= SEARCHED and text.lower() not in COMMON
        }
        #: The longest first, since one may be a part of another.
        self._known = sorted(known, key=len, reverse=True)
        self._spans: list[tuple[int, int]] | None = None
        #: A minified file is one line, which every finding shows: it is masked once.
        self._lines: dict[int, str] = {}

    def text(self, text: str) -> str:
        """`text` without the secrets that can be told from their value or their form."""
        for known in self._known:
            if known in text:
                text = text.replace(known, stars(known))
        return SECRET_TEXT.sub(lambda match: stars(match[0]), text)

    def line(self, number: int) -> str:
        """A line of the document (from 1), also without the secrets that only stand in it."""
        masked = self._lines.get(number)
        if masked is None:
            masked = self._lines[number] = self.text(self._starred(number))
        return masked

    def _places(self) -> list[tuple[int, int]]:
        """Where secrets stand, in the order of the text."""
        if self._spans is None:
            document = self.document
            # A part of a value is looked for, and found unless the file writes it in another way.
            found = {
                document.span(path).value
                for path, text, whole in self._found
                if text and (whole or text not in document.text)
            }
            if document.value is None or document.faults:
                found.update(secrets_in_text(document.text))
                found.update(assigned(document.text))
            self._spans = sorted(found)
        return self._spans

    def _starred(self, number: int) -> str:
        line = self.document.line(number)
        start = self.document.start(number)
        spans = self._places()
        parts = []
        done = 0
        # The span before may reach into this line.
        for first, last in spans[max(bisect_left(spans, (start, 0)) - 1, 0) :]:
            if first >= start + len(line):
                break
            low, high = max(first - start, done), min(last - start, len(line))
            if low < high:
                parts += [line[done:low], re.sub(r"[^\s\"',]", "*", line[low:high])]
                done = high
        return "".join([*parts, line[done:]])


@once
def mask_of(document: Document) -> Mask:
    """The mask of a document."""
    return Mask(document)


def stars(secret: str) -> str:
    """What is shown in a secret's place: as many letters and lines."""
    return re.sub(r"[^\n]", "*", secret)
