"""A rule's page, as written in its docstring: summary, sections, and examples that run."""

from __future__ import annotations

import re
from inspect import cleandoc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.lint.rule import Rule

FENCE = re.compile(
    r"^```(?P<language>\w+)(?P<words>[^\n]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
# A heading or a fenced block with the empty lines behind it, however many there are.
SPACED = re.compile(rf"(?:{FENCE.pattern}|^(?P<heading>\#\# [^\n]*)$)\n*", re.DOTALL | re.MULTILINE)
#: What a fenced block may be: each rule has a `bad` one, and `fixed` or `good` ones.
KINDS = ("bad", "fixed", "good")
#: What stands above such a block where people read it.
TITLES = {"bad": "Reported", "fixed": "Write instead", "good": "Not reported"}

#: How a rule's findings are fixed, by its `fixable`.
FIXES = {"safe": "`--fix`", "unsafe": "`--fix --unsafe-fixes`"}


class Example:
    """A fenced block of a page.

    `kind` is `bad` (the rule reports it), `fixed` (the same put right) or `good` (right all along).
    `base` names the task definition that the fragment is laid over, `none` when it is all there is;
    `settings` are the settings that it needs, as written after the kind. One with a setting `given`
    is no fragment but the file that is given with this option, for the base as it is.
    """

    __slots__ = ("base", "kind", "language", "settings", "text")

    def __init__(self, language: str, words: str, text: str) -> None:
        self.language = language
        self.text = text
        kind, *rest = words.split() or [""]
        self.kind = kind
        pairs = dict(word.split("=", 1) for word in rest if "=" in word)
        self.base = pairs.pop("base", "agent")
        self.settings = pairs


def text(rule: type[Rule]) -> str:
    """The page: Markdown, without the indentation of the source."""
    return cleandoc(rule.__doc__ or "")


def summary(rule: type[Rule]) -> str:
    """The fault in one sentence: the first paragraph of the page, on one line."""
    return " ".join(text(rule).partition("\n\n")[0].split())


def examples(rule: type[Rule]) -> list[Example]:
    """The page's fenced blocks that have one of the kinds."""
    return [
        Example(match["language"], match["words"], match["text"])
        for match in FENCE.finditer(text(rule))
        if match["words"].split()[:1] and match["words"].split()[0] in KINDS
    ]


def markdown(rule: type[Rule], plugin: str) -> str:
    """The page with its heading and what is known of the rule, as in `docs/rules`."""
    facts = [f"`{rule.code}`", f"**{rule.severity}**"]
    if rule.since:
        facts.append(f"since {rule.since}")
    if plugin != "fargate_lint":
        facts.append(f"plugin `{plugin}`")
    if rule.fixable:
        facts.append(FIXES[rule.fixable])
    if rule.aliases:
        facts.append("also " + ", ".join(f"`{alias}`" for alias in rule.aliases))
    body = SPACED.sub(_spaced, text(rule))
    return f"# {rule.name}\n\n{' · '.join(facts)}\n\n{body.strip()}\n"


def _spaced(match: re.Match[str]) -> str:
    """A heading, or a fenced block below what it is, with empty lines around it."""
    if match["heading"]:
        return f"{match['heading']}\n\n"
    example = Example(match["language"], match["words"], match["text"])
    title = TITLES.get(example.kind, "")
    given = example.settings.pop("given", "")
    if title and given:
        title += f", given with `--{given}`"
    if title and example.settings:
        made = ", ".join(f"`{_setting(*item)}`" for item in example.settings.items())
        title += f", with {made}"
    lead = f"{title}:\n\n" if title else ""
    return f"{lead}```{match['language']}\n{match['text']}```\n\n"


def _setting(key: str, value: str) -> str:
    return f"{key} = {value}" if value in {"true", "false"} else f'{key} = "{value}"'
