"""Values of examples that are still to be filled in."""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown


def is_instruction(value: object) -> bool:
    """Whether a value is nothing but `<words for a reader>`.

    In capitals such a value is a variable that some program fills in.
    """
    if not isinstance(value, Unknown) or value.known:
        return False
    text = value.text
    return (
        text.startswith("<")
        and text.endswith(">")
        and text.count("<") == 1
        and not text.startswith("<%")
        and text != text.upper()
    )
