"""IAM policies in a document, in the shapes in which people keep them."""

from __future__ import annotations

from fargate_lint.data.permissions import MANAGED
from fargate_lint.ecs.iam import Policy, Statement, parse
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.source.document import Document, Path

# What says who may take on a role, not what the role may do.
TRUST = frozenset({"AssumeRolePolicyDocument", "assume_role_policy"})
ATTACHED = frozenset({"AttachedManagedPolicies", "AttachedPolicies", "ManagedPolicyArns"})
AWS_MANAGED = lazily(r"arn:[\w-]+:iam::aws:policy/(?:[\w-]+/)*(?P<name>[\w-]+)")
PASSED_OVER = TRUST | ATTACHED


def policies(document: Document) -> list[Policy]:
    """The policies in a document that say what a role may do, in order.

    Read are a policy, what `get-role-policy`, `get-policy-version`, `list-attached-role-policies`
    and `get-account-authorization-details` print, a list of statements, one statement, and
    policies anywhere inside something else, also as text: a CloudFormation template, a Terraform
    plan. Trust policies and versions that aren't the default one are passed over. Of policies
    that are named only, AWS's `AmazonECSTaskExecutionRolePolicy` is known; others are `open`.
    """
    return [found for found in _search(document) if not _is_trust(found)]


def trust_only(document: Document) -> bool:
    """Whether a document has policies, but only such as say who may take on a role."""
    found = list(_search(document))
    return bool(found) and all(_is_trust(policy) for policy in found)


def _is_trust(policy: Policy) -> bool:
    return bool(policy.statements) and all(each.principal for each in policy.statements)


def _search(document: Document) -> Iterator[Policy]:
    # The path of a value, the value, and whether it stands in a text at that path.
    stack: list[tuple[Path, Any, bool]] = [((), document.value, False)]
    while stack:
        path, value, inside = stack.pop()
        if isinstance(value, dict):
            found = _policy(document, path, value, inside=inside)
            if found is not None:
                yield found
                continue
            yield from _attached(document, path, value)
            if value.get("IsDefaultVersion") is False:
                continue
            items = [(key, item) for key, item in value.items() if key not in PASSED_OVER]
        elif isinstance(value, list):
            items = list(enumerate(value))
        else:
            if not inside and "Statement" in text_of(value):
                stack.append((path, _inner(text_of(value)), True))
            continue
        stack.extend(
            (path if inside else (*path, step), item, inside) for step, item in reversed(items)
        )


def _policy(
    document: Document, path: Path, value: dict[str, Any], *, inside: bool
) -> Policy | None:
    """The policy that an object is, if it is one."""
    if "Statement" in value:
        found = parse(document, path, value)
    elif "Effect" in value and ("Action" in value or "NotAction" in value):
        found = Policy(document, path, [Statement(document, path, value)])
    else:
        return None
    if inside:
        for statement in found.statements:
            statement.path, statement.inside = path, True
    return found


def _inner(text: str) -> Any:
    """The value of a policy that is written as a text, percent-encoded as IAM gives it or not."""
    from fargate_lint.source import json  # noqa: PLC0415  (policies are rarely given)

    if text.lstrip()[:1] == "%":
        from urllib.parse import unquote  # noqa: PLC0415  (the same)

        text = unquote(text)
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    return json.read("policy", text).value


def _attached(document: Document, path: Path, value: dict[str, Any]) -> Iterator[Policy]:
    """The policies that are named as attached."""
    for key in ATTACHED & value.keys():
        items = value[key]
        if isinstance(items, list):
            for index, item in enumerate(items):
                yield managed(document, (*path, key, index), item)
        elif items is not None:
            yield Policy(document, (*path, key), [], open=True)


def managed(document: Document, path: Path, item: object) -> Policy:
    """A policy that is known by its ARN, alone or with its name; `open` unless it is one of AWS's
    that we know.
    """
    arn = text_of(item.get("PolicyArn") if isinstance(item, dict) else item)
    match = AWS_MANAGED.fullmatch(arn)
    actions = MANAGED.get(match["name"]) if match else None
    if actions is None:
        return Policy(document, path, [], open=True)
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    found = Statement(document, path, statement)
    found.inside = True
    return Policy(document, path, [found])
