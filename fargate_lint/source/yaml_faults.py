"""What is wrong with a YAML text, in plain words."""

from __future__ import annotations

import re

from fargate_lint.source.document import Fault
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml import YAMLError

# What YAML allows in a file is all but these: https://yaml.org/spec/1.2.2/#51-character-set (to
# compile the few takes a twentieth of the time that the many take)
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_INDENTING_TABS = re.compile(r"^ *\t[ \t]*", re.MULTILINE)
_QUOTE = "put the value in quotes"
_INDENT = "align it with the lines around it"
# What they say of something that is not closed.
_OPENED = lazily("expected ',' or|unexpected document separator")
# The parsers' words, of libyaml and of PyYAML itself; what they mean; what to do.
_MEANINGS = tuple(
    (lazily(pattern), message, remedy)
    for pattern, message, remedy in (
        (
            "mapping values are not allowed",
            "a `:` stands where no key can be",
            "put the value in quotes, or align this line with the keys around it",
        ),
        (
            "could not find expected ':'",
            "a key has no `:` after it",
            "write the colon and a blank, or indent the line if it goes on with a value",
        ),
        (
            "did not find expected key|expected <block end>, but found '<(?:scalar|block mapping)",
            "this fits neither the value before it nor the keys around it",
            "check the indentation, and put a value with quotes inside in quotes as a whole",
        ),
        (
            "did not find expected '-' indicator|expected <block end>",
            "this is no element of the list that it stands in",
            "begin it with `- `, or align it with the key that it belongs to",
        ),
        (
            "did not find expected ',' or '\\]'|expected ',' or '\\]'",
            "a list in brackets is not closed",
            "write a comma or ]",
        ),
        (
            "did not find expected ',' or '}'|expected ',' or '}'",
            "a mapping in braces is not closed",
            "write a comma or }",
        ),
        (
            "did not find expected node content|expected the node content",
            "a value is missing here",
            "write a value",
        ),
        (
            "unexpected end of stream|unexpected document separator",
            "a quote is opened and never closed",
            "write the closing quote",
        ),
        ("unknown escape character", "this escape is none of YAML's", "use single quotes"),
        (
            "alphabetic or numeric character",
            "`*` and `&` begin aliases and anchors",
            _QUOTE,
        ),
        ("cannot start any token", "no value can begin with this character", _QUOTE),
        ("undefined tag handle", "`!` begins a tag, and this one is not defined", _QUOTE),
        ("block sequence entries are not allowed", "a list can't begin here", "begin a new line"),
        ("<document start>", "text follows the end of the document", "delete it, or write ---"),
        ("incompatible YAML", "this version of YAML is not known", "write %YAML 1.2"),
        ("mapping keys are not allowed", "a key can't begin here", _INDENT),
    )
)


def syntax(text: str, error: YAMLError) -> Fault:
    """The fault behind an error of the parser."""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    at = min(mark.index if mark else 0, len(text))
    message, remedy = f"this is not YAML: {problem}", "check the indentation and the quotes"
    for pattern, meaning, advice in _MEANINGS:
        if pattern.search(problem):
            message, remedy = meaning, advice
            break
    related: tuple[tuple[int, int, str], ...] = ()
    if opened is not None and opened.index < at:
        if "end of stream" in problem:
            at = opened.index
        elif _OPENED.search(problem):
            related = ((opened.index, opened.index + 1, "opened here"),)
    return Fault(
        "yaml-syntax", message, at, min(at + 1, len(text)), help=remedy, related=related, fatal=True
    )


def unreadable(source: str, text: str) -> Fault | None:
    """The fault of a character that YAML forbids, if there is one."""
    found = _UNREADABLE.search(text)
    if found is None:
        return None
    at = found.start()
    message = f"character U+{ord(source[at]):04X} is not allowed in YAML"
    return Fault("yaml-syntax", message, at, at + 1, help="delete it", fatal=True)


def tabs(text: str, failure: Fault) -> Fault | None:
    """The fault of tabs that indent the line on which a parser failed, if they do."""
    line = text.rfind("\n", 0, failure.start) + 1
    found = _INDENTING_TABS.match(text, line)
    if found is None:
        return None
    count = sum(1 for _ in _INDENTING_TABS.finditer(text))
    more = f" and {count - 1} more" if count > 1 else ""
    return Fault(
        "yaml-tab",
        f"a tab indents this line{more}; YAML indents with spaces only",
        text.index("\t", line),
        found.end(),
        help="replace each tab by spaces",
    )


def without_tabs(text: str) -> str:
    """The text with each tab that indents a line made one space."""
    return _INDENTING_TABS.sub(lambda found: " " * len(found.group()), text)


def duplicate(key: str, span: tuple[int, int], first: tuple[int, int]) -> Fault:
    """The fault of a key that a mapping has twice."""
    return Fault(
        "duplicate-key",
        f"`{key}` is given twice, and only the last one counts",
        *span,
        help="delete one of them",
        related=((*first, "the first one"),),
    )


def alias(name: str, start: int, end: int, *, inside: bool) -> Fault:
    """The fault of an alias to nothing, or to what it stands in."""
    if inside:
        message, remedy = f"alias `*{name}` stands for what it stands in", "write the value out"
        return Fault("yaml-aliases", message, start, end, help=remedy)
    message, remedy = f"no anchor `&{name}` stands before this alias", "put a literal * in quotes"
    return Fault("yaml-syntax", message, start, end, help=remedy)


def too_many_aliases(most: int, start: int, end: int) -> Fault:
    """The fault of aliases of aliases that multiply."""
    message = f"the aliases stand for more than {most} values"
    return Fault("yaml-aliases", message, start, end, help="write the values out", fatal=True)


def too_deep(deepest: int, at: int) -> Fault:
    """The fault of a text that nests too deep."""
    message = f"values nest more than {deepest} deep"
    return Fault("depth", message, at, at + 1, help="flatten it", fatal=True)
