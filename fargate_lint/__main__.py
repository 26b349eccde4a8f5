"""`python -m fargate_lint`."""

import os
import sys


def _leave_folder() -> None:
    """Python looks for modules in the current folder first, whoever has written what is in it."""
    try:
        here = os.getcwd()
    except OSError:
        here = ""
    if not sys.flags.safe_path and sys.path[0] in {"", here}:
        del sys.path[0]


if __name__ == "__main__":
    _leave_folder()
    from fargate_lint.cli import run

    run()
