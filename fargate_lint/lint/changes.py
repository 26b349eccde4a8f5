"""Which files changed, as git tells it."""

from __future__ import annotations

import os
import subprocess

from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


#: Settings of git's own that a repository must not have: they name programs that git starts. To
#: git before 2.36 `false` is the name of one, "" is not.
#: https://git-scm.com/docs/git-config
HARMLESS = {"core.fsmonitor": "", "core.hooksPath": os.devnull}
#: The same for what is no setting: objects that are missing are not fetched by any program.
#: https://git-scm.com/docs/git
ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}

#: Seconds that git may take: what it reads of a stranger's repository may be a pipe without an end.
LONGEST = 120

#: What is wrong where it works on one's own machine.
SHALLOW = "a pipeline often fetches one commit only: have it fetch all (`fetch-depth: 0`)"


def since(reference: str, paths: Iterable[str]) -> set[str]:
    """The real paths of files that differ from where the work branched off `reference`.

    Committed or not, and files that git doesn't know yet; of all repositories that `paths` lie in.
    Stops where there is no git, no repository, or no such reference. The configuration of a
    repository may name programs (file monitors, hooks, filters, transports): none of them is run.
    """
    folders = {
        path if os.path.isdir(path) else os.path.dirname(path) or os.curdir for path in paths
    }
    found: set[str] = set()
    tops = {
        _git(folder, HARMLESS, "rev-parse", "--show-toplevel").rstrip("\n") for folder in folders
    }
    for top in tops:
        quiet = {**HARMLESS, **_unfiltered(top)}
        try:
            commit = _git(
                top, quiet, "rev-parse", "--verify", "--end-of-options", f"{reference}^{{commit}}"
            ).strip()
        except Stop as stop:
            raise Stop(f"`--changed-since`: git knows no commit `{reference}`", SHALLOW) from stop
        changed = _git(
            top, quiet, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d",
            "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty", "--merge-base", commit,
            "--",
        )  # fmt: skip
        new = _git(top, quiet, "ls-files", "--others", "--exclude-standard", "-z")
        found.update(
            os.path.realpath(os.path.join(top, name))
            for name in (changed + new).split("\0")
            if name
        )
    return found


def _unfiltered(top: str) -> dict[str, str]:
    """Settings that turn off all filters, which git starts to compare a file with a commit.

    Stops at a filter that no setting names.
    """
    try:
        names = _git(top, HARMLESS, "config", "-z", "--name-only", "--get-regexp", r"^filter\.")
    except Stop:
        return {}  # there are none
    drivers = {name.rpartition(".")[0] for name in names.split("\0") if name}
    for driver in drivers:
        if "=" in driver:
            # It would end the name behind `-c`; git before 2.31 has no other way to take a setting.
            name = driver.partition(".")[2]
            raise Stop(
                f"`--changed-since`: the filter `{name}` can't be turned off",
                "give it a name without `=` in the configuration of git",
            )
    return {
        f"{driver}.{key}": value
        for driver in drivers
        for key, value in (("clean", ""), ("process", ""), ("required", "false"))
    }


def _git(folder: str, settings: dict[str, str], *words: str) -> str:
    given = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    try:
        done = subprocess.run(  # noqa: S603  (words of ours, and a commit that git has verified)
            ["git", *given, "-C", folder, *words],  # noqa: S607  (git is where PATH says)
            env={**os.environ, **ENVIRONMENT},
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as error:
        raise Stop(f"`--changed-since`: git has not answered in {LONGEST} seconds") from error
    except FileNotFoundError as error:
        raise Stop("`--changed-since` needs git") from error
    except subprocess.CalledProcessError as error:
        said = str(error.stderr).strip().splitlines()
        last = said[-1] if said else f"git {words[0]} failed"
        # Behind the reason why a folder isn't safe, git says what makes it so.
        reason = next((line for line in said if line.startswith("fatal: ")), last)
        reason = reason.removeprefix("fatal: ")
        advice = SHALLOW if "merge base" in reason else ""
        if "safe.directory" in last:
            advice = f"if you trust it: `{last.strip()}`"
        raise Stop(f"`--changed-since`: {reason}", advice) from error
    return done.stdout
