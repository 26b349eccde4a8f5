from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from fargate_lint.lint import cache

# No test is told what another run has found, but for those about that.
os.environ[cache.VARIABLE] = os.devnull

# How long an example takes says more about the machine than about the code.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that says nothing about colours, links and columns."""
    for name in ("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
