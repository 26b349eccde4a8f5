from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.registry import Registry, load
from fargate_lint.lint.runner import Checker
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read
from fargate_lint.testing import base, overlay

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
        settings = Settings()
        for name, value in options.items():
            setattr(settings, name, value)
        if isinstance(fragment, str):
            text = fragment
        else:
            text = json.dumps(overlay(base(over), fragment) if over else fragment, indent=2)
        checker = Checker(registry, settings)
        return [
            f"{found.severity} {found.place.pointer} {found.message}"
            for document in read("task.json", text.encode())
            for found in checker.check(document)
            if found.rule.name == registry.named(rule).name
        ]

    return _report
