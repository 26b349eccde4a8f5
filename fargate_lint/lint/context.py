"""The context of the tasks: what is known of them that their own files don't say."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from fargate_lint.ecs.definition import Definition, Evidence
    from fargate_lint.ecs.iam import Policy
    from fargate_lint.inputs.security_group import SecurityGroup
    from fargate_lint.source.document import Document

PLATFORMS = ("mdr", "cloud-defender")
EVIDENCE = (
    "execution_role_policies", "log_groups", "security_groups", "services", "task_role_policies",
)  # fmt: skip
PROFILES = ("production", "troubleshooting")


class Context:
    """The context of the tasks. A member that is not given is empty or has its default."""

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

    #: Descriptions of the services that run the task, which its own file has.
    services: tuple[Definition, ...] = ()
    #: The names, as text, of log groups that the task's own file makes.
    log_groups: frozenset[str] = frozenset()

    def __init__(self, members: Mapping[str, object] | None = None) -> None:
        self.__dict__.update(members or {})

    def of(self, evidence: Evidence) -> Context:
        """The context of a task whose own file has evidence; what was given stands before it."""
        found = {name: getattr(evidence, name) for name in EVIDENCE}
        return Context({**found, **{name: each for name, each in vars(self).items() if each}})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"the context is for all rules: `{name}` can't be set")
