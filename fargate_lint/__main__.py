"""`python -m fargate_lint`."""

import os
import sys

if __name__ == "__main__":
    # Python looks for modules in the current folder first, whoever has written what is in it.
    if not sys.flags.safe_path and sys.path[0] in {"", os.path.realpath(os.curdir)}:
        del sys.path[0]
    from fargate_lint.cli import run

    run()
