from __future__ import annotations

import re

import pytest

from fargate_lint.source.patterns import lazily


def test_a_lazy_pattern_does_what_a_compiled_one_does() -> None:
    lazy = lazily(r"(?P<word>\w+)=(\d+)", re.IGNORECASE)
    match = lazy.fullmatch("Port=1514")
    assert match
    assert match["word"] == "Port"
    assert lazy.sub("x", "a=1 b=2") == "x x"
    assert lazy.groups == 2
    assert lazily(rb"\d").findall(b"a1") == [b"1"]


def test_a_wrong_pattern_is_noticed_when_it_is_used() -> None:
    lazy = lazily("(")
    with pytest.raises(re.error):
        lazy.search("")
