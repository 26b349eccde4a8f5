"""Print how far the simulator agrees with what the real programs did.

    python scripts/agreement.py [SET…] [--verbose] [--data FOLDER]

Each set is a function in this file or in `agreement_*.py` beside it that takes the folder of the
data and gives, for each version, the cases that agree and those that do not. `tests/data` holds the
data; another folder of the same form may be given.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    #: For each version: how many cases there are, and the name of each that disagrees with why.
    Result = dict[str, tuple[int, dict[str, str]]]

HERE = Path(__file__).parent
DATA = HERE.parent / "tests" / "data"


def sets() -> dict[str, Callable[[Path], Result]]:
    """The sets by name: every `agreement_NAME.py` beside this file has one `run(folder)`."""
    sys.path[:0] = [str(HERE.parent), str(HERE.parent / "rules")]
    found = {}
    for path in sorted(HERE.glob("agreement_*.py")):
        module = importlib.import_module(f"scripts.{path.stem}")
        found[path.stem.removeprefix("agreement_").replace("_", "-")] = module.run
    return found


def main() -> int:
    """Print one line a set and version; status 1 when one is below the goal."""
    known = sets()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(known)}")
    parser.add_argument("--verbose", action="store_true", help="name each disagreement")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the data")
    parser.add_argument("--goal", type=float, default=98, help="percent")
    arguments = parser.parse_args()
    low = False
    for name in arguments.sets or known:
        for version, (total, wrong) in known[name](arguments.data).items():
            share = 100 * (total - len(wrong)) / total if total else 100
            low = low or share < arguments.goal
            print(f"{name:<24} {version:<8} {total - len(wrong):>4} of {total:<4} {share:6.1f} %")
            if arguments.verbose:
                for case, reason in wrong.items():
                    print(f"    {case}: {reason}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
