"""Which files to check: those that were named, and those found in folders that were named."""

from __future__ import annotations

import os
import re

from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from fargate_lint.inputs.shapes import Shape

STDIN = "-"
SUFFIXES = (
    ".json", ".jsonc", ".json5", ".yaml", ".yml",
    ".template",
    ".json.tpl", ".json.tmpl", ".json.tftpl", ".json.j2", ".json.erb", ".json.template",
    ".yaml.tpl", ".yaml.tftpl", ".yaml.j2", ".yml.tpl", ".yml.tftpl", ".yml.j2",
    ".conf", ".conf.tpl", ".conf.tmpl", ".conf.tftpl", ".conf.j2", ".conf.erb", ".conf.template",
)  # fmt: skip
SKIPPED_FOLDERS = frozenset({
    "node_modules", "__pycache__", "venv", "site-packages", "cdk.out", "vendor",
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

# `**/` stands for folders, none of them included, only where a name begins.
_WILDCARDS = lazily(r"((?:(?<![^/])\*\*+/)+|\*\*+|\*)")


def called(path: str) -> str:
    """The name under which a file is reported."""
    return "<stdin>" if path == STDIN else path


class Found:
    """A file to check; `named` when the user named it, not a folder around it."""

    __slots__ = ("named", "path")

    def __init__(self, path: str, *, named: bool) -> None:
        self.path = path
        self.named = named


def search(
    paths: Iterable[str],
    excluded: Callable[[str], bool],
    suffixes: tuple[str, ...] = SUFFIXES,
    outside: set[str] | None = None,
) -> Iterator[Found]:
    """The files to check, each once, folders in the order of their names.

    `excluded` says of a path whether the configuration leaves it out; it isn't asked about files
    that the user named. `suffixes` are those of the files that are looked for in folders. A link
    that leads out of the folder is not followed, but added to `outside`.
    """
    paths = list(paths)
    seen = set()
    for path in paths:
        files: Iterable[Found] = (
            _in_folder(path, excluded, suffixes, set() if outside is None else outside)
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
    folder: str, excluded: Callable[[str], bool], suffixes: tuple[str, ...], outside: set[str]
) -> Iterator[Found]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in SKIPPED_FOLDERS
            and not excluded(os.path.join(parent, name))
        )
        for name in sorted(names):
            path = os.path.normpath(os.path.join(parent, name))
            if not name.lower().endswith(suffixes) or excluded(path):
                continue
            if os.path.islink(path) and not holds(folder, path):
                outside.add(path)
            # Who opens a pipe waits for somebody to write to it.
            elif os.path.isfile(path):
                yield Found(path, named=False)


def holds(folder: str, path: str) -> bool:
    """Whether a path leads to something in a folder, wherever the links in both lead to."""
    top = os.path.join(os.path.realpath(folder), "")
    return os.path.realpath(path).startswith(top)


def not_followed(outside: Collection[str]) -> str:
    """A sentence about links that lead out of a folder."""
    first, more = f"`{min(outside)}`", len(outside) - 1
    if not more:
        return f"{first} is a link out of the folder, and was not followed: name it to have it read"
    links = f"{first} and {more:,} more are links out of the folder"
    return f"{links}, and were not followed: name them to have them read"


def may_be_ours(name: str, data: bytes, shapes: Iterable[Shape] = ()) -> bool:
    """A quick look at a file: False only when it can be nothing that is checked.

    `shapes` are those that plugins read.
    """
    if WORDS.search(data) is not None or b"\0" in data[:200]:
        return True
    if any(mark in data for shape in shapes for mark in shape.marks):
        return True
    return ".json" not in name.lower() and SECTIONS.search(data) is not None


def glob_pattern(glob: str) -> re.Pattern[str]:
    """A glob of the configuration as a pattern for paths relative to it.

    `*` stays within one name, `**` doesn't, and a glob without a slash is looked for at any depth,
    as in .gitignore. A match takes time with the square of the path at most.
    """
    text = glob.rstrip("/")
    text = "**/" + text if "/" not in text else text.lstrip("/")
    first, *rest = _WILDCARDS.split(text)
    # The first place where a piece fits is as good as any later one: to what stands before a `*`
    # for that and what follows, and to what stands before a `**` for all that follows.
    closed, group, last = "", _literal(first), ""
    for wildcard, piece in zip(rest[::2], rest[1::2], strict=True):
        if wildcard == "*":
            group, last = f"{group}(?>{last})", "[^/]*?" + _literal(piece)
        else:
            any_depth = "(?:.*?/)??" if wildcard.endswith("/") else ".*?"
            closed, group, last = f"{closed}(?>{group}{last})", any_depth + _literal(piece), ""
    return re.compile(rf"{closed}{group}{last}(?:/.*)?\Z", re.DOTALL)


def _literal(piece: str) -> str:
    return re.escape(piece).replace(r"\?", "[^/]")
