"""Secrets in parsed documents, by the names of their members."""

from __future__ import annotations

import re

from fargate_lint.lint.mask import commands
from fargate_lint.lint.mask.names import LIKELY, level
from fargate_lint.lint.mask.spans import in_values
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import PLACEHOLDER, Tagged, Unknown, mark, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.source.document import Path

    #: A string, or the rest of one: what it stands in, its last step, the name that speaks for it,
    #: what it is, and whether that is all of the value.
    Leaf = tuple[Path, str | int, str, str | Unknown, bool]
    #: The words of a command, each with its place.
    Words = list[tuple[Path, str | Unknown]]

#: Members that hold the value of a variable, a tag, a parameter, and those that hold its name.
NAMED_BY = {
    "value": ("name", "key"),
    "Value": ("Name", "Key", "OptionName"),
    "ParameterValue": ("ParameterKey",),
}
#: Members of API objects: of a tag and of a driver's options `key` is the name.
#: The default of a template's parameter, whose name speaks for it, and what names it where the
#: template says that nobody is to see it.
DEFAULT = "Default"
HIDDEN = "password"
#: What starts a program, as the API and as CloudFormation names it.
COMMANDS = (("entryPoint", "command"), ("EntryPoint", "Command"))
NO_SECRETS = frozenset({"key", "Key", "name"})
ASSIGNMENT = lazily(r"(?:--?)?(?P<name>[A-Za-z_][\w.-]{0,80})=(?P<value>.*)", re.DOTALL)
# Options of Fluent Bit and of its launcher behind which a key and its value stand.
KEYED = frozenset({"-F", "-f", "-i", "-o", "-p", "-s"})


# What may stand beside a placeholder that is all of a value.
BETWEEN = " \t\n\"'`:/@=,;&?()[]{}<>|"


def secrets(value: Any) -> Iterator[tuple[Path, str, bool]]:
    """The secret strings in a parsed document: where, what, and whether that is the whole value.

    Looks at `{"name": …, "value": …}` pairs, at members, at words of commands, and at what stands
    within longer values.
    """
    found = _Gathered(value)
    for words in found.commands:
        for index, start, end in commands.in_list([_plain(word) for _, word in words]):
            path, word = words[index]
            secret = text_of(word)[start:end]
            yield path, secret, secret == word
    everywhere = in_values([(leaf[2], _plain(leaf[3])) for leaf in found.leaves])
    for (path, step, _, text, whole), spans in zip(found.leaves, everywhere, strict=True):
        for start, end in spans:
            secret = text_of(text)[start:end]
            if isinstance(text, str) or any(map(str.isalnum, Unknown(secret).known)):
                yield (*path, step), secret, whole and secret == text


def _untagged(member: Any) -> Any:
    """A value without the tag of its own that it has in YAML."""
    return member.value if isinstance(member, Tagged) else member


def _own(path: Path) -> str:
    """The name of a list whose elements are values of that name, "" for a list of other things."""
    # Lists in lists are those of a template's functions, as are members that are called so.
    named = (step for step in reversed(path) if isinstance(step, str) and step[:4] != "Fn::")
    name = next(named, "")
    return "" if name[-1:] == "s" else name


class _Gathered:
    """All strings and all commands of a document."""

    def __init__(self, value: Any) -> None:
        self.leaves: list[Leaf] = []
        self.commands: list[Words] = []
        self._rest: list[tuple[Path, Any]] = [((), value)]
        while self._rest:
            path, item = self._rest.pop()
            if isinstance(item, dict):
                self._members(path, item)
            elif isinstance(item, list):
                self._elements(path, item)

    def _members(self, path: Path, item: dict[Any, Any]) -> None:
        for key, member in item.items():
            # Most members are strings that stand for themselves.
            if type(member) is str and key not in NAMED_BY and key != DEFAULT:
                if member and not member.isspace():
                    name = "" if key in NO_SECRETS else str(key)
                    self.leaves.append((path, key, name, member, True))
            elif isinstance(member, (dict, list)):
                self._rest.append(((*path, key), member))
            elif isinstance(member, Tagged) and isinstance(member.value, (dict, list)):
                self._rest.append(((*path, key), member.value))
            elif member is not None and member is not True and member is not False:
                name = "" if key in NO_SECRETS else str(key)
                if key == DEFAULT and path:
                    name = HIDDEN if str(item.get("NoEcho")).lower() == "true" else str(path[-1])
                elif key in NAMED_BY:
                    named = (text_of(item.get(other)) for other in NAMED_BY[key])
                    name = next(filter(None, named), name)
                self._add(path, key, name, member)
        for names in COMMANDS:
            words: list[Any] = [item.get(name) for name in names]
            if all(isinstance(each, list) for each in words):
                # The program is named by the one, its options by the other.
                self.commands.append(
                    [
                        ((*path, key, index), _text(word))
                        for key, inside in zip(names, words, strict=True)
                        for index, word in enumerate(inside)
                    ]
                )

    def _elements(self, path: Path, item: list[Any]) -> None:
        inner = [
            ((*path, index), member)
            for index, member in enumerate(map(_untagged, item))
            if isinstance(member, (dict, list))
        ]
        self._rest += inner
        if len(inner) == len(item):
            return
        # In Fluent Bit's format a key that is repeated has a list of values.
        own = _own(path)
        values = [_text(member) for member in item]
        texts = [_plain(value) for value in values]
        if len(item) > 1 and any(text[:1] == "-" for text in texts):
            self.commands.append([((*path, index), value) for index, value in enumerate(values)])
        option = flag = ""
        for index, member in enumerate(item):
            if isinstance(_untagged(member), (dict, list)):
                continue
            text = texts[index]
            assignment = ASSIGNMENT.fullmatch(text_of(values[index])) if "=" in text else None
            if assignment is not None:
                rest = mark(assignment["value"])
                self._add(path, index, assignment["name"], rest, whole=False)
            name = own
            if option in KEYED and flag[:1] != "-":
                name = flag
            elif flag[:1] == "-" and "=" not in flag and text[:1] not in {"-", "$"}:
                name = flag.lstrip("-") if level(flag.lstrip("-")) >= LIKELY else own
            self._add(path, index, name, member)
            option, flag = flag, text

    def _add(
        self, path: Path, step: str | int, name: str, value: object, *, whole: bool = True
    ) -> None:
        text = value if isinstance(value, str) else _text(value)
        if text and not text_of(text).isspace():
            self.leaves.append((path, step, name, text, whole))


def _text(value: object) -> str | Unknown:
    if isinstance(value, (str, Unknown)):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _plain(value: str | Unknown) -> str:
    """The text of a value, with letters for a placeholder that other letters go on from.

    Alone a placeholder refers to a secret; a password with one in it is none the less one.
    """
    if not isinstance(value, Unknown):
        return value
    text = value.text

    def replaced(match: re.Match[str]) -> str:
        after = text[match.end() : match.end() + 1]
        if not (after + text[match.start() - 1 : match.start()]).strip(BETWEEN):
            return match[0]
        return "a" * (len(match[0]) - 1) + ("_" if after.isalnum() else "a")

    return PLACEHOLDER.sub(replaced, text)
