from __future__ import annotations

import sys

from fargate_lint.source.later import later


def test_a_module_is_imported_when_it_is_first_used() -> None:
    sys.modules.pop("this_is_no_module", None)
    proxy = later("colorsys")
    assert proxy.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    later("this_is_no_module")
