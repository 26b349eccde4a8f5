"""What the other resources of a template say about a task: its roles, its services, its log groups.

That a role lacks a permission is only claimed where all its policies are in the template: what is
not known of them leaves a policy `open`. A resource that a condition may leave out counts as there.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
"""

from __future__ import annotations

from itertools import chain

from fargate_lint.ecs.definition import Evidence
from fargate_lint.ecs.iam import Policy, parse
from fargate_lint.inputs.cloudformation.functions import ABSENT
from fargate_lint.inputs.cloudformation.members import literal
from fargate_lint.inputs.cloudformation.references import referred
from fargate_lint.inputs.cloudformation.template import function
from fargate_lint.inputs.policy import managed
from fargate_lint.inputs.security_group import Permit, SecurityGroup
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.inputs.cloudformation.functions import Evaluator
    from fargate_lint.inputs.cloudformation.references import References
    from fargate_lint.source.document import Path

    Describe = Callable[[dict[str, Any], Path, str], Definition]

#: Members of a rule of a security group that name the peer, each with the kind of it.
PEERS = {
    "CidrIp": "ipv4",
    "CidrIpv6": "ipv6",
    "SourcePrefixListId": "prefix list",
    "DestinationPrefixListId": "prefix list",
    "SourceSecurityGroupId": "group",
    "DestinationSecurityGroupId": "group",
}


