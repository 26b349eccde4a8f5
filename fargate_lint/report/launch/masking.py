"""Hiding the secrets of a launch: those of the task definition, and those of included files."""

from __future__ import annotations

import re

from fargate_lint.launch.record import encoded
from fargate_lint.lint.mask.credentials import is_header, is_secret_name
from fargate_lint.lint.mask.redact import (
    COMMON,
    SEARCHED,
    SECRET_TEXT,
    secrets,
    stars,
)
from fargate_lint.report.terminal import UNSEEN, escaped
from fargate_lint.source.unknown import PLACEHOLDER, Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.launch.launch import Launch

# `Key value` and `@SET key=value`; within values, `Record key value` and `Header key value`.
LINE = re.compile(r"([ \t#]*(?:@SET[ \t]+)?([^\s=#\[]+)(?:[ \t]+|=))(\S[^\r]*)", re.IGNORECASE)
PAIR = re.compile(r"(\"?([\w.-]+)\"?:?[ \t]+)(.+)", re.DOTALL)
NAME = re.compile(r"[\w.-]+")
# Options whose value is a pair of words, the first of them a name.
PAIRS = frozenset({"add", "hard_set", "header", "record", "set"})
# All that a terminal would obey but for line ends.
CONTROLS = re.compile(f"(?![\\n\\t]|\\r\\n){UNSEEN}")


class OpenMask:
    """Hides nothing: for what is to be run."""

    __slots__ = ()

    def text(self, text: str) -> str:
        """Any text, as it is."""
        return text

    def data(self, data: bytes) -> bytes:
        """Bytes, as they are."""
        return data

    def file(self, text: str) -> str:
        """The text of a configuration, as it is."""
        return text

    def value(self, key: str, value: str) -> str:  # noqa: ARG002  (as LaunchMask's)
        """The value of an option, as it is."""
        return value

    def words(self, words: Iterable[str | Unknown]) -> list[str]:
        """The words of a command, as they are."""
        return [text_of(word) for word in words]


class LaunchMask(OpenMask):
    """Hides the secrets of a launch.

    A value is secret when its key says so or its form does. The same text is then hidden wherever
    it stands, unless it is short.
    """

    __slots__ = ("_known",)

    def __init__(self, launch: Launch) -> None:
        value = launch.lens.document.value
        known = {text for _, text, _ in secrets(value) if _is_telling(text, SEARCHED)}
        known |= {text for text in _secrets(launch) if _is_telling(text, 2 * SEARCHED)}
        #: The longest first, since one may be a part of another.
        self._known = sorted(known, key=len, reverse=True)

    def text(self, text: str) -> str:
        """Any text, without what the launch tells to be secret."""
        for known in self._known:
            text = text.replace(known, stars(known))
        return text

    def data(self, data: bytes) -> bytes:
        """Bytes, without what the launch tells to be secret."""
        for known in self._known:
            data = data.replace(encoded(known), encoded(stars(known)))
        return data

    def file(self, text: str) -> str:
        """The text of a configuration, in which the keys of its lines tell what is secret too.

        Control characters are written out.
        """
        text = SECRET_TEXT.sub(lambda match: stars(match[0]), text)
        text = self.text("\n".join(_masked_line(line) for line in text.split("\n")))
        return CONTROLS.sub(lambda match: escaped(match[0]), text)

    def value(self, key: str, value: str) -> str:
        """The value of an option."""
        value = SECRET_TEXT.sub(lambda match: stars(match[0]), value)
        return self.text(_masked(key, value))

    def words(self, words: Iterable[str | Unknown]) -> list[str]:
        """The words of a command, with secrets in `-p key=value` and in `-i key value`."""
        found: list[str] = []
        key = ""
        for word in words:
            text = text_of(word)
            name, equals, value = text.partition("=")
            if equals and NAME.fullmatch(name):
                found.append(f"{name}={self.value(name, value)}")
                key = ""
            else:
                found.append(self.value(key, text))
                key = text.lstrip("-")
        return found


def _is_telling(value: str, least: int) -> bool:
    """Whether a secret is long and rare enough to be looked for everywhere."""
    return len(value) >= least and value.lower() not in COMMON and not PLACEHOLDER.fullmatch(value)


def _secrets(launch: Launch) -> Iterator[str]:
    """What is secret beyond what the document's own names tell."""
    for text in (launch.lens.document.text, *(text for _, text in launch.includes.values())):
        yield from (match[0] for match in SECRET_TEXT.finditer(text))
    for _, text in launch.includes.values():
        for line in text.splitlines():
            found = LINE.match(line)
            if found is not None:
                yield from _hidden(found[2], found[3].strip())
    arguments = launch.arguments
    if arguments is not None:
        for pairs in (arguments.inputs, arguments.filters, arguments.outputs, arguments.services):
            for pair in pairs:
                yield from _hidden(text_of(pair.key), text_of(pair.value))
    for section in launch.line.sections if launch.argv else ():
        for entry in section.entries:
            yield from _hidden(entry.key, entry.text)


def _hidden(key: str, value: str) -> Iterator[str]:
    """The part of a value that is secret."""
    if _is_secret(key):
        yield value
    elif key.lower() in PAIRS:
        pair = PAIR.fullmatch(value)
        if pair is not None and _is_secret(pair[2]):
            yield pair[3]


def _masked(key: str, value: str) -> str:
    """The value of this key, hidden when it is secret."""
    for secret in _hidden(key, value):
        if not PLACEHOLDER.fullmatch(secret.strip()):
            return value.removesuffix(secret) + stars(secret)
    return value


def _is_secret(name: str) -> bool:
    return is_secret_name(name) or is_header(name)


def _masked_line(line: str) -> str:
    """A line of a configuration, its value hidden when it is secret."""
    found = LINE.match(line)
    # A comment may hold an option that was left out, but most hold sentences.
    if found is None or ("#" in found[1] and " " in found[3].strip()):
        return line
    return found[1] + _masked(found[2], found[3]) + line[found.end() :]
