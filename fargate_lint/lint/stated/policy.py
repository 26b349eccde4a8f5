r"""Rules that a configuration states, for people who write no Python.

    [[rule]]
    code = "ACME101"
    name = "image-from-elsewhere"
    select = "$.containerDefinitions[*].image"
    must-match = '^123456789012\\.dkr\\.'

Each becomes a class like any other rule: it has a page, can be ignored, and is in every format.
"""

from __future__ import annotations

import re
from json import dumps

from fargate_lint.launch import Spot
from fargate_lint.lint.expressions import Expression, expression
from fargate_lint.lint.finding import SEVERITIES
from fargate_lint.lint.ignore import jsonpath
from fargate_lint.lint.rule import Rule
from fargate_lint.source.once import once
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from jsonpath_ng import JSONPath

    from fargate_lint.ecs.task import Task
    from fargate_lint.lint.settings.table import Table
    from fargate_lint.source.document import Path

CONDITIONS = (
    "must-match", "must-not-match", "must-equal", "one-of", "must-exist", "at-least", "at-most",
)  # fmt: skip
KEYS = (
    "code", "name", "severity", "message", "help", "why", "references", "select", "when", "bad",
    "good", "base", *CONDITIONS,
)  # fmt: skip
CODE = re.compile(r"[A-Z]{2,8}\d{3,4}")
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
BASES = ("agent", "cloudwatch", "firelens", "plain", "none")
# Characters of a value that is shown.
SHOWN = 60
PAGE = """\
{summary}

## Why it matters

{why}

## Example

{examples}## References

{references}
"""


class Test:
    """Where to look, and what must be true there. `conditions` are by their names in the file."""

    __slots__ = ("conditions", "path", "text")

    def __init__(self, text: str, conditions: dict[str, Any]) -> None:
        self.text = text
        self.path: JSONPath = jsonpath.compiled(text)
        self.conditions = conditions

    def places(self, task: Task) -> list[Path]:
        """The places that `select` leads to, from the root of the task definition."""
        return jsonpath.matches(self.path, _plain(task))

    def objection(self, value: Any) -> str:
        """What a value is not, in words; "" when it is all that it must be."""
        shown = f"`{_text(value)}`"
        for name, wanted in self.conditions.items():
            if name == "must-match" and wanted.is_in(_whole(value)) is False:
                return f"{shown} doesn't match `{wanted.pattern}`"
            if name == "must-not-match" and wanted.is_in(_whole(value)):
                return f"{shown} matches `{wanted.pattern}`"
            if name == "must-equal" and not _same(value, wanted):
                return f"{shown} is not `{_text(wanted)}`"
            if name == "one-of" and not any(_same(value, each) for each in wanted):
                return f"{shown} is none of {', '.join(f'`{_text(each)}`' for each in wanted)}"
            if name == "must-exist" and not wanted:
                return f"`{self.text}` must not be there, and is {shown}"
            number = _number(value) if name in {"at-least", "at-most"} else None
            if name == "at-least" and number is not None and number < wanted:
                return f"{shown} is less than `{wanted}`"
            if name == "at-most" and number is not None and number > wanted:
                return f"{shown} is more than `{wanted}`"
        return ""

    def absent(self, task: Task) -> list[Path]:
        """The objects and lists that lack what `select` asks for, when they show all they have."""
        from jsonpath_ng import Child, Root  # noqa: PLC0415  (loaded by now)

        path = self.path
        value = _plain(task)
        lacking: list[Path] = []
        while isinstance(path, Child):
            right = path.right
            around = jsonpath.matches(path.left, value)
            for place in around:
                there = _at(value, place)
                if not _leads(right, there) and _is_whole(task, place, self.text):
                    lacking.append(place)
            if around or isinstance(path.left, Root):
                break
            path = path.left
        return lacking

    def holds(self, task: Task) -> bool:
        """Whether some place is all that it must be; unknown values are not."""
        wanted = self.conditions.get("must-exist", True)
        places = self.places(task)
        if not wanted:
            return not places and bool(self.absent(task))
        return any(
            not isinstance(_at(task.value, place), Unknown)
            and not self.objection(_at(task.value, place))
            for place in places
        )


class Policy(Rule):
    """What is common to the rules of configurations. Each is a subclass, made by `read`."""

    test: Test
    when: Test | None = None
    words = ""
    remedy = ""

    def check_task(self, task: Task) -> None:
        """Report each value that is not what it must be."""
        if self.when is not None and not self.when.holds(task):
            return
        for place in self.test.places(task):
            value = _at(task.value, place)
            if not isinstance(value, Unknown):
                objection = self.test.objection(value)
                if objection:
                    self._say(task, place, objection, value)
        if self.test.conditions.get("must-exist"):
            for place in self.test.absent(task):
                self._say(task, place, f"`{self.test.text}` is missing", None)

    def _say(self, task: Task, place: Path, objection: str, value: Any) -> None:
        container = ""
        if place[:1] == ("containerDefinitions",) and len(place) > 1:
            container = next((each.name for each in task.containers if each.index == place[1]), "")
        message = self.words or objection
        if not self.words and container:
            message = f"`{container}`: {objection}"
        for name, text in (
            ("{value}", "" if value is None else _text(value)),
            ("{container}", container),
            ("{family}", task.family),
        ):
            message = message.replace(name, text)
        self.report(Spot(task.lens, place), message, help=self.remedy)


