"""What the rules about the two roles share."""

from __future__ import annotations


def role_name(value: object) -> str:
    """The name of a role from its ARN or from the name itself, "" when it can't be known."""
    return value.rpartition("/")[2] if isinstance(value, str) else ""
