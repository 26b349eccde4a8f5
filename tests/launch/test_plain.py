from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch.configuration import load_lines
from fargate_lint.launch.launcher import read
from fargate_lint.launch.plain import rewritten, sections_of
from fargate_lint.launch.rewriting import lines_of, rewrite
from fargate_lint.launch.sections import Entry, Include, Origin, Section
from fargate_lint.source.unknown import Unknown
from tests.build import fragment, task_of

if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

WORDS = ["-i", "Mem_Buf_Limit", "50M", "-o", "Retry_Limit", "False", "-s", "Flush", "1", "--"]
TEXT = st.text("aB1 _-.#[=@$\t\r\n\0\xa0é", max_size=6)
SECTIONS = st.lists(
    st.builds(
        lambda name, pairs, at: Section(
            name,
            [Entry(key, value, Origin("t", ("k", at, n))) for n, (key, value) in enumerate(pairs)],
            Origin("t", (at,)),
        ),
        st.sampled_from(["INPUT", "FILTER", "OUTPUT", "SERVICE"]),
        st.lists(
            st.tuples(
                st.sampled_from(["Name", "mem_buf_limit", "retry_limit", "Flush"]) | TEXT, TEXT
            ),
            max_size=4,
        ),
        st.integers(0, 9),
    ),
    max_size=4,
)


def router() -> Container:
    return task_of(fragment("r", image="i", command=WORDS)).containers[0]


def seen(sections: list[Section]) -> list[object]:
    return [
        (one.name, one.origin, [(each.key, each.value, each.origin) for each in one.entries])
        for one in sections
    ]


def by_lines(items: list[Section]) -> list[object] | None:
    configuration = load_lines(lines_of(items), version="4.2.8")
    return None if configuration.problems else seen(configuration.sections)


@given(SECTIONS)
def test_what_is_plain_is_read_as_it_stands(sections: list[Section]) -> None:
    plain = sections_of(sections)
    if plain is not None:
        assert seen(plain) == by_lines(sections)


@given(SECTIONS)
def test_the_launcher_does_the_same_to_sections_as_to_lines(sections: list[Section]) -> None:
    container = router()
    plain = rewritten(sections, read(WORDS), container)
    if plain is not None:
        lines = rewrite(sections, read(WORDS), container).lines
        assert seen(plain) == seen(load_lines(lines, version="4.2.8").sections)


@pytest.mark.parametrize("value", ["", " x", "x ", "a\nb", "a\0b", "x" * 5000])
def test_odd_values_have_to_be_read(value: str) -> None:
    assert sections_of([Section("OUTPUT", [Entry("Name", value)])]) is None


@pytest.mark.parametrize("key", ["", "a b", "#Name", "[x]", "@SET", "a\tb"])
def test_odd_keys_have_to_be_read(key: str) -> None:
    assert sections_of([Section("OUTPUT", [Entry(key, "x")])]) is None


def test_includes_have_to_be_read() -> None:
    assert sections_of([Include("/a.conf")]) is None


def test_a_value_that_is_not_known_is_plain() -> None:
    assert sections_of([Section("OUTPUT", [Entry("Host", Unknown("${HOST}"))])]) is not None


def test_a_word_that_is_not_known_takes_writing() -> None:
    arguments = read(["-i", "Mem_Buf_Limit", Unknown("${LIMIT}"), "--"])
    assert rewritten([Section("INPUT", [Entry("Name", "tcp")])], arguments, router()) is None
