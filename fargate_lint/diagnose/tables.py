"""Access to our tables of facts."""

from __future__ import annotations

import json
from importlib.resources import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def entries(name: str) -> list[dict[str, Any]]:
    """The entries of a table in `fargate_lint/data`."""
    text = files("fargate_lint.data").joinpath(f"{name}.json").read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text)["entries"]
    return found
