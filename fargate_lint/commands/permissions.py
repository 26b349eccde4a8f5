"""`permissions`: what the two roles of a task definition must allow, and nothing more."""

from __future__ import annotations

import json
import sys

from fargate_lint.commands.definitions import definitions, one_case
from fargate_lint.commands.streams import remark
from fargate_lint.ecs.iam import grants, policy
from fargate_lint.inputs import detect
from fargate_lint.launch.permissions import pairs, permissions
from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.report.permissions import ROLES, notes, widened, write
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from fargate_lint.ecs.task import Task


def run(args: argparse.Namespace) -> int:
    """Print the least policies for the two roles of a task definition.

    What the definition doesn't tell goes to stderr, or below the policies in text. Stops when the
    file can't be read, or holds no task definition, or several.
    """
    task = _task(args.taskdef, args)
    found = permissions(task, None)
    show = mask_of(task.lens.document).text
    if args.format in {"json", "cloudformation"}:
        documents = {ROLES[role][0]: policy(grants(pairs(found.of(role)))) for role in ROLES}
        text = json.dumps(documents, indent=2) if args.format == "json" else _template(documents)
        sys.stdout.write(show(text.rstrip("\n")) + "\n")
        for line in (*widened(found), *notes(found)):
            remark(show(line))
        return 0
    write(found, show, sys.stdout)
    return 0


def _template(documents: dict[str, Any]) -> str:
    """The policies as the `Policies` of roles in a template of CloudFormation, in YAML.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
    """
    import yaml  # noqa: PLC0415  (only for this format)

    roles = {
        name: {"Policies": [{"PolicyName": "fargate-lint", "PolicyDocument": document}]}
        for name, document in documents.items()
        if document["Statement"]
    }
    return str(yaml.safe_dump(roles, sort_keys=False, width=100))


def _task(path: str, args: argparse.Namespace) -> Task:
    """The task definition in a file, or in what comes from standard input."""
    found = definitions(path, args)
    tasks = one_case(found.tasks)
    if not tasks:
        first = found.documents[0]
        fault = next((fault for fault in first.faults if fault.fatal), None)
        what = fault.message if fault else f"it seems to be {detect.other(first)}"
        raise Stop(f"`{path}` holds no task definition: {what}")
    if len(tasks) > 1:
        addresses = ", ".join(f"`{task.definition.address}`" for task in tasks)
        raise Stop(
            f"`{path}` holds {len(tasks)} task definitions",
            f"choose one with --address: {addresses}"
            if all(task.definition.address for task in tasks)
            else "write the one you mean to a file of its own",
        )
    return tasks[0]
