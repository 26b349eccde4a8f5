"""Access to our tables of facts."""

from __future__ import annotations

import json
import os

from fargate_lint import data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def entries(name: str) -> list[dict[str, Any]]:
    """The entries of a table in `fargate_lint/data`."""
    path = os.path.join(os.path.dirname(data.__file__), f"{name}.json")
    with open(path, encoding="utf-8") as file:
        found: list[dict[str, Any]] = json.load(file)["entries"]
    return found
