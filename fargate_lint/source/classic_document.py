"""A file in Fluent Bit's classic format as a document: how it is told from others, its values."""

from __future__ import annotations

import re

from fargate_lint.source import classic
from fargate_lint.source.document import Document
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from fargate_lint.source.document import Fault

# A line of any program's configuration that tells something: a header, or a key and what parts it
# from its value.
_LINE = lazily(
    r"^[ \t]*(?:\[[ \t]*(?P<section>[A-Za-z_]+)[ \t]*(?:\]|$)"
    r"|(?P<key>[A-Za-z_][\w.]*)[ \t]*(?P<sign>[=:]?))",
    re.MULTILINE,
)
_DIRECTIVE = lazily(r"^@(?:INCLUDE|SET)[ \t]+\S", re.MULTILINE)
# Fluentd's configuration has directives of the same names.
_TAG = lazily(r"^[ \t]*</?[a-z_]+[^>\n]*>", re.MULTILINE)
_YAML = lazily(
    r"^(?:pipeline[ \t]*:[ \t\r]*\n(?:[ \t\r]*\n|[ \t]*#[^\n]*\n)*[ \t]+-?[ \t]*"
    r"(?:inputs|filters|outputs)[ \t]*:"
    r"|(?:multiline_)?parsers[ \t]*:[ \t\r]*\n[ \t]*-[ \t]+name[ \t]*:)",
    re.MULTILINE,
)
_INSTANCE = frozenset({
    "INPUT", "INPUTS", "FILTER", "FILTERS", "OUTPUT", "OUTPUTS", "CUSTOM", "CUSTOMS", "PARSER",
    "MULTILINE_PARSER", "STREAM_TASK", "UPSTREAM", "NODE",
})  # fmt: skip
# Sections whose names other programs use too, with the keys that make them Fluent Bit's.
_OTHERS = {
    "SERVICE": lazily(
        r"(?:coro_stack_size|daemon|dns\..*|flush|grace|h[ch]_.*|health_check|hot_reload.*"
        r"|http_listen|http_port|http_server|log_file|log_level|parsers_file|plugins_file"
        r"|scheduler\..*|sp\..*|storage\..*|streams_file)",
        re.IGNORECASE,
    ),
    "PLUGINS": lazily("path", re.IGNORECASE),
}


def is_classic(text: str) -> bool:
    """Whether a text is Fluent Bit's classic configuration, with faults or without, by its look.

    Units of systemd, INI files and what Fluentd or nginx read are something else.
    """
    section = ""
    for match in _LINE.finditer(text):
        if match["section"]:
            section = match["section"]
        elif section and _tells(section, match["key"], match["sign"]):
            return True
    return _DIRECTIVE.search(text) is not None and _TAG.search(text) is None


def _tells(section: str, key: str, sign: str) -> bool:
    """Whether a key makes its section one of Fluent Bit's."""
    kind = section.upper()
    if kind in _INSTANCE:
        # With another sign than a blank it is a mistake, or an INI file: these are in lower case.
        named = key.lower() == "name"
        return not sign or named if section == kind else named and not sign
    known = _OTHERS.get(kind)
    return known is not None and not sign and known.fullmatch(key) is not None


def is_yaml(text: str) -> bool:
    """Whether a text is Fluent Bit's configuration in YAML, by its look."""
    return _YAML.search(text) is not None


def read(name: str, text: str, faults: Sequence[Fault] = ()) -> Document:
    """A text in the classic format as a document.

    Its value has a list for each section name, in upper case, and in it an object for each section:
    keys as written, to a text, or to a list of texts when the key is repeated. Paths are those of
    `classic.locate`.
    """
    value: dict[str, list[dict[str, Any]]] = {}
    for header, pairs in classic.parse(text, name=name).sections():
        members: dict[str, Any] = {}
        for pair in pairs:
            before = members.get(pair.key)
            if before is None:
                members[pair.key] = pair.value
            elif isinstance(before, list):
                before.append(pair.value)
            else:
                members[pair.key] = [before, pair.value]
        value.setdefault(header.name.upper(), []).append(members)
    return Document(name, "classic", text, value, faults, classic.locate)
