"""The parser of the command line, for all that is more than a plain `check`."""

from __future__ import annotations

import argparse
import os
import sys

from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


class Formatter(argparse.HelpFormatter):
    """As wide as the terminal, found out without importing shutil for each argument (4 ms)."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS", "")) or 80
        except ValueError:
            columns = os.get_terminal_size(1).columns if os.isatty(1) else 80
        super().__init__(prog, width=columns - 2)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, and which doesn't keep silent when its help can't be
    written. Raises OSError then.
    """

    def error(self, message: str) -> NoReturn:
        """End with a line on what is wrong, whatever is in an argument."""
        super().error(escape(message))

    def _print_message(self, message: str, file: Any = None) -> None:
        (file or sys.stderr).write(message)
