from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.launch import onigmo


def found(pattern: str, text: str, version: str = "5.0.9") -> str | None:
    compiled = onigmo.compile(pattern, version)
    assert compiled is not None
    match = compiled.search(text)
    return None if match is None else match.group(0)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a(?i)b|c", "xaC", "aC"),
        ("(?i:web)-x", "WEB-x", "WEB-x"),
        ("(?<=a|bc)d", "xbcd", "d"),
        ("(?<!x)y", "xyzy", "y"),
        ("[[:alpha:]&&[^a-c]]+", "abcdef", "def"),
        ("[]x]+", "a]x]", "]x]"),
        ("[a-\\d]+", "-7a", "-7a"),
        ("x{,2}y", "xxxy", "xxy"),
        ("a{2}?", "aa", "aa"),
        ("a{,}", "a{,}", "a{,}"),
        ("(\\w+) \\1", "say hello hello", "hello hello"),
        ("(?<w>\\w+) \\k<w>", "hello hello", "hello hello"),
        ("a++a", "aaa", None),
        ("(?>a*)a", "aaa", None),
        ("a\\Kb", "ab", "b"),
        ("^b$", "a\nb\nc", "b"),
        ("a.b", "a\nb", None),
        ("(?m)a.b", "a\nb", "a\nb"),
        ("(?x) a  b # two", "ab", "ab"),
        ("\\Aa\\z", "a", "a"),
        ("a\\Z", "a\n", "a"),
        ("\\bweb\\b", "a web b", "web"),
        ("\\d", "٣", None),
        ("[[:digit:]]", "٣", "٣"),
        ("\\p{Lu}", "aÉ", "É"),
        ("\\x41\\u00e9\\t", "Aé\t", "Aé\t"),
        ("(a)?(?(1)b|c)", "ab", "ab"),
        ("\\R", "a\r\nb", "\r\n"),
        ("a**", "aa", "aa"),
        ("", "x", ""),
    ],
)
def test_ruby_syntax_finds_what_onigmo_finds(pattern: str, text: str, expected: str | None) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "*a", "+", "a|*", "(a", "a)", "[]", "[a", "[z-a]", "(?P<x>a)", "(?<a-b>x)", "(?<>x)",
        "(?s)a", "(?i", "\\", "\\1", "(?<n>a)\\1", "\\k<n>", "(?<=a*)b", "a{200000}", "\\x{110000}",
    ],
)  # fmt: skip
def test_what_onigmo_refuses_is_no_pattern(pattern: str) -> None:
    assert onigmo.compile(pattern) is None


@pytest.mark.parametrize("pattern", ["(?~a)", "(?<n>a\\g<n>?)", "\\X", "\\p{Greek}", "(" * 99])
def test_what_is_valid_but_not_simulated_is_undecided(pattern: str) -> None:
    compiled = onigmo.compile(pattern)
    if pattern.startswith("(("):
        pattern += ")" * 99
        compiled = onigmo.compile(pattern)
    assert compiled is not None
    assert compiled.unsupported
    with pytest.raises(onigmo.Undecided):
        compiled.search("a")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 3000 + "b"),
        ("(a|aa)+$", "a" * 3000 + "b"),
        ("(.*)*x", "y" * 3000),
        (".*.*.*.*.*.*x", "y" * 3000),
        ("((((a*)*)*)*)*b", "a" * 3000),
        ("(?:){99999}{99999}{99999}b", "a"),
    ],
)
def test_patterns_that_would_run_for_ever_end(pattern: str, text: str) -> None:
    assert found(pattern, text) is None


def test_a_pattern_that_remembers_gives_up_after_a_fixed_number_of_steps() -> None:
    compiled = onigmo.compile("(a*)*\\1(a*)*(a*)*b")
    assert compiled is not None
    with pytest.raises(onigmo.Undecided):
        compiled.search("a" * 400)


def test_named_groups_switch_plain_parentheses_off() -> None:
    compiled = onigmo.compile("(a)(?<x>b)")
    assert compiled is not None
    assert compiled.names == {"x": [1]}
    match = compiled.search("ab")
    assert match is not None
    assert (match.groups, match.group(1)) == (1, "b")


@pytest.mark.parametrize(
    ("pattern", "version", "text"),
    [
        ("/web/", "1.9.10", "web"),
        ("/web/i", "1.9.10", "/web/i"),
        ("/web/", "4.2.8", "web"),
        ("/WEB/i", "4.2.8", "web"),
        ("/a b/x", "5.0.9", "ab"),
        ("/web/o", "4.2.8", "/web/o"),
        ("/var/log/mix", "4.2.8", "var/log"),
        ("/health", "4.2.8", "/health"),
        ("/", "4.2.8", ""),
    ],
)
def test_slashes_and_flags_follow_the_version(pattern: str, version: str, text: str) -> None:
    assert found(pattern, text, version) == text


@given(
    st.text(alphabet="ab*+?()[]{}|\\^$.,-:<>=!?imx123&", max_size=30), st.text("ab1", max_size=8)
)
def test_any_pattern_is_refused_undecided_or_run(pattern: str, text: str) -> None:
    compiled = onigmo.compile(pattern)
    if compiled is not None:
        try:
            compiled.search(text)
        except onigmo.Undecided:
            return


def test_one_pattern_is_made_of_one_text_whatever_the_version() -> None:
    first, second = onigmo.compile("/a+/", "1.9.10"), onigmo.compile("a+", "5.0.9")
    assert first is second
    assert onigmo.compile("/a/i", "1.9.10") is not onigmo.compile("/a/i", "5.0.9")
