"""A rule's page, as written in its docstring: summary, sections, and examples that run."""

from __future__ import annotations

import re
from inspect import cleandoc

from fargate_lint.lint.example import Example

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


def body(rule: type[Rule]) -> str:
    """The page as it is read: each example written out, below what it is."""
    return SPACED.sub(_spaced, text(rule)).strip()


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
    return f"# {rule.name}\n\n{' · '.join(facts)}\n\n{body(rule)}\n"


def _spaced(match: re.Match[str]) -> str:
    """A heading, or a fenced block below what it is, with empty lines around it."""
    if match["heading"]:
        return f"{match['heading']}\n\n"
    example = Example(match["language"], match["words"], match["text"])
    try:
        fragment = example.fragment
    except (OSError, ValueError):
        # The page's test tells what is wrong with it; a reader gets what is there.
        return f"{match[0].strip()}\n\n"
    lead = _lead(example) if example.kind in TITLES else ""
    return f"{lead}```{match['language']}\n{fragment}```\n\n"


def _lead(example: Example) -> str:
    """What stands above an example: its kind, and what it differs in."""
    lead = TITLES[example.kind]
    settings = dict(example.settings)
    given = settings.pop("given", "")
    if given:
        lead += f", given with `--{given}`"
    if settings:
        lead += ", with " + ", ".join(f"`{_setting(*item)}`" for item in settings.items())
    if example.added:
        lead += f", with `{example.added}`"
    if example.removed:
        lead += f"{' instead of' if example.added else ', without'} `{example.removed}`"
    return f"{lead}:\n\n"


def _setting(key: str, value: str) -> str:
    return f"{key} = {value}" if value in {"true", "false"} else f'{key} = "{value}"'
