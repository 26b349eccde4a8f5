from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.launch.sidecars import SYSLOG_PORT, sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.network._reach import groups, peers, permitted, severity, title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class Sg1514Open(Rule):
    """A security group lets others reach port 1514, where the agent collects the task's logs.

    ## Why it matters
    The agent takes whatever comes to port 1514, over TCP or UDP, for a log of this task. The
    containers of the task reach it over 127.0.0.1, for which no rule is needed. Who else can reach
    it writes made-up logs into your account, scanners included. A group that admits all traffic or
    all ports admits 1514 as well.

    The rule reads the groups given with `check --security-group FILE`, as `aws ec2
    describe-security-groups` prints them; with `--service FILE` only those that the service has.

    ## Example
    ```json bad given=security-group
    {"SecurityGroups": [{"GroupId": "sg-0a1b2c3d4e5f60718", "IpPermissions": [
      {"IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}]}
    ```
    ```json fixed given=security-group
    {"SecurityGroups": [{"GroupId": "sg-0a1b2c3d4e5f60718", "IpPermissions": [
      {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}]}
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """

    code = "NET201"
    name = "sg-1514-open"
    severity = "error"
    outranks = ("sg-24224-open",)
    inputs = ("security_groups",)

    def check_task(self, task: Task) -> None:
        agent = sidecars(task).agent
        if agent is None:
            return
        for group in groups(task, self.context)[0]:
            permits = group.reaching(SYSLOG_PORT)
            if permits:
                self.report(
                    agent,
                    f"{title(group)} lets {peers(permits)} reach port {SYSLOG_PORT} of `{agent.title}`",
                    related=[
                        (Spot(group.document, permit.path), (), "is let in") for permit in permits
                    ],
                    help="let in only the ports that your own containers serve: the task's logs come "
                    "over 127.0.0.1",
                    severity=severity(permits),
                    subject=permitted(group, permits),
                )
