"""IAM policies: statements, and whether they let somebody do something to a resource.

A value that is not known, in a policy or in the question, may be anything, so that answers are of
three kinds: NO, MAYBE, YES.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fargate_lint.source.unknown import PLACEHOLDER, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, NamedTuple

    from fargate_lint.source.document import Document, Path

    class Verdict(NamedTuple):
        """`allowed`, `denied`, `missing`, `conditional` or `unknown`, and the statement why.

        With `missing`, that is one that allows the action, but not for this resource.
        """

        outcome: str
        statement: Statement | None
else:
    from collections import namedtuple

    Verdict = namedtuple("Verdict", "outcome statement")

NO, MAYBE, YES = range(3)
#: The resource of an action that can't be limited to any: only a `*` matches it.
EVERYTHING = "\x01"
VERSION = "2012-10-17"
# A policy has at most 10,240 characters, an ARN at most 2,048.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
LONGEST = 10240
SUBSTITUTION = re.compile(r"!Sub\s+(['\"]?)(?P<text>[^\n]*?)\1\s*")


def pattern(value: object) -> str:
    """The text of a value with `*` in the place of all that is not known of it."""
    if isinstance(value, str):
        return value
    text = value.text if isinstance(value, Unknown) else ""
    substitution = SUBSTITUTION.fullmatch(text)
    if substitution is not None:
        text = substitution["text"]
    elif text.startswith("!"):
        return "*"
    if PLACEHOLDER.search(text) is None:
        return "*"
    return re.sub(r"\*+", "*", PLACEHOLDER.sub("*", text))


def overlaps(wildcards: str, subject: str) -> bool:
    """Whether a pattern (`*` for any text, `?` for one character) matches `subject` for some value
    of the parts of it that are not known, each written `*`.
    """
    if len(wildcards) > LONGEST or len(subject) > LONGEST:
        return True
    ask = _subject(subject)
    reached = ask.skip(1)
    for sign in wildcards:
        if sign == "*":
            reached = ask.onward(reached)
        else:
            read = ask.plain if sign == "?" else ask.places.get(sign, 0)
            reached = ask.skip((reached & read) << 1 | (reached & ask.stars))
        if not reached:
            return False
    return bool(reached >> ask.length & 1)


def covers(wildcards: str, subject: str) -> bool:
    """Whether a pattern matches `subject` whatever stands in the parts of it that are not known."""
    if len(wildcards) > LONGEST or len(subject) > LONGEST:
        return wildcards == "*"
    ask = _subject(subject)
    reached = 1
    for sign in wildcards:
        if sign == "*":
            reached = ask.onward(reached)
        else:
            reached = (reached & (ask.plain if sign == "?" else ask.places.get(sign, 0))) << 1
        if not reached:
            return False
    return bool(reached >> ask.length & 1)


class _Subject:
    """A text to match, as sets of positions; a set is an integer with a bit for each member."""

    __slots__ = ("length", "places", "plain", "stars")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self.places: dict[str, int] = {}
        for index, sign in enumerate(text):
            self.places[sign] = self.places.get(sign, 0) | 1 << index
        self.stars = self.places.pop("*", 0)
        self.plain = ((1 << self.length) - 1) & ~self.stars

    def skip(self, reached: int) -> int:
        """The positions that are reached when unknown parts may be empty."""
        while True:
            more = reached | (reached & self.stars) << 1
            if more == reached:
                return reached
            reached = more

    def onward(self, reached: int) -> int:
        """All positions from the first that is reached."""
        lowest = reached & -reached
        return ((1 << self.length + 1) - 1) & ~(lowest - 1) if lowest else 0


@lru_cache(maxsize=64)
def _subject(text: str) -> _Subject:
    return _Subject(text)


class _Text:
    """One entry of an `Action` or `Resource`; not `sure` when a part of it is not known."""

    __slots__ = ("sure", "wildcards")

    def __init__(self, value: object, *, fold: bool) -> None:
        self.sure = isinstance(value, str)
        text = pattern(value)
        self.wildcards = text.lower() if fold else text

    def matches(self, subject: str) -> int:
        """NO, MAYBE or YES."""
        if not overlaps(self.wildcards, subject):
            return NO
        return YES if self.sure and covers(self.wildcards, subject) else MAYBE


class Statement:
    """One statement of a policy. What it has a Condition for is not judged (`conditional`).

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """

    __slots__ = (
        "_actions", "_resources", "conditional", "document", "effect", "inside", "path",
        "principal", "value",
    )  # fmt: skip

    def __init__(self, document: Document, path: Path, value: dict[str, Any]) -> None:
        self.document = document
        self.path = path
        #: The whole policy is a text at `path`, in which there are no places.
        self.inside = False
        self.value = value
        self.effect = value.get("Effect")
        self.conditional = bool(value.get("Condition"))
        #: It says who may do something, as only trust policies and policies of resources do.
        self.principal = "Principal" in value or "NotPrincipal" in value
        self._actions = _element(value, "Action", fold=True)
        self._resources = _element(value, "Resource", fold=False)

    @property
    def actions(self) -> list[str]:
        """The actions that it names, as written; [] when it has a NotAction."""
        value = self.value.get("Action")
        items = value if isinstance(value, list) else [value]
        return [item for item in items if isinstance(item, str)]

    def at(self, element: str) -> Path:
        """The path of an element or of its `Not…`, from the document's root."""
        name = element if element in self.value else "Not" + element
        return self.path if self.inside or name not in self.value else (*self.path, name)

    def concerns(self, action: str) -> int:
        """Whether it is about an action: NO, MAYBE or YES. Case doesn't matter."""
        return _answer(self._actions, action.lower())

    def answers(self, action: str, resource: str) -> int:
        """Whether it is about an action on a resource, in which `*` is what is not known."""
        about = self.concerns(action)
        return min(about, _answer(self._resources, resource)) if about else NO


