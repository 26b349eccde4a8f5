"""The examples of a rule's page, and the task definitions that they are laid over."""

from __future__ import annotations

import json
import os
import re
import shlex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BASES = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "examples")
# `key=value` or `key="value with blanks"` behind the kind of an example.
PAIR = re.compile(r'([\w-]+)=("[^"]*"|\S*)')
# A written command is no wider than a page on a terminal lets it be.
WIDTH = 92


class Example:
    """A fenced block of a page.

    `kind` is `bad` (the rule reports it), `fixed` (the same put right) or `good` (right all along).
    `base` names the task definition that the fragment is laid over, `none` when it is all there is;
    `settings` are the settings that it needs, as written after the kind. One with a setting `given`
    is no fragment but the file that is given with this option, for the base as it is.

    An empty block stands for the log router's command in the base. `without="X"` takes out X,
    `with="Y"` puts Y in its place or, alone, in the place of what sets the same; what nothing sets
    is added to the end. X and Y are `Key=value`, short for `-p Key=value`, or words as in a shell:
    `with="-i Mem_Buf_Limit 1G"`, `without="-o syslog -m *" with="-o syslog"`.
    """

    __slots__ = ("added", "base", "kind", "language", "removed", "settings", "text")

    def __init__(self, language: str, words: str, text: str) -> None:
        self.language = language
        self.text = text
        self.kind = (words.split() or [""])[0]
        pairs = {key: value.strip('"') for key, value in PAIR.findall(words)}
        self.base = pairs.pop("base", "agent")
        self.removed = pairs.pop("without", "")
        self.added = pairs.pop("with", "")
        self.settings = pairs

    @property
    def fragment(self) -> str:
        """The text, or the command that an empty block stands for, written out.

        Raises ValueError where `with` or `without` mean nothing.
        """
        if self.text or self.language != "json":
            if self.added or self.removed:
                raise ValueError("`with` and `without` belong to an empty block of JSON")
            return self.text
        for container in base(self.base)["containerDefinitions"]:
            if "firelensConfiguration" in container:
                command = container.get("command", [])
                changed = _changed(command, _words(self.removed), _words(self.added))
                return _written(container["name"], changed)
        raise ValueError(f"the base `{self.base}` has no log router")


def base(name: str) -> Any:
    """A task definition that examples are laid over, parsed.

    `agent` is the vendor's recommended task, `cloudwatch` the same with a CloudWatch destination,
    `firelens` a task without the agent, `plain` one without FireLens.
    """
    with open(os.path.join(BASES, name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def overlay(below: Any, above: Any) -> Any:
    """`above` laid over `below`: objects are merged, null removes, anything else replaces."""
    if isinstance(below, dict) and isinstance(above, dict):
        merged = {key: value for key, value in below.items() if above.get(key, 0) is not None}
        for key, value in above.items():
            if value is not None:
                merged[key] = overlay(below.get(key), value)
        return merged
    if _named(below) and _named(above):
        merged_list = list(below)
        names = [item["name"] for item in below]
        for item in above:
            if item["name"] in names:
                index = names.index(item["name"])
                merged_list[index] = overlay(merged_list[index], item)
            else:
                merged_list.append(item)
        return merged_list
    return above


def _named(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and "name" in item for item in value)
    )


def _words(text: str) -> list[str]:
    return shlex.split(text) if text.startswith("-") or not text else ["-p", text]


def _changed(command: list[str], removed: list[str], added: list[str]) -> list[str]:
    """The command with other words in the first place of those that are removed, or alike."""
    if not (removed or added):
        return command
    size = len(removed or added)
    for at in range(len(command) - size + 1):
        here = command[at : at + size]
        if here == removed or (not removed and _setting(here) == _setting(added)):
            return [*command[:at], *added, *command[at + size :]]
    if removed:
        raise ValueError(f"the command has no `{shlex.join(removed)}`")
    return [*command, *added]


def _setting(words: list[str]) -> list[str]:
    """What words set, without the value: all but the last word, and the key before its `=`."""
    key, equals, _ = words[-1].partition("=")
    return [*words[:-1], key + equals if equals else ""] if len(words) > 1 else words


def _written(name: str, command: list[str]) -> str:
    """A fragment with a container's command: each filter and output begins a line."""
    options: list[list[str]] = []
    for word in command:
        if word.startswith("-") or not options:
            options.append([])
        options[-1].append(json.dumps(word))
    lines = [f'{{"containerDefinitions": [{{"name": {json.dumps(name)}, "command": [']
    for option in options:
        text = f" {', '.join(option)},"
        full = len(lines[-1]) + len(text) > WIDTH
        if len(lines) == 1 or full or option[0] in {'"-F"', '"-o"'}:
            lines.append(" ")
        lines[-1] += text
    return "\n".join(lines).rstrip(",") + "]}]}\n"
