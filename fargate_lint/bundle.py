"""The code of all modules in one file, which an installed package has beside its sources.

To find a module, Python asks the disk half a dozen times; of 200 modules that is a third of a short
run. The file is made when the package is built (`scripts/bundle.py`), for the Python that builds
it: to another one it has another name, and then modules are imported from their sources as ever.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    #: Where the code of a module stands in the file: offset, bytes, and whether it is a package.
    Place = tuple[int, int, bool]


class Bundle:
    """The modules in a file, for `sys.meta_path`. `folder` is where the packages are installed.

    Raises ValueError and EOFError for a file that is not whole.
    """

    def __init__(self, file: int, folder: str) -> None:
        self._file = file
        self._folder = folder
        head = os.pread(file, 8, 0)
        if int.from_bytes(head[:4], "big") != os.fstat(file).st_size:
            raise ValueError("not all of the file")
        size = int.from_bytes(head[4:], "big")
        #: As any code of ours, this is trusted: who can write here can change our sources.
        self._places: dict[str, Place] = marshal.loads(os.pread(file, size, 8))  # noqa: S302
        self._start = 8 + size

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:
        """How to import a module; None for one that is not in the file."""
        place = self._places.get(name)
        if place is None:
            return None
        spec = ModuleSpec(name, self, origin=self.path(name), is_package=place[2])  # type: ignore[arg-type]
        if place[2]:
            spec.submodule_search_locations = [os.path.dirname(self.path(name))]
        return spec

    def path(self, name: str) -> str:
        """The path of a module's source."""
        inside = name.replace(".", os.sep) + (os.sep + "__init__" if self._places[name][2] else "")
        return f"{self._folder}{os.sep}{inside}.py"

    def create_module(self, _: ModuleSpec) -> None:
        """Leave it to Python to make the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the code of a module in it."""
        name = module.__name__
        module.__file__ = self.path(name)
        offset, size, _ = self._places[name]
        code = marshal.loads(os.pread(self._file, size, self._start + offset))  # noqa: S302
        exec(code, module.__dict__)  # noqa: S102  (what any import does)

    def get_source(self, name: str) -> str:
        """The text of a module, which a traceback shows."""
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()


def use(path: str) -> None:
    """Import from a file of code from here on, if it can be read."""
    if not hasattr(os, "pread"):
        return
    try:
        file = os.open(path, os.O_RDONLY)
        bundle = Bundle(file, os.path.dirname(os.path.dirname(path)))
    except (OSError, ValueError, EOFError, TypeError):
        return
    sys.meta_path.insert(0, bundle)
