from __future__ import annotations

import weakref

from fargate_lint.source.once import once


class Subject:
    pass


def test_a_result_is_made_once_for_the_same_arguments() -> None:
    made: list[tuple[Subject, str]] = []

    @once
    def of(subject: Subject, role: str) -> int:
        made.append((subject, role))
        return len(made)

    one, other = Subject(), Subject()
    assert [of(one, "a"), of(one, "a"), of(one, "b"), of(other, "b"), of(one, "a")] == [
        1, 1, 2, 3, 4,
    ]  # fmt: skip
    assert made == [(one, "a"), (one, "b"), (other, "b"), (one, "a")]


def test_the_next_object_frees_the_last_one() -> None:
    @once
    def of(subject: Subject) -> list[Subject]:
        return [subject]

    first = Subject()
    of(first)
    gone = weakref.ref(first)
    del first
    assert gone() is not None
    of(Subject())
    assert gone() is None


def test_a_result_may_need_that_of_another_object() -> None:
    @once
    def depth(path: tuple[str, ...]) -> int:
        return depth(path[1:]) + 1 if path else 0

    assert depth(("a", "b")) == 2
    assert depth(("a", "b", "c")) == 3
