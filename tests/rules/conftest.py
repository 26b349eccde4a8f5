from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.registry import Registry, load
from fargate_lint.testing import base, overlay
from tests.build import findings

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load()


@pytest.fixture
def report(registry: Registry) -> Callable[..., list[str]]:
    """What a rule says about a fragment over a base: one `severity path message` a finding.

    All rules speak, so that what another one makes superfluous is not in it.
    """

    def _report(rule: str, fragment: Any, over: str | None = "agent", **options: Any) -> list[str]:
        what = overlay(base(over), fragment) if over and not isinstance(fragment, str) else fragment
        return [
            f"{found.severity} {found.place.pointer} {found.message}"
            for found in findings(what, registry, **options)
            if found.rule.name == registry.named(rule).name
        ]

    return _report
