"""The context of the tasks: what is known of them that their own files don't say."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from fargate_lint.ecs.iam import Policy
    from fargate_lint.inputs.security_group import SecurityGroup
    from fargate_lint.source.document import Document

    class Context(NamedTuple):
        """Members of the context, each empty or at its default where nobody gave it."""

        #: The platform of Alert Logic: `mdr` or `cloud-defender`.
        platform: str | None = None
        #: The stage that the tasks are in: `production` or `troubleshooting`.
        profile: str = "production"
        #: Whether every task must have the agent.
        require_agent: bool = False
        #: The version of Fluent Bit to assume, whatever the router's image says.
        fluent_bit: str | None = None
        #: A description of the services that run the tasks, for `fargate_lint.inputs.service`.
        service: Document | None = None
        #: The policies of the task role.
        task_role_policies: tuple[Policy, ...] = ()
        #: The policies of the execution role.
        execution_role_policies: tuple[Policy, ...] = ()
        #: The security groups of the services.
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
