"""What is given to `check` beside the files to check: policies, security groups, services."""

from __future__ import annotations

from fargate_lint.inputs.policy import policies, trust_only
from fargate_lint.inputs.security_group import security_groups
from fargate_lint.inputs.service import services
from fargate_lint.source.read import content, read
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.ecs.iam import Policy
    from fargate_lint.inputs.security_group import SecurityGroup
    from fargate_lint.source.document import Document


def service(path: str) -> Document:
    """The description of services in a file. Stops when it can't be read, or describes none."""
    for document in _documents(path):
        if services(document):
            return document
    raise Stop(
        f"`{path}` describes no service that names a task definition",
        "write `aws ecs describe-services --cluster CLUSTER --services SERVICE` into it",
    )


def role(paths: Iterable[str]) -> tuple[Policy, ...]:
    """The policies of a role in files, each of which must hold one."""
    found: list[Policy] = []
    for path in paths:
        inside = _documents(path)
        here = [policy for document in inside for policy in policies(document)]
        if not here and any(trust_only(document) for document in inside):
            raise Stop(
                f"`{path}` says who may take on a role, not what the role may do",
                "name a file with a policy of the role: "
                "`aws iam get-role-policy --role-name ROLE --policy-name POLICY`",
            )
        if not here:
            raise Stop(
                f"`{path}` holds no IAM policy in JSON or YAML",
                "write `aws iam get-role-policy --role-name ROLE --policy-name POLICY` into it",
            )
        found += here
    return tuple(found)


def network(paths: Iterable[str]) -> tuple[SecurityGroup, ...]:
    """The security groups in files, each of which must hold one."""
    found: list[SecurityGroup] = []
    for path in paths:
        here = [group for document in _documents(path) for group in security_groups(document)]
        if not here:
            raise Stop(
                f"`{path}` describes no security group",
                "write `aws ec2 describe-security-groups --group-ids GROUP` into it",
            )
        found += here
    return tuple(found)


def _documents(path: str) -> list[Document]:
    return read(path, content(path))
