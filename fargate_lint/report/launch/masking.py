"""Hiding the secrets of a launch: those of the task definition, and those of included files."""

from __future__ import annotations

import re

from fargate_lint.lint.mask.known import Known
from fargate_lint.lint.mask.spans import in_log, in_text, in_value, merged, starred
from fargate_lint.lint.mask.structure import secrets
from fargate_lint.report.terminal import UNSEEN, commandless, escaped
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fargate_lint.launch.launch import Launch

# `Key value` and `@SET key=value`.
LINE = re.compile(r"([ \t#]*(?:@SET[ \t]+)?([^\s=#\[]+)(?:[ \t]+|=))(\S[^\r]*)", re.IGNORECASE)
NAME = re.compile(r"[\w.-]+")
#: Characters of the shortest value of an option that is looked for everywhere.
TELLING = 8
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
    """Hides the secrets of a launch, and those of a `record` that is sent through it.

    A value is secret when its key says so or its form does. The same text is then hidden wherever
    it stands, unless it is short.
    """

    __slots__ = ("_known",)

    def __init__(self, launch: Launch, record: dict[str, Any] | None = None) -> None:
        found = {text for _, text, _ in secrets([launch.lens.document.value, record])}
        found |= {text for text in _secrets(launch) if len(text) >= TELLING}
        for text in (record or {}).values():
            if isinstance(text, str):
                found |= {text[start:end] for start, end in in_log(text)}
        self._known = Known(found)

    def text(self, text: str) -> str:
        """Any text, without what the launch tells to be secret, and what looks so."""
        return starred(text, merged([*self._known.spans(text), *in_text(text)]))

    def data(self, data: bytes) -> bytes:
        """Bytes, without what the launch tells to be secret, and what looks so."""
        text = data.decode("utf-8", "surrogateescape")
        return self.text(text).encode("utf-8", "surrogateescape")

    def file(self, text: str) -> str:
        """The text of a configuration, in which the keys of its lines tell what is secret too.

        Control characters are written out, as is what would be a command to GitHub's runner.
        """
        text = "\n".join(self._line(line) for line in self.text(text).split("\n"))
        return commandless(CONTROLS.sub(lambda match: escaped(match[0]), text))

    def value(self, key: str, value: str) -> str:
        """The value of an option, or of a member of a record."""
        return starred(value, merged([*self._known.spans(value), *in_value(key, value)]))

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

    def _line(self, line: str) -> str:
        """A line of a configuration, its value hidden when it is secret."""
        found = LINE.match(line)
        # A comment may hold an option that was left out, but most hold sentences.
        if found is None or ("#" in found[1] and " " in found[3].strip()):
            return line
        return found[1] + self.value(found[2], found[3]) + line[found.end() :]


def _secrets(launch: Launch) -> Iterator[str]:
    """What is secret beyond what the document's own names tell."""
    for text in (launch.lens.document.text, *(text for _, text in launch.includes.values())):
        yield from (text[start:end] for start, end in in_text(text))
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
    """The parts of a value that are secret."""
    return (value[start:end] for start, end in in_value(key, value))
