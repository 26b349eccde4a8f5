"""Prints, for each output, how many planted secrets it shows: `python -m scripts.secrets`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.lint.mask import others, plants
from tests.lint.mask.outputs import Outputs, leaks, seen


def main() -> None:
    """Print a line for each output: shown, planted, and its name."""
    every = [*plants.SECRETS, *others.SECRETS]
    with tempfile.TemporaryDirectory() as folder:
        outputs = Outputs(Path(folder), every)
        for shown_of, planted in (
            (outputs.of_definitions(), outputs.structured),
            (outputs.of_logs(), outputs.prose),
            # Those that their names tell have none in a record.
            (outputs.of_traces(plants.BY_VALUE), plants.BY_VALUE),
        ):
            for name, shown in shown_of:
                plain = seen(shown)
                count = sum(any(leaks(one, plain) for one in each.secrets) for each in planted)
                print(f"{count:4} / {len(planted):4}  {name}")


if __name__ == "__main__":
    main()
