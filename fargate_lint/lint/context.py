"""What is known of the tasks beyond their files: how they run, and what runs around them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from fargate_lint.ecs.iam import Policy
    from fargate_lint.inputs.security_group import SecurityGroup
    from fargate_lint.source.document import Document

    class Context(NamedTuple):
        """What rules may ask for; each member is empty where nobody said anything about it."""

        #: The platform of Alert Logic: one of PLATFORMS, None when unknown.
        platform: str | None = None
        #: What the tasks are for: one of PROFILES.
        profile: str = "production"
        #: Whether every task must have the agent, or only one that shows it.
        require_agent: bool = False
        #: The version of Fluent Bit to assume, whatever the router's image says.
        fluent_bit: str | None = None
        #: A description of the services that run the tasks (see `inputs.service`).
        service: Document | None = None
        #: The policies of the two roles, and the security groups.
        task_role_policies: tuple[Policy, ...] = ()
        execution_role_policies: tuple[Policy, ...] = ()
        security_groups: tuple[SecurityGroup, ...] = ()
else:
    from collections import namedtuple

    Context = namedtuple(
        "Context",
        "platform profile require_agent fluent_bit service task_role_policies"
        " execution_role_policies security_groups",
        defaults=(None, "production", False, None, None, (), (), ()),
    )

PLATFORMS = ("mdr", "cloud-defender")
PROFILES = ("production", "troubleshooting")
