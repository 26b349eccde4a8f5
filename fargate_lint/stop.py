"""An error of usage or configuration."""

from __future__ import annotations


class Stop(Exception):
    """Something the user has to put right before we can go on: usage or configuration (exit 2)."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002  (the word for it)
        super().__init__(message)
        self.message = message
        self.help = help
