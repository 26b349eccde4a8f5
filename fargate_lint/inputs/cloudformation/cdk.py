"""What CDK writes beside a template: the Region of its stack, and who made each resource.

https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html
"""

from __future__ import annotations

import os

from fargate_lint.source import json
from fargate_lint.source.document import Document
from fargate_lint.source.patterns import lazily
from fargate_lint.source.read import content
from fargate_lint.source.text import decode
from fargate_lint.source.unknown import text_of
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SUFFIX = ".template.json"
MANIFEST = "manifest.json"
STACK = "aws:cloudformation:stack"
PATH = "aws:cdk:path"
#: A place in a trace: `function (file:line:column)`, or `file:line:column` alone.
_FRAME = lazily(r"(?:at )?(?:.*\()?(?P<file>[^()]+?):(?P<line>\d{1,6}):(?P<column>\d{1,5})\)?")
#: Files of a trace that are not the user's own.
_FOREIGN = ("node:", "node_modules", "...", "internal/", "site-packages")


class Assembly:
    """The files that belong to a template in a folder that CDK has written.

    `region` is that of the template's stack, "" where it isn't known.
    """

    __slots__ = ("_metadata", "region")

    def __init__(self, template: str) -> None:
        folder, name = os.path.split(template)
        artifacts = _object(_read(os.path.join(folder, MANIFEST)).get("artifacts"))
        stacks = [one for one in map(_object, artifacts.values()) if one.get("type") == STACK]
        own = [one for one in stacks if _object(one.get("properties")).get("templateFile") == name]
        # A nested stack is in the Region of the one around it.
        regions = {_region(one) for one in own or stacks}
        self.region = regions.pop() if len(regions) == 1 else ""
        stack = own[0] if own else {}
        beside = stack.get("additionalMetadataFile", name.removesuffix(SUFFIX) + ".metadata.json")
        inside = _object(stack.get("metadata"))
        named = isinstance(beside, str) and os.path.basename(beside) == beside
        self._metadata = {**inside, **(_read(os.path.join(folder, beside)) if named else {})}

    def made(self, path: str) -> tuple[str, int, int] | None:
        """Where the user's own program made a construct: file, line and column, both from 1."""
        for entry in map(_object, _list(self._metadata.get(f"/{path}"))):
            for frame in map(text_of, [*_list(entry.get("data")), *_list(entry.get("trace"))]):
                match = _FRAME.fullmatch(frame.strip())
                if match and not any(mark in frame for mark in _FOREIGN):
                    return _shown(match["file"]), int(match["line"]), int(match["column"])
        return None


def place(file: str, line: int, column: int) -> Document:
    """A document that has nothing but a place at its end: of a file that is not read."""
    return Document(file, "text", "\n" * (line - 1) + " " * (column - 1))


def _read(path: str) -> dict[str, Any]:
    try:
        data = content(path) if os.path.isfile(path) else b""
    except Stop:
        return {}
    return _object(json.read(path, decode(data)[0]).value)


def _region(stack: dict[str, Any]) -> str:
    environment = stack.get("environment")
    region = environment.rpartition("/")[2] if isinstance(environment, str) else ""
    return "" if region.startswith("unknown-") else region


def _shown(path: str) -> str:
    """A path as people write it: relative when it lies in the current folder."""
    here = os.getcwd().rstrip(os.sep) + os.sep
    return path.removeprefix(here)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
