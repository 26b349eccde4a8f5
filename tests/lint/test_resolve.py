from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fargate_lint.lint.finding import Finding, Place
from fargate_lint.lint.registry import load
from fargate_lint.lint.resolve import resolve
from fargate_lint.lint.rule import Rule
from fargate_lint.source.document import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fargate_lint.ecs.task import Task
    from fargate_lint.source.document import Path

DOCUMENT = Document("task.json", "json", "{}", {})


class Cause(Rule):
    code, name = "XAA101", "cause"
    outranks = ("effect", "XCC")


class Effect(Rule):
    code, name = "XBB101", "effect"
    outranks = ("far-effect",)


class FarEffect(Rule):
    code, name = "XCC101", "far-effect"


class Alike(Rule):
    code, name = "XDD101", "alike"
    places_are_one = True
    outranks = ("effect",)


def found(
    rule: type[Rule],
    path: Path = (),
    severity: str = "error",
    *,
    subject: Sequence[Path] = (),
    related: Sequence[Path] = (),
    span: tuple[int, int] | None = None,
    task: Task | None = None,
) -> Finding:
    return Finding(
        rule(), severity, "", Place(DOCUMENT, path, span=span), task=task,
        subject=subject, related=[Place(DOCUMENT, each) for each in related],
    )  # fmt: skip


def standing(*findings: Finding, **names: Sequence[str]) -> list[str]:
    return [each.rule.name for each in resolve(findings, **names)]


WORD: Path = ("containerDefinitions", 0, "command", 3)


@pytest.mark.parametrize(
    ("cause", "effect", "names"),
    [
        (found(Cause, WORD), found(Effect, WORD), ["cause"]),
        # What lies below is covered, what is around isn't, nor what is beside.
        (found(Cause, WORD[:3]), found(Effect, WORD), ["cause"]),
        (found(Cause), found(Effect, WORD), ["cause"]),
        (found(Cause, WORD), found(Effect, WORD[:3]), ["cause", "effect"]),
        (found(Cause, (*WORD[:3], 4)), found(Effect, WORD), ["cause", "effect"]),
        # One subject in common is enough; a place is none, where a rule says what it is about.
        (
            found(Cause, subject=[("a",), ("b",)]),
            found(Effect, subject=[("b",), ("c",)]),
            ["cause"],
        ),
        (found(Cause, WORD, subject=[("a",)]), found(Effect, WORD), ["cause", "effect"]),
        # Places that count alike.
        (found(Alike, ("a",), related=[WORD]), found(Effect, WORD), ["alike"]),
        (found(Cause, ("a",), related=[WORD]), found(Effect, WORD), ["cause", "effect"]),
        # Text without a path: where it begins.
        (found(Cause, span=(4, 6)), found(Effect, span=(4, 4)), ["cause"]),
        (found(Cause, span=(4, 6)), found(Effect, WORD), ["cause", "effect"]),
        # A family instead of a name; and not what nobody names.
        (found(Cause, WORD), found(FarEffect, WORD), ["cause"]),
        (found(Alike, WORD), found(Cause, WORD), ["alike", "cause"]),
    ],
)
def test_a_finding_covers_others_at_the_same_subject(
    cause: Finding, effect: Finding, names: list[str]
) -> None:
    assert standing(cause, effect) == names
    assert standing(effect, cause) == names[::-1]


def test_an_error_is_never_replaced_by_less() -> None:
    error, light = found(Effect, WORD), found(Effect, WORD, "info")
    assert standing(found(Cause, WORD, "warning"), error) == ["cause", "effect"]
    assert standing(found(Cause, WORD, "warning"), light) == ["cause"]
    assert standing(found(Cause, WORD, "warning"), found(Cause, WORD), error) == ["cause", "cause"]


def test_what_is_dropped_drops_others_all_the_same() -> None:
    first, second = found(Alike, ("a",)), found(Effect, subject=[("a",), ("b",)])
    assert standing(first, second, found(FarEffect, ("b",))) == ["alike"]
    assert standing(first, found(FarEffect, ("b",))) == ["alike", "far-effect"]


def test_every_task_stands_alone() -> None:
    task: Task = object()  # type: ignore[assignment]
    assert standing(found(Cause, WORD), found(Effect, WORD, task=task)) == ["cause", "effect"]


def test_who_is_ignored_or_may_be_suppressed_silences_nobody_that_must_be_shown() -> None:
    cause, effect = found(Cause, WORD), found(Effect, WORD)
    assert standing(cause, effect, ignored=["cause"]) == ["cause", "effect"]
    assert standing(cause, effect, locked=["effect"]) == ["cause", "effect"]
    assert standing(cause, effect, locked=["effect", "cause"]) == ["cause"]


def test_rules_name_others_that_exist_and_never_each_other() -> None:
    registry = load()
    below = {
        rule.name: {other.name for name in rule.outranks for other in registry.find(name)}
        for rule in registry.rules
    }
    reached: dict[str, set[str]] = {}

    def follow(name: str, trail: tuple[str, ...]) -> set[str]:
        assert name not in trail, f"{' outranks '.join((*trail, name))}"
        if name not in reached:
            reached[name] = set().union(
                below[name], *(follow(other, (*trail, name)) for other in below[name])
            )
        return reached[name]

    for name in below:
        follow(name, ())
