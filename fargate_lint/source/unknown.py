"""Values that a file does not decide: templates, placeholders, references."""

from __future__ import annotations

import re

from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Each alternative is one way in which people leave a value to something that runs later:
# Terraform and shell `${x}`, Go, Jinja and ecspresso `{{ x }}`, the vendor's `<x>`, shell `$X`,
# Azure DevOps `#{x}#`, Windows `%X%`, and `__X__`, unless words stand on both sides of it, as in
# the names of .NET and Airflow (`APP__DB__PASSWORD`). None looks past another opening of its kind,
# so that text of nothing but openings takes no longer than other text.
PLACEHOLDER = lazily(
    r"\$\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}"
    r"|\{\{(?:(?!\{\{).)*?\}\}"
    r"|\{%(?:(?!\{%).)*?%\}"
    r"|<%(?:(?!<%).)*?%>"
    r"|<[A-Za-z][^<>\n]*>"
    r"|\$[A-Z_][A-Z0-9_]*"
    r"|\#\{[^{}\n]*\}\#?"
    r"|%[A-Z][A-Z0-9_]*%"
    r"|__(?:(?<![A-Za-z0-9]__){name}__|{name}__(?![A-Za-z0-9]))".replace(
        "{name}", "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"
    ),
    re.DOTALL,
)
# Text without one of these can't hold a placeholder: the cheap question for one value.
MARKS = re.compile(r"[$<]|\{\{|\{%|\#\{|%[A-Z]|__[A-Z]")
# For a whole file, looking for each as it is takes a tenth of the time of one pattern for all.
_LOOSE_MARKS = ("$", "<", "{{", "{%", "#{", "%", "__")


def may_be_in(text: str) -> bool:
    """A quick look at a whole file: False only when no placeholder can be in it."""
    return any(mark in text for mark in _LOOSE_MARKS)


class Unknown:
    """A value that is not known, with the text that stands for it in the file.

    Missing and unknown are different things: what is missing is None. An unknown value is never
    equal to a known one, and a rule that meets one says nothing about it.
    """

    __slots__ = ("text",)

    def __init__(self, text: str = "") -> None:
        self.text = text

    @property
    def known(self) -> str:
        """The text without its placeholders: the part that is certain to be in the value."""
        return PLACEHOLDER.sub("", self.text)

    def __repr__(self) -> str:
        return f"Unknown({self.text!r})"


class Tagged(Unknown):
    """A value of YAML with a tag of its own, such as `!Ref Name`: the tag, and what stands behind.

    It is unknown to all who don't know the tag. What is inside has its place below its path.
    """

    __slots__ = ("tag", "value")

    def __init__(self, text: str, tag: str, value: Any) -> None:
        super().__init__(text)
        self.tag = tag
        self.value = value


def mark(value: Any) -> Any:
    """`value` with each string that holds a placeholder made Unknown."""
    root = [value]
    pending: list[Any] = [root]
    while pending:
        node = pending.pop()
        for key, item in node.items() if isinstance(node, dict) else enumerate(node):
            if isinstance(item, str):
                if PLACEHOLDER.search(item):
                    node[key] = Unknown(item)
            elif isinstance(item, (dict, list)):
                node[key] = item.copy()
                pending.append(node[key])
    return root[0]


def text_of(value: object) -> str:
    """The text of a string or of an unknown value, "" for anything else."""
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, Unknown) else ""


def known_part(value: object) -> str:
    """What is certain of a string or of an unknown value, "" for anything else."""
    if isinstance(value, str):
        return value
    return value.known if isinstance(value, Unknown) else ""