def read(table: Table) -> type[Policy]:
    """The rule that a `[[rule]]` states. Stops at the first mistake in it."""
    table.only(KEYS, "a `[[rule]]` has no")
    for key, example in (
        ("code", "ACME101"),
        ("name", "image-from-elsewhere"),
        ("select", "$.containerDefinitions[*].image"),
    ):
        if key not in table.value:
            raise table.stop(f"a `[[rule]]` needs a `{key}`", help=f'write `{key} = "{example}"`')
    for key, pattern, what in (("code", CODE, "ACME101"), ("name", NAME, "no-latest-tag")):
        if not pattern.fullmatch(table.text(key)):
            advice = f'write something like `{key} = "{what}"`'
            raise table.stop(f"`{key}` can't be `{table.value[key]}`", key, help=advice)
    test = _test(table)
    when = None
    if "when" in table.value:
        inner = table.inner("when", '{ select = "$.cpu", must-equal = "256" }')
        inner.only(("select", *CONDITIONS), "`when` has no")
        if "select" not in inner.value:
            raise inner.stop("`when` needs a `select`")
        when = _test(inner, default=True)
    severity = table.choice("severity", SEVERITIES) if "severity" in table.value else "warning"
    members = {
        "code": table.value["code"],
        "name": table.value["name"],
        "severity": severity,
        "test": test,
        "when": when,
        "words": table.text("message") if "message" in table.value else "",
        "remedy": table.text("help") if "help" in table.value else "",
        "since": "",
        "__doc__": _page(table, test, when),
    }
    return type(table.value["code"], (Policy,), members)


def _test(table: Table, *, default: bool = False) -> Test:
    """What a table selects and demands of it; only to be there, when it may say no more."""
    text = table.text("select")
    conditions: dict[str, Any] = {}
    for name in CONDITIONS:
        if name in table.value:
            conditions[name] = _condition(table, name)
    if not conditions:
        if not default:
            known = ", ".join(f"`{name}`" for name in CONDITIONS)
            raise table.stop("a `[[rule]]` demands nothing", "select", help=f"add one of {known}")
        conditions["must-exist"] = True
    try:
        return Test(text, conditions)
    except Exception as error:
        reason = " ".join(str(error).split())
        raise table.stop(f"`select` is no JSONPath: {reason}", "select") from error


def _condition(table: Table, name: str) -> Any:
    value = table.value[name]
    if name in {"must-match", "must-not-match"}:
        try:
            return expression(table.text(name))
        except ValueError as error:
            reason = f"`{name}` is no regular expression: {error}"
            raise table.stop(reason, name) from error
    if name == "must-exist":
        return table.flag(name)
    if name in {"at-least", "at-most"} and (
        isinstance(value, bool) or not isinstance(value, (int, float))
    ):
        raise table.wrong("a number", name)
    if name == "one-of" and (not isinstance(value, list) or not value):
        raise table.wrong("a list of values", name)
    return value


def _page(table: Table, test: Test, when: Test | None) -> str:
    """The rule's page, as pages are written in docstrings."""
    summary = f"{_demand(test)}{f', where {_demand(when)}' if when else ''}."
    own = f"A rule of your organisation, stated in `{table.document.name}`."
    base = table.choice("base", BASES) if "base" in table.value else "agent"
    examples = []
    for kind in ("bad", "good"):
        texts = _texts(table, kind)
        examples += [f"```json {kind} base={base}\n{text.strip()}\n```\n\n" for text in texts]
    references = table.texts("references") if "references" in table.value else []
    why = table.text("why").strip() if "why" in table.value else own
    page = PAGE.format(
        summary=summary,
        why=why,
        examples="".join(examples),
        references="\n".join(f"* {reference}" for reference in references),
    )
    if not examples:
        page = page.replace("## Example\n\n", "")
    return page if references else page.replace("## References\n\n\n", "")


def _texts(table: Table, key: str) -> list[str]:
    if key not in table.value:
        return []
    return [table.text(key)] if isinstance(table.value[key], str) else table.texts(key)


def _demand(test: Test) -> str:
    words = {
        "must-match": "has to match",
        "must-not-match": "must not match",
        "must-equal": "has to be",
        "one-of": "has to be one of",
        "at-least": "has to be at least",
        "at-most": "may be at most",
    }
    parts = []
    for name, wanted in test.conditions.items():
        if name == "must-exist":
            parts.append("has to be there" if wanted else "must not be there")
        else:
            shown = wanted.pattern if isinstance(wanted, Expression) else _text(wanted)
            parts.append(f"{words[name]} `{shown}`")
    return f"`{test.text}` {' and '.join(parts)}"


@once
def _plain(task: Task) -> Any:
    """The task definition with the text of what is unknown, made once for all policies."""
    return jsonpath.plain(task.value)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _leads(path: JSONPath, value: Any) -> bool:
    """Whether a step of a JSONPath leads anywhere from a value; a null counts as nothing."""
    try:
        return any(match.value is not None for match in path.find(value))
    except Exception:  # noqa: BLE001  (a filter may meet anything in a stranger's file)
        return True


def _is_whole(task: Task, place: Path, text: str) -> bool:
    """Whether the file shows all that an object or a list has, as far as `text` asks for it."""
    if task.scope == "fragment" or (not place and (task.open or task.scope != "task")):
        return False
    if place == ("containerDefinitions",) and not task.closed:
        return False
    value = _at(task.value, place)
    if isinstance(value, Unknown) or place in task.lens.partial:
        return False
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Unknown) or (
            isinstance(item, dict)
            and any(isinstance(member, Unknown) and key in text for key, member in item.items())
        ):
            return False
    return True


def _same(value: Any, wanted: Any) -> bool:
    """Equality, where numbers may be written as strings, as the API has them both ways."""
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, (str, int, float)) and isinstance(wanted, (str, int, float)):
        return str(value) == str(wanted)
    return bool(value == wanted)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _whole(value: Any) -> str:
    return value if isinstance(value, str) else dumps(jsonpath.plain(value), default=str)


def _text(value: Any) -> str:
    text = _whole(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
