"""fargate-lint launches an AWS Fargate task on paper and says what would go wrong.

The names below are the public API. Each is imported when it is first asked for.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.explain import explain as explain
    from fargate_lint.diagnose.verdict import Diagnosis as Diagnosis
    from fargate_lint.ecs.definition import Definition as Definition
    from fargate_lint.ecs.task import Task as Task
    from fargate_lint.inputs.shapes import read as read
    from fargate_lint.launch import simulate as simulate
    from fargate_lint.launch.simulation import Simulation as Launch
    from fargate_lint.lint.linter import Linter as Linter
    from fargate_lint.lint.linter import Report as Report
    from fargate_lint.lint.located import Located as Finding
    from fargate_lint.lint.settings.settings import Settings as Settings
    from fargate_lint.stop import Stop as Stop
    from fargate_lint.version import __version__ as __version__
else:

    def __getattr__(name: str) -> object:
        """The public thing of a name."""
        from importlib import import_module  # noqa: PLC0415  (importing the package is free)

        place = _PLACES.get(name)
        if place is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, _, attribute = place.partition(":")
        found = globals()[name] = getattr(import_module(f"{__name__}.{module}"), attribute or name)
        return found


#: The module of each public name, and what it is called there.
_PLACES = {
    "Definition": "ecs.definition",
    "Diagnosis": "diagnose.verdict",
    "Finding": "lint.located:Located",
    "Launch": "launch.simulation:Simulation",
    "Linter": "lint.linter",
    "Report": "lint.linter",
    "Settings": "lint.settings.settings",
    "Stop": "stop",
    "Task": "ecs.task",
    "__version__": "version",
    "explain": "diagnose.explain",
    "read": "inputs.shapes",
    "simulate": "launch",
}

# An installed package has its code in one file, too: that of one release of Python.
_CODE = f"{os.path.dirname(__file__)}{os.sep}code.{sys.implementation.cache_tag}"
if sys.version_info.releaselevel == "final" and os.path.exists(_CODE):
    from fargate_lint.bundle import use

    use(_CODE)

__all__ = [
    "Definition", "Diagnosis", "Finding", "Launch", "Linter", "Report", "Settings", "Stop",
    "Task", "__version__", "explain", "read", "simulate",
]  # fmt: skip
