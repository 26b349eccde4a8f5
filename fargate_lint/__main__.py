"""`python -m fargate_lint`."""

import sys

from fargate_lint.cli import main

if __name__ == "__main__":
    sys.exit(main())
