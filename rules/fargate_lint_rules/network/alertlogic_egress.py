from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.launch.sidecars import sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.network._reach import groups, peers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from fargate_lint.ecs.task import Task
    from fargate_lint.inputs.security_group import Permit


class AlertlogicEgress(Rule):
    """No security group lets the agent out to Alert Logic on port 443.

    ## Why it matters
    The agent sends the logs to Alert Logic over HTTPS. Without a way out it can't register, and
    nothing arrives; Fluent Bit goes on delivering to it until its buffers are full. A new group
    lets everything out, so this is about groups whose outbound rules somebody made narrower. An
    agent that reports to an appliance in the network needs ports 443 and 7777 to that.

    The rule reads the groups given with `check --security-group FILE`; all of them count together,
    and a prefix list, another group (there may be a proxy) or IPv6 is given the benefit of doubt.

    ## Example
    ```json bad given=security-group
    {"SecurityGroups": [{"GroupId": "sg-0a1b2c3d4e5f60718", "IpPermissions": [], "IpPermissionsEgress": [
      {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}]}
    ```
    ```json fixed given=security-group
    {"SecurityGroups": [{"GroupId": "sg-0a1b2c3d4e5f60718", "IpPermissions": [], "IpPermissionsEgress": [
      {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}
    ```

    ## References
    - https://docs.alertlogic.com/requirements/us-firewall-rules.htm
    - https://docs.alertlogic.com/requirements/uk-eu-firewall-rules.htm
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "NET204"
    name = "alertlogic-egress"
    inputs = ("security_groups",)

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        found, whole = groups(task, self.context)
        if agent is None or not whole or not all(group.egress for group in found):
            return
        from fargate_lint.data import network  # noqa: PLC0415  (groups are rarely given)

        port = network.ALERT_LOGIC_PORT
        ways = [
            (group, permit)
            for group in found
            for permit in group.reaching(port, egress=True, sure=False)
            if permit.reaches("tcp", port)
        ]
        permits = [permit for _, permit in ways]
        if any(_may_lead_out(permit, network.ALERT_LOGIC) for permit in permits):
            return
        self.report(
            agent,
            f"`{agent.title}` is let out to port {port} of {peers(permits)} only, not to Alert Logic"
            if permits
            else f"no security group lets `{agent.title}` out to port {port}, where Alert Logic is",
            related=[
                (Spot(group.document, permit.path), (), "only there") for group, permit in ways
            ]
            or [
                (Spot(group.document, group.path), (), "lets nothing out there") for group in found
            ],
            help=f"let TCP {port} out to 0.0.0.0/0, or to {', '.join(network.ALERT_LOGIC)}; to an "
            f"appliance also {network.APPLIANCE_PORT}",
        )


def _may_lead_out(permit: Permit, ranges: Sequence[str]) -> bool:
    """Whether a permit may be for one of the ranges."""
    if permit.kind != "ipv4":
        return permit.kind != "self"
    from ipaddress import ip_network  # noqa: PLC0415  (groups are rarely given)

    try:
        allowed = ip_network(permit.peer, strict=False)
    except ValueError:
        return True
    return any(allowed.overlaps(ip_network(each)) for each in ranges)