def _element(value: dict[str, Any], name: str, *, fold: bool) -> tuple[bool, list[_Text]]:
    """An element or its `Not…`: whether it is that, and its entries."""
    negated = name not in value
    found = value.get("Not" + name if negated else name)
    if found is None:
        return False, []
    items = found if isinstance(found, list) else [found]
    return negated, [_Text(item, fold=fold) for item in items]


def _answer(element: tuple[bool, list[_Text]], subject: str) -> int:
    negated, texts = element
    best = max((text.matches(subject) for text in texts), default=NO)
    return YES - best if negated else best


class Policy:
    """A policy of a role. `open` says that there may be more in it than the statements, since it is
    known by its name only, or a template writes statements.
    """

    __slots__ = ("document", "open", "path", "statements")

    def __init__(
        self,
        document: Document,
        path: Path,
        statements: Sequence[Statement],
        *,
        open: bool = False,  # noqa: A002  (as nodes of a task have it)
    ) -> None:
        self.document = document
        self.path = path
        self.statements = list(statements)
        self.open = open


def parse(document: Document, path: Path, value: dict[str, Any]) -> Policy:
    """The policy in an object with a `Statement`, which is an object or a list of them."""
    found = value.get("Statement")
    items: list[tuple[Path, Any]] = [((*path, "Statement"), found)]
    if isinstance(found, list):
        items = [((*path, "Statement", index), item) for index, item in enumerate(found)]
    whole = all(isinstance(item, dict) and at not in document.partial for at, item in items)
    return Policy(
        document,
        path,
        [Statement(document, at, item) for at, item in items if isinstance(item, dict)],
        open=not whole or path in document.partial,
    )


def evaluate(policies: Sequence[Policy], action: str, resources: Sequence[str]) -> Verdict:
    """Whether policies together let a role do an action to a resource.

    `resources` are the forms in which the service may ask for the one resource, the likeliest
    first. A Deny counts only where it surely applies, an Allow wherever it may.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    doubt = allowed = conditional = near = None
    for statement in _statements(policies):
        if statement.effect == "Deny":
            if statement.answers(action, resources[0]) == YES:
                if not statement.conditional:
                    return Verdict("denied", statement)
                doubt = doubt or statement
            continue
        if not any(statement.answers(action, resource) for resource in resources):
            if statement.concerns(action) == YES:
                near = near or statement
        elif statement.conditional:
            conditional = conditional or statement
        else:
            allowed = allowed or statement
    if allowed is not None:
        return Verdict("conditional", doubt) if doubt else Verdict("allowed", allowed)
    if conditional is not None:
        return Verdict("conditional", conditional)
    if any(policy.open for policy in policies):
        return Verdict("unknown", None)
    return Verdict("missing", near)


def _statements(policies: Iterable[Policy]) -> Iterator[Statement]:
    return (
        statement
        for policy in policies
        for statement in policy.statements
        if statement.effect in ("Allow", "Deny") or isinstance(statement.effect, Unknown)
    )


def grants(wanted: Iterable[tuple[Sequence[str], str]]) -> list[dict[str, Any]]:
    """The fewest statements that allow these (actions, resource) pairs, and nothing else."""
    of_resource: dict[str, dict[str, None]] = {}
    for actions, resource in wanted:
        of_resource.setdefault(resource, {}).update(dict.fromkeys(actions))
    resources: dict[frozenset[str], list[str]] = {}
    for resource, found in of_resource.items():
        resources.setdefault(frozenset(found), []).append(resource)
    return [
        {
            "Effect": "Allow",
            "Action": list(of_resource[found[0]]),
            "Resource": found[0] if len(found) == 1 else found,
        }
        for found in resources.values()
    ]


def policy(statements: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A policy document of these statements."""
    return {"Version": VERSION, "Statement": list(statements)}
