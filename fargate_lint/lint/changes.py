"""Which files changed, as git tells it."""

from __future__ import annotations

import os
import subprocess

from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


#: What is wrong where it works on one's own machine.
SHALLOW = "a pipeline often fetches one commit only: have it fetch all (`fetch-depth: 0`)"


def since(reference: str, paths: Iterable[str]) -> set[str]:
    """The real paths of files that differ from where the work branched off `reference`.

    Committed or not, and files that git doesn't know yet; of all repositories that `paths` lie in.
    Stops where there is no git, no repository, or no such reference.
    """
    folders = {
        path if os.path.isdir(path) else os.path.dirname(path) or os.curdir for path in paths
    }
    found: set[str] = set()
    for top in {_git(folder, "rev-parse", "--show-toplevel").rstrip("\n") for folder in folders}:
        try:
            commit = _git(
                top, "rev-parse", "--verify", "--end-of-options", f"{reference}^{{commit}}"
            ).strip()
        except Stop as stop:
            raise Stop(f"`--changed-since`: git knows no commit `{reference}`", SHALLOW) from stop
        changed = _git(
            top, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", "--merge-base",
            commit, "--",
        )  # fmt: skip
        new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
        found.update(
            os.path.realpath(os.path.join(top, name))
            for name in (changed + new).split("\0")
            if name
        )
    return found


def _git(folder: str, *words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  (words of ours, and a commit that git has verified)
            ["git", "-C", folder, *words],  # noqa: S607  (git is where PATH says)
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except FileNotFoundError as error:
        raise Stop("`--changed-since` needs git") from error
    except subprocess.CalledProcessError as error:
        said = str(error.stderr).strip().splitlines()
        reason = said[-1].removeprefix("fatal: ") if said else f"git {words[0]} failed"
        advice = SHALLOW if "merge base" in reason else ""
        raise Stop(f"`--changed-since`: {reason}", advice) from error
    return done.stdout
