"""What a plugin can give. A plugin is a module with functions of these names.

Announce it in its `pyproject.toml`, or name it under `[plugins]` in the configuration:

    [project.entry-points.fargate_lint]
    acme = "acme_fargate_lint"

Each function is called once, when the registry is made, before any file is read.
"""

from __future__ import annotations

import pluggy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fargate_lint.data.private import ImageAlias, PrivatePlugin
    from fargate_lint.inputs.shapes import Shape
    from fargate_lint.lint.rule import Rule

hookspec = pluggy.HookspecMarker("fargate_lint")
#: Marks a function as an implementation; a function with the name of a hook needs no mark.
hookimpl = pluggy.HookimplMarker("fargate_lint")


@hookspec
def fargate_lint_rules() -> Iterable[type[Rule]]:  # type: ignore[empty-body]
    """Rules: subclasses of `fargate_lint.lint.rule.Rule`."""


@hookspec
def fargate_lint_inputs() -> Iterable[Shape]:  # type: ignore[empty-body]
    """Shapes of files that hold task definitions: `fargate_lint.inputs.shapes.Shape`. They are
    tried on files in which no task definition stands by itself.
    """


@hookspec
def fargate_lint_reports() -> Iterable[object]:  # type: ignore[empty-body]
    """Output formats of `check`: `fargate_lint.report.findings.Format`. Each is chosen by its name,
    as `--output-format NAME` or `NAME:FILE`.
    """


@hookspec
def fargate_lint_tables() -> Iterable[PrivatePlugin | ImageAlias]:  # type: ignore[empty-body]
    """Private plugins of Fluent Bit with their options, and private repositories of images: see
    `fargate_lint.data.private`.
    """


@hookspec
def fargate_lint_signatures() -> Iterable[Mapping[str, str]]:  # type: ignore[empty-body]
    """Lines of logs that mean something: `id`, `pattern` (a regular expression), `cause` (an id of
    `fargate_lint.diagnose.causes`), `means` (a sentence), and `role` if it is not `running`.
    """
