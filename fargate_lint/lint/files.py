"""Which files to check: those that were named, and those found in folders that were named."""

from __future__ import annotations

import os
import re

from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from fargate_lint.inputs.shapes import Shape
    from fargate_lint.lint.gitignore import Gitignore

STDIN = "-"
SUFFIXES = (
    ".json", ".jsonc", ".json5", ".yaml", ".yml",
    ".template",
    ".json.tpl", ".json.tmpl", ".json.tftpl", ".json.j2", ".json.erb", ".json.template",
    ".yaml.tpl", ".yaml.tftpl", ".yaml.j2", ".yml.tpl", ".yml.tftpl", ".yml.j2",
    ".conf", ".conf.tpl", ".conf.tmpl", ".conf.tftpl", ".conf.j2", ".conf.erb", ".conf.template",
)  # fmt: skip
CDK = "cdk.out"
SKIPPED_FOLDERS = frozenset({
    "node_modules", "__pycache__", "venv", "site-packages", CDK, "vendor",
})  # fmt: skip
# A task definition or a part of one, in UTF-8, has one of these words somewhere.
WORDS = lazily(
    rb"[Cc]ontainerDefinitions|logConfiguration|firelensConfiguration|\"image\"|\bimage:"
    rb"|AWS::ECS::TaskDefinition"
)
# What a configuration of Fluent Bit has, in the classic format and in YAML.
SECTIONS = lazily(
    rb"^[ \t]*\[[ \t]*(?:custom|filters?|inputs?|node|outputs?|(?:multiline_)?parser|plugins"
    rb"|service|stream_task|upstream)[ \t]*\]|^@(?:include|set)[ \t]|^(?:pipeline|parsers)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def called(path: str) -> str:
    """The name under which a file is reported."""
    return "<stdin>" if path == STDIN else path


class Found:
    """A file to check; `named` when the user named it, not a folder around it."""

    __slots__ = ("named", "path")

    def __init__(self, path: str, *, named: bool) -> None:
        self.path = path
        self.named = named


class Passed:
    """What a search passes over although its user may expect it: `links` that lead out of a folder,
    and folders of templates that CDK has made (`synthesized`).
    """

    __slots__ = ("links", "synthesized")

    def __init__(self) -> None:
        self.links: set[str] = set()
        self.synthesized: set[str] = set()

    def said(self) -> Iterator[str]:
        """A sentence about each kind."""
        if self.links:
            yield _listed(
                self.links,
                "is a link out of the folder, and was not followed: name it to have it read",
                "are links out of the folder, and were not followed: name them to have them read",
            )
        if self.synthesized:
            yield _listed(
                self.synthesized,
                "was not searched: name it to have its templates checked",
                "were not searched: name them to have their templates checked",
            )


def _listed(paths: Collection[str], one: str, many: str) -> str:
    first, more = f"`{min(paths)}`", len(paths) - 1
    return f"{first} and {more:,} more {many}" if more else f"{first} {one}"


def search(
    paths: Iterable[str],
    excluded: Callable[[str], bool],
    suffixes: tuple[str, ...] = SUFFIXES,
    passed: Passed | None = None,
    *,
    gitignore: Callable[[str], bool] = lambda _: True,
) -> Iterator[Found]:
    """The files to check, each once, folders in the order of their names.

    `excluded` says of a path whether the configuration leaves it out; it isn't asked about files
    that the user named. `suffixes` are those of the files that are looked for in folders. `passed`
    takes what may be missed. `gitignore` says of a folder that was named whether files are left out
    that git ignores.
    """
    paths = list(paths)
    passed = passed or Passed()
    seen = set()
    for path in paths:
        files: Iterable[Found] = (
            _in_folder(path, excluded, suffixes, passed, gitignore=gitignore(path))
            if os.path.isdir(path)
            else [Found(path, named=True)]
        )
        for found in files:
            if found.path not in seen:
                # One folder has each of its files once, and may have very many.
                if len(paths) > 1:
                    seen.add(found.path)
                yield found


def _in_folder(
    folder: str,
    excluded: Callable[[str], bool],
    suffixes: tuple[str, ...],
    passed: Passed,
    *,
    gitignore: bool,
) -> Iterator[Found]:
    ignored: dict[str, Gitignore] = {}
    if gitignore:
        from fargate_lint.lint.gitignore import NAME, around  # noqa: PLC0415  (not for named files)

        ignored[folder] = around(folder)
    for parent, folders, names in os.walk(folder):
        here = ignored.pop(parent, None)
        absolute = os.path.abspath(parent) if here is not None else ""
        if here is not None and parent != folder and (".git" in folders or ".git" in names):
            # A repository in another has nothing to do with its patterns.
            here = around(absolute)
        if here is not None and NAME in names:
            here = here.inside(absolute)
        kept = []
        for name in sorted(folders):
            path = os.path.join(parent, name)
            if name.startswith(".") or excluded(path):
                continue
            if here and here.ignores(os.path.join(absolute, name), is_folder=True):
                continue
            if name == CDK:
                passed.synthesized.add(os.path.normpath(path))
            if name not in SKIPPED_FOLDERS:
                kept.append(name)
                if here is not None:
                    ignored[path] = here
        folders[:] = kept
        for name in sorted(names):
            path = os.path.normpath(os.path.join(parent, name))
            if not name.lower().endswith(suffixes) or excluded(path):
                continue
            if here and here.ignores(os.path.join(absolute, name), is_folder=False):
                continue
            if os.path.islink(path) and not holds(folder, path):
                passed.links.add(path)
            # Who opens a pipe waits for somebody to write to it.
            elif os.path.isfile(path):
                yield Found(path, named=False)


def holds(folder: str, path: str) -> bool:
    """Whether a path leads to something in a folder, wherever the links in both lead to."""
    top = os.path.join(os.path.realpath(folder), "")
    return os.path.realpath(path).startswith(top)


def may_be_ours(name: str, data: bytes, shapes: Iterable[Shape] = ()) -> bool:
    """A quick look at a file: False only when it can be nothing that is checked.

    `shapes` are those that plugins read.
    """
    if WORDS.search(data) is not None or b"\0" in data[:200]:
        return True
    if any(mark in data for shape in shapes for mark in shape.marks):
        return True
    return ".json" not in name.lower() and SECTIONS.search(data) is not None