class Surroundings:
    """The resources around a task definition. `describe` makes a definition of a service."""

    def __init__(self, evaluator: Evaluator, references: References, describe: Describe) -> None:
        self._evaluator = evaluator
        self._references = references
        self._document = evaluator.template.document
        self._describe = describe
        self._resources = evaluator.template.resources

    def of(self, address: str, properties: dict[str, Any]) -> Evidence:
        """What is known about the task definition with this logical id."""
        services, groups = [], []
        for name, service in self._references.services.get(address, ()):
            if self._target(service.get("TaskDefinition")) == address:
                path = ("Resources", name, "Properties")
                described = self._describe(service, path, name)
                services.append(described)
                groups.append(self._groups(service, path))
        return Evidence(
            task_role_policies=self._policies(properties.get("TaskRoleArn")),
            execution_role_policies=self._policies(properties.get("ExecutionRoleArn")),
            services=services,
            # Of groups that aren't all known, nothing can be said.
            security_groups=chain.from_iterable(each or () for each in groups)
            if all(groups)
            else (),
            log_groups=self._references.log_groups,
        )

    def _target(self, node: Any) -> str:
        """The logical id of the resource that a node refers to, "" where it is none of these."""
        called = function(self._taken(node))
        found = referred(*called[:2]) if called is not None else ""
        return found if found in self._resources else ""

    def _taken(self, node: Any) -> Any:
        """A node without the conditions around it, an Unknown where these aren't known."""
        called = function(node)
        while called is not None and called[0] == "Fn::If":
            branch = self._evaluator.branch(called[1])
            if branch is None:
                return Unknown()
            node = called[1][branch]
            called = function(node)
        return node

    # Roles.

    def _policies(self, node: Any) -> list[Policy]:
        """The policies of the role that a node refers to; none of a role of somewhere else."""
        name = self._target(node)
        role = self._resources.get(name)
        if not isinstance(role, dict) or role.get("Type") != "AWS::IAM::Role":
            return []
        path: Path = ("Resources", name, "Properties")
        properties = role.get("Properties")
        properties = properties if isinstance(properties, dict) else {}
        found = list(self._inline(properties, path))
        found += self._managed(properties.get("ManagedPolicyArns"), (*path, "ManagedPolicyArns"))
        found += self._attached(name, text_of(self._evaluator.value(properties.get("RoleName"))))
        return found or [Policy(self._document, path[:2], [])]

    def _inline(self, role: dict[str, Any], path: Path) -> Iterator[Policy]:
        for at, policy in self._items(role.get("Policies"), (*path, "Policies")):
            document = policy.get("PolicyDocument") if isinstance(policy, dict) else None
            yield self._policy(document, (*at, "PolicyDocument"))

    def _policy(self, node: Any, path: Path) -> Policy:
        node, path, _ = self._evaluator.head(node, path)
        value = self._evaluator.value(node)
        if not isinstance(value, dict):
            return Policy(self._document, path, [], open=True)
        return parse(self._document, path, value)

    def _managed(self, node: Any, path: Path) -> Iterator[Policy]:
        for at, each in self._items(node, path):
            resource = self._resources.get(self._target(each))
            if isinstance(resource, dict) and resource.get("Type") == "AWS::IAM::ManagedPolicy":
                # It is found among those that are attached, or named here alone.
                properties = resource.get("Properties") or {}
                inside: Path = ("Resources", self._target(each), "Properties", "PolicyDocument")
                yield self._policy(properties.get("PolicyDocument"), inside)
            else:
                arn = text_of(self._evaluator.value(each))
                yield managed(self._document, at, arn.replace("${AWS::Partition}", "aws"))

    def _attached(self, role: str, role_name: str) -> Iterator[Policy]:
        """Policies that name the role themselves, or may do so."""
        references = self._references
        named = references.named.get(role_name, ()) if role_name else ()
        for name, policy in [*references.policies.get(role, ()), *named]:
            path: Path = ("Resources", name, "Properties", "PolicyDocument")
            yield self._policy(policy.get("PolicyDocument"), path)
        for name, _ in references.open[:1]:
            yield Policy(self._document, ("Resources", name, "Properties"), [], open=True)

    def _items(self, node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
        """The elements of a list, functions still in them; one Unknown for an unknown list."""
        value, where, is_written = self._evaluator.head(node, path)
        if value is None or value is ABSENT:
            return
        if not is_written or not isinstance(value, list):
            items = value if isinstance(value, list) else [Unknown()]
            yield from ((path, each) for each in items)
            return
        for index, each in enumerate(value):
            at = (*where, index)
            found, inner, taken = self._evaluator.head(each, at)
            if found is not ABSENT:
                # What a function refers to is still to be seen.
                yield (inner, found) if taken else (at, self._taken(each))

    # Security groups.

    def _groups(self, service: dict[str, Any], path: Path) -> list[SecurityGroup] | None:
        """The security groups of a service, None where not all of them are in the template."""
        value: Any = service
        for step in ("NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups"):
            value, path, _ = self._evaluator.head(value, path)
            value = value.get(step) if isinstance(value, dict) else None
            path = (*path, step)
        found = []
        for _, each in self._items(value, path):
            name = self._target(each)
            resource = self._resources.get(name)
            if not isinstance(resource, dict) or resource.get("Type") != "AWS::EC2::SecurityGroup":
                return None
            found.append(self._group(name, resource.get("Properties") or {}))
        return found

    def _group(self, name: str, group: dict[str, Any]) -> SecurityGroup:
        path: Path = ("Resources", name, "Properties")
        permits: list[Permit] = []
        for direction in ("Ingress", "Egress"):
            member = f"SecurityGroup{direction}"
            rules = [*self._items(_listed(group.get(member)), (*path, member))]
            for other, rule in self._references.rules.get((name, member), ()):
                rules.append((("Resources", other, "Properties"), rule))
            for at, rule in rules:
                permits += self._permits(rule, at, egress=direction == "Egress")
        return SecurityGroup(self._document, path[:2], name, permits)

    def _permits(self, rule: Any, path: Path, *, egress: bool) -> Iterator[Permit]:
        if not isinstance(rule, dict):
            return
        for member in PEERS.keys() & rule.keys():
            peer = rule[member]
            # Members of a group that the same file lets in are there to reach the task.
            if PEERS[member] == "group" and not egress:
                continue
            known = self._target(peer) or literal(self._evaluator.value(peer))
            values = {key: self._evaluator.value(each) for key, each in rule.items()}
            found = Permit(PEERS[member], known, values, (*path, member))
            found.egress = egress
            yield found


def _listed(value: Any) -> Any:
    """A list, also of what may stand alone instead of one."""
    return [value] if isinstance(value, dict) and function(value) is None else value
