"""`fargate-lint schema`: JSON Schemas of the configuration and of the JSON outputs."""

from __future__ import annotations

import os
import sys

from fargate_lint import data

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

FOLDER = os.path.join(os.path.dirname(data.__file__), "schemas")


def run(args: argparse.Namespace) -> int:
    """Print the schema of `config`, `findings` or `render` (draft 2020-12)."""
    with open(os.path.join(FOLDER, f"{args.what}.json"), encoding="utf-8") as file:
        sys.stdout.write(file.read())
    return 0
