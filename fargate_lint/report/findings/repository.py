"""Files and pages as programs outside this folder know them."""

from __future__ import annotations

import os

from fargate_lint.data.families import FAMILIES
from fargate_lint.lint.mask.redact import free
from fargate_lint.report.terminal import PAGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from fargate_lint.lint.located import Located

#: Where runners of GitHub, GitLab, Jenkins and Buildkite say that the checkout is.
ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "WORKSPACE", "BUILDKITE_BUILD_CHECKOUT_PATH")


def path(file: str, environ: Mapping[str, str] = os.environ) -> str:
    """A file's path from the root of the checkout, with slashes; absolute when it is elsewhere.

    The root is what the runner says it is, or else the current folder. Standard input stays what it
    is called. A secret in a name is masked.
    """
    if file.startswith("<"):
        return file
    here = os.getcwd()
    root = next(
        (folder for name in ROOTS if (folder := environ.get(name)) and _holds(folder, here)), here
    )
    whole = os.path.normpath(os.path.join(here, file))
    if _holds(root, whole):
        whole = os.path.relpath(whole, root)
    return free(whole.replace(os.sep, "/"))


def _holds(folder: str, other: str) -> bool:
    folder = os.path.normpath(folder)
    return other == folder or other.startswith(folder.rstrip(os.sep) + os.sep)


def page(finding: Located) -> str:
    """The address of the page about a finding's rule; "" for the rules of plugins."""
    own = finding.code.rstrip("0123456789") in FAMILIES
    return PAGE.format(name=finding.name) if own else ""
