"""Which resources of a template refer to which others, found once for all its task definitions."""

from __future__ import annotations

from fargate_lint.inputs.cloudformation.functions import Evaluator
from fargate_lint.inputs.cloudformation.template import function
from fargate_lint.source.unknown import Tagged, Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.inputs.cloudformation.template import Template

    #: A resource: its logical id and its properties.
    Resource = tuple[str, dict[str, Any]]

POLICIES = frozenset({"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"})
RULES = {
    "AWS::EC2::SecurityGroupIngress": "SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress": "SecurityGroupEgress",
}


class References:
    """The resources around task definitions, by the logical id of what they may refer to.

    `services` are by their task definition, `policies` by their role, `rules` of security groups by
    their group and the member that they are for. `named` are the policies of roles by the role's
    name, `open` those of roles that aren't known. `log_groups` has the names of log groups.
    """

    __slots__ = ("log_groups", "named", "open", "policies", "rules", "services")

    def __init__(self, template: Template) -> None:
        self.services: dict[str, list[Resource]] = {}
        self.policies: dict[str, list[Resource]] = {}
        self.named: dict[str, list[Resource]] = {}
        self.open: list[Resource] = []
        self.rules: dict[tuple[str, str], list[Resource]] = {}
        self.log_groups: set[str] = set()
        evaluator = Evaluator(template)
        for name, resource in template.resources.items():
            if not isinstance(resource, dict):
                continue
            properties = resource.get("Properties")
            found = name, properties if isinstance(properties, dict) else {}
            kind = resource.get("Type")
            if kind == "AWS::ECS::Service":
                _file(self.services, mentioned(found[1].get("TaskDefinition")), found)
            elif kind in RULES:
                groups = mentioned(found[1].get("GroupId"))
                _file(self.rules, {(group, RULES[kind]) for group in groups}, found)
            elif kind in POLICIES:
                self._policy(found, evaluator)
            elif kind == "AWS::Logs::LogGroup":
                self.log_groups.add(f"${{{name}}}")
                if "LogGroupName" in found[1]:
                    self.log_groups.add(text_of(evaluator.value(found[1]["LogGroupName"])))

    def _policy(self, policy: Resource, evaluator: Evaluator) -> None:
        roles = policy[1].get("Roles", policy[1].get("RoleName"))
        ids = mentioned(roles) & evaluator.template.resources.keys()
        _file(self.policies, ids, policy)
        values = evaluator.value(roles)
        for value in values if isinstance(values, list) else [values]:
            if (
                isinstance(value, Unknown)
                and value.text.removeprefix("${").removesuffix("}") in ids
            ):
                continue
            if isinstance(value, Unknown):
                self.open.append(policy)
            elif isinstance(value, str):
                self.named.setdefault(value, []).append(policy)


def _file(index: dict[Any, list[Resource]], keys: set[Any], resource: Resource) -> None:
    for key in keys:
        index.setdefault(key, []).append(resource)


def mentioned(node: Any) -> set[str]:
    """The logical ids that the functions in a node refer to, whatever branch is taken."""
    return set(_mentioned(node))


def _mentioned(node: Any) -> Iterator[str]:
    pending = [node]
    # Grows as it is gone through.
    for each in pending:
        called = function(each)
        name = referred(*called[:2]) if called is not None else ""
        if name:
            yield name
        if isinstance(each, Tagged):
            pending.append(each.value)
        elif isinstance(each, dict):
            pending += each.values()
        elif isinstance(each, list):
            pending += each


def referred(name: str, argument: Any) -> str:
    """The logical id that a function refers to, "" for a function that refers to none alone."""
    if name == "Fn::GetAtt":
        argument = argument[0] if isinstance(argument, list) and argument else argument
    elif name == "Fn::Sub":
        argument = text_of(argument)
        argument = argument[2:-1] if argument.startswith("${") else ""
    elif name != "Ref":
        return ""
    return argument.partition(".")[0] if isinstance(argument, str) else ""
