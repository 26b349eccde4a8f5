"""A table of a configuration file: its values by their types, and the words for mistakes in it."""

from __future__ import annotations

import re
from datetime import date, time

from fargate_lint.lint.settings.toml import at
from fargate_lint.source.similar import similar
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.source.document import Document, Path

KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "a table",
    type(None): "None",
}


class Table:
    """A table of a configuration file, with the words for what is wrong in it."""

    __slots__ = ("document", "path", "value")

    def __init__(self, document: Document, path: Path) -> None:
        self.document = document
        self.path = path
        self.value: Any = document.value
        for step in path:
            self.value = self.value[step]

    def stop(self, message: str, *below: str | int, help: str = "", key: bool = False) -> Stop:  # noqa: A002  (the word for it)
        """The error for something below the table, with its line and column."""
        return Stop(f"{at(self.document, (*self.path, *below), key=key)}: {message}", help)

    def wrong(self, wanted: str, *below: str | int, example: str = "") -> Stop:
        """The error for a value of the wrong type."""
        value = self.value
        for step in below:
            value = value[step]
        message = f"`{_name(below)}` takes {wanted}, not {kind(value)}"
        return self.stop(message, *below, help=f"write `{example}`" if example else "")

    def only(self, names: Iterable[str], lead: str = "there is no setting") -> None:
        """Stop at a key that isn't one of `names`, with `lead` and the key."""
        names = list(names)
        for key in self.value:
            if key not in names:
                known = ", ".join(f"`{name}`" for name in sorted(names))
                advice = near(key, names) or (f"there is {known}" if known else "")
                raise self.stop(f"{lead} `{key}`", key, help=advice, key=True)

    def inner(self, key: str, example: str) -> Table:
        """The table below a key."""
        if not isinstance(self.value[key], dict):
            raise self.wrong("a table", key, example=example)
        return Table(self.document, (*self.path, key))

    def text(self, key: str, example: str = "") -> str:
        """A string that is not empty."""
        value = self.value[key]
        if not isinstance(value, str):
            raise self.wrong("a string", key, example=example)
        if not value.strip():
            raise self.stop(f"`{key}` is empty", key, help=f"write `{example}`" if example else "")
        return value

    def texts(self, key: str) -> list[str]:
        """A list of strings."""
        value = self.value[key]
        if not isinstance(value, list):
            example = f'{_quoted(key)} = ["{value}"]' if isinstance(value, str) else ""
            raise self.wrong("a list of strings", key, example=example)
        for index, item in enumerate(value):
            if not isinstance(item, str):
                raise self.wrong("strings", key, index)
            if not item.strip():
                raise self.stop(f"`{key}` holds an empty string", key, index)
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.value[key]
        if not isinstance(value, bool):
            raise self.wrong("true or false", key)
        return value

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """One of a few words."""
        choices = list(choices)
        words = f"{', '.join(f'`{word}`' for word in choices[:-1])} or `{choices[-1]}`"
        value = self.value[key]
        if not isinstance(value, str):
            raise self.wrong(words, key)
        if value not in choices:
            raise self.stop(f"`{key}` is {words}, not `{value}`", key, help=near(value, choices))
        return value


def near(word: str, words: Iterable[str]) -> str:
    """The question whether a similar word was meant, or ""."""
    found = similar(word.lower().replace("_", "-"), words, 0.6)
    return f"did you mean `{found}`?" if found else ""


def kind(value: object) -> str:
    """A few words for the type of a value."""
    of_file = KINDS.get(type(value))
    if of_file is None and not isinstance(value, (date, time)):
        return f"a {type(value).__name__}"
    return of_file or "a date or time"


def _name(below: tuple[str | int, ...]) -> str:
    return next((str(step) for step in reversed(below) if isinstance(step, str)), "")


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else f'"{key}"'
