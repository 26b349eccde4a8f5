"""Prints what each output shows of secrets, and hides of harmless values.

`python -m scripts.secrets`: two minutes.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lint.mask import fresh, harmless, others, plants
from tests.lint.mask.outputs import Outputs, leaks, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.mask.plants import Plant

STARS = re.compile(r"\*{3,}")


def main() -> None:
    """Print a line for each output: secrets that it shows, values that it hides, its name."""
    secrets = [*plants.SECRETS, *others.SECRETS, *fresh.SECRETS]
    values = [*harmless.HARMLESS, *others.HARMLESS, *fresh.HARMLESS]
    print("leaked / planted  masked / harmless  output")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as another:
        # Those that their names tell have none in a record.
        planted = outputs(Path(folder), secrets, plants.BY_VALUE)
        others_of = outputs(Path(another), values, harmless.VARIABLES)
        for (name, shown, given), (_, plain, least) in zip(planted, others_of, strict=True):
            text = seen(shown)
            count = sum(any(leaks(one, text) for one in each.secrets) for each in given)
            masked = len(STARS.findall(plain))
            print(f"{count:6} / {len(given):4}     {masked:6} / {len(least):4}       {name}")


def outputs(
    folder: Path, given: list[Plant], traced: list[Plant]
) -> Iterator[tuple[str, str, list[Plant]]]:
    """Each output of some plants: its name, what it shows, and the plants that it could show."""
    found = Outputs(folder, given)
    for of, which in (
        (found.of_definitions(), found.structured),
        (found.of_logs(), found.prose),
        (found.of_traces(traced), traced),
    ):
        yield from ((name, shown, which) for name, shown in of)


if __name__ == "__main__":
    main()
