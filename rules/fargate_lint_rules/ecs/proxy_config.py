from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown
from fargate_lint_rules.ecs._shape import clip, is_partial, is_skeleton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task

REQUIRED = ("AppPorts", "ProxyIngressPort", "ProxyEgressPort")
IGNORED = ("IgnoredUID", "IgnoredGID")
AT = ("proxyConfiguration",)


class ProxyConfig(Rule):
    """The proxy of App Mesh is none of the task's containers, or lacks what it is to do.

    ## Why it matters
    `containerName` has to be a container of the same task, and the network mode has to be `awsvpc`:
    ECS refuses anything else. Without its ports and without a user or group that is left alone, the
    proxy gets no traffic, or its own, which is a warning.

    ## Example
    ```json bad base=plain
    {"proxyConfiguration": {"type": "APPMESH", "containerName": "envoy", "properties": [
      {"name": "IgnoredUID", "value": "1337"}, {"name": "AppPorts", "value": "8080"},
      {"name": "ProxyIngressPort", "value": "15000"}, {"name": "ProxyEgressPort", "value": "15001"}]}}
    ```
    ```json fixed base=plain
    {"proxyConfiguration": {"type": "APPMESH", "containerName": "web", "properties": [
      {"name": "IgnoredUID", "value": "1337"}, {"name": "AppPorts", "value": "8080"},
      {"name": "ProxyIngressPort", "value": "15000"}, {"name": "ProxyEgressPort", "value": "15001"}]}}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html
    """

    code = "ECS320"
    name = "proxy-config"
    severity = "error"
    outranks = ("required-member-missing",)
    members = ("proxyConfiguration",)

    def check_task(self, task: Task) -> None:
        if not isinstance(task.value.get("proxyConfiguration"), dict) or is_skeleton(task):
            return
        self._check_container(task)
        mode = task.get("networkMode")
        if mode != "awsvpc" and not isinstance(mode, Unknown):
            self.report(
                task,
                "a proxy of App Mesh needs the network mode `awsvpc`",
                at=AT,
                key=True,
                subject=[("networkMode",)],
                help='write "networkMode": "awsvpc"; ECS would answer: APPMESH proxy configuration is '
                "only supported in networkMode=awsvpc",
            )
        self._check_properties(task)

    def _check_container(self, task: Task) -> None:
        name = task.get(*AT, "containerName")
        names = [container.value.get("name") for container in task.containers]
        if isinstance(name, Unknown) or name in names or not task.closed:
            return
        if any(isinstance(each, Unknown) for each in names):
            return
        if name is None:
            self.report(
                task,
                "`proxyConfiguration` has no `containerName`",
                at=AT,
                key=True,
                help='add "containerName"; the AWS CLI would answer: Missing required parameter in '
                'proxyConfiguration: "containerName"',
            )
            return
        self.report(
            task,
            f"the proxy `{clip(str(name))}` is no container of the task",
            at=(*AT, "containerName"),
            help=f"write the name of one; ECS would answer: Proxy container [{name}] does not exist.",
        )

    def _check_properties(self, task: Task) -> None:
        properties = task.get(*AT, "properties")
        if isinstance(properties, Unknown) or is_partial(task, *AT, "properties"):
            return
        names = [item.get("name") for _, item in task.objects(*AT, "properties")]
        if any(isinstance(name, Unknown) for name in names):
            return
        given = {name for name in names if isinstance(name, str)}
        missing = [name for name in REQUIRED if name not in given]
        if given.isdisjoint(IGNORED):
            missing.insert(0, " or ".join(IGNORED))
        if missing:
            listed = ", ".join(f"`{name}`" for name in missing)
            self.report(
                task,
                f"the proxy is without {listed}",
                at=AT,
                key=True,
                help="add them to `properties`, each with a name and a value",
                severity="warning",
            )
