"""`fargate-lint extract`: the task definitions in any file, as RegisterTaskDefinition gets them."""

from __future__ import annotations

import json
import sys

from fargate_lint.commands.definitions import definitions
from fargate_lint.commands.streams import complain, remark
from fargate_lint.inputs import extracted
from fargate_lint.lint.files import called
from fargate_lint.lint.finding import pointer
from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.source.unknown import Unknown
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from fargate_lint.ecs.definition import Definition

    Found = list[tuple[Definition, Any]]

VERSION = 1
#: Paths that are listed of a definition that isn't known as a whole.
LISTED = 5


def run(args: argparse.Namespace) -> int:
    """Print the task definitions; 3 when there are none, 1 for one that isn't known as a whole.

    Raises Stop for a file that can't be read and, with `--format taskdef`, for several definitions.
    """
    found = [
        each
        for path in args.paths
        for each in extracted.whole(task.definition for task in definitions(path, args).tasks)
    ]
    if not found:
        names = ", ".join(f"`{called(path)}`" for path in args.paths)
        complain(f"no task definition in {names}")
        return 3
    if args.format == "taskdef":
        return _one(found, unmasked=args.unmasked)
    shown = [_shown(definition, value, unmasked=args.unmasked) for definition, value in found]
    sys.stdout.write(json.dumps({"version": VERSION, "definitions": shown}, indent=2) + "\n")
    return 0


def _one(found: Found, *, unmasked: bool) -> int:
    if len(found) > 1:
        names = ", ".join(f"`{each.address or each.value.get('family')}`" for each, _ in found)
        raise Stop(f"there are {len(found)} task definitions", f"choose with --address: {names}")
    definition, value = found[0]
    unknown = [pointer(path) for path in extracted.unknown(value)]
    if unknown:
        more = f" and {len(unknown) - LISTED} more" if len(unknown) > LISTED else ""
        complain(
            f"`{definition.address or definition.document.name}` isn't known as a whole: "
            f"{', '.join(unknown[:LISTED])}{more}",
            "--parameters and --region tell more",
        )
        return 1
    masked = _plain(value, _mask(definition, unmasked=unmasked))
    if masked != value:
        remark("secrets are masked, which ECS would take as they are: add --unmasked")
    sys.stdout.write(json.dumps(masked, indent=2) + "\n")
    return 0


def _shown(definition: Definition, value: Any, *, unmasked: bool) -> dict[str, Any]:
    mask = _mask(definition, unmasked=unmasked)
    document, path = definition.anchors[()]
    at = document.written(path[:-1] if definition.address else path, key=bool(definition.address))
    names = sorted(set().union(*definition.assumed.values()))
    family = value.get("family")
    return {
        "address": definition.address,
        "kind": definition.kind,
        "file": definition.document.name,
        "line": document.place(at.start)[0],
        "family": family if isinstance(family, str) else None,
        "assumed": [{"name": name, "value": mask(_default(definition, name))} for name in names],
        "unknown": [pointer(path) for path in extracted.unknown(value)],
        "value": _plain(value, mask),
    }


def _default(definition: Definition, name: str) -> str:
    declared = definition.document.value["Parameters"][name]
    return str(declared["Default"])


def _mask(definition: Definition, *, unmasked: bool) -> Callable[[str], str]:
    return str if unmasked else mask_of(definition.document).text


def _plain(value: Any, mask: Callable[[str], str]) -> Any:
    """A value as JSON has it: what isn't known stands as its text."""
    if isinstance(value, dict):
        return {key: _plain(each, mask) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, mask) for each in value]
    if isinstance(value, Unknown):
        return mask(value.text)
    return mask(value) if isinstance(value, str) else value
