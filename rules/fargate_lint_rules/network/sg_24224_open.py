from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.launch.sidecars import FORWARD_PORT, SYSLOG_PORT, sidecars
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.network._ports import mappings, unmapped
from fargate_lint_rules.network._reach import groups, peers, permitted, severity, title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container, Task


class Sg24224Open(Rule):
    """Port 24224, where FireLens takes records, is mapped or open to others.

    ## Why it matters
    FireLens makes Fluent Bit listen on port 24224 for the containers of its own task. AWS says to
    keep the port closed in the security group: who reaches it writes records under any tag, and
    they go wherever the task's own logs go. In `awsvpc` mode FireLens binds 127.0.0.1, which keeps
    others out until a configuration of your own binds another address.

    The rule reads the groups given with `check --security-group FILE`, as `aws ec2
    describe-security-groups` prints them. What opens port 1514 of an Alert Logic agent as well is
    reported as `sg-1514-open`.

    ## Example
    ```json bad base=firelens given=security-group
    {"SecurityGroups": [{"GroupId": "sg-0a1b2c3d4e5f60718", "IpPermissions": [
      {"IpProtocol": "tcp", "FromPort": 24224, "ToPort": 24224, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}
    ```
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "portMappings": [{"containerPort": 24224}]}]}
    ```
    ```json fixed base=firelens given=security-group
    {"SecurityGroups": [{"GroupId": "sg-0a1b2c3d4e5f60718", "IpPermissions": [
      {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
    - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """

    code = "NET202"
    name = "sg-24224-open"
    severity = "error"
    outranks = ("port-duplicate",)
    fixable = "unsafe"

    def check_task(self, task: Task) -> None:
        router = task.router
        if router is None:
            return
        for container, path in (
            mappings(task, FORWARD_PORT) if "portMappings" in router.value else ()
        ):
            if container is router:
                self.report(
                    router,
                    f"`{router.title}` maps port {FORWARD_PORT}, which only this task's containers use",
                    at=path,
                    help="remove the mapping: containers of the task need none",
                    fix=unmapped(router, path),
                )
        if self.context.security_groups:
            self._groups(task, router)

    def _groups(self, task: Task, router: Container) -> None:
        for group in groups(task, self.context)[0]:
            found = [
                permit
                for permit in group.reaching(FORWARD_PORT)
                if permit.reaches("tcp", FORWARD_PORT)
            ]
            # Those that let others reach the agent as well are one mistake with that.
            ports = group.reaching(SYSLOG_PORT) if sidecars(task).agent is not None else []
            both = [permit for permit in found if permit in ports]
            for permits in (both, [permit for permit in found if permit not in both]):
                if not permits:
                    continue
                self.report(
                    router,
                    f"{title(group)} lets {peers(permits)} reach port {FORWARD_PORT} of `{router.title}`",
                    related=[
                        (Spot(group.document, permit.path), (), "is let in") for permit in permits
                    ],
                    help="let in only the ports that your own containers serve",
                    severity=severity(permits),
                    subject=permitted(group, permits),
                )
