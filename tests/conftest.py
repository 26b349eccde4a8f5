from __future__ import annotations

import pytest


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that says nothing about colours, links and columns."""
    for name in ("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
