from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class TeamLabelMissing(Rule):
    """A container has no `team` label, so nobody knows whom to call at night.

    ## Why it matters
    Alarms are routed by the label `team`. Without it they go to everybody, which is to nobody.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "dockerLabels": {"tier": "front"}}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "dockerLabels": {"team": "shop"}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """

    code = "ACM101"
    name = "acme-team-label-missing"
    severity = "warning"
    since = "1.0.0"
    options = {"label": "team"}  # noqa: RUF012  (declared once, never changed)

    def check_container(self, container: Container) -> None:
        """Report a container without the label; one whose labels can't be known is passed over."""
        labels = container.get("dockerLabels")
        label = self.option["label"]
        if labels is None or (isinstance(labels, dict) and label not in labels):
            self.report(
                container,
                f"`{container.name}` has no label `{label}`",
                help=f'add "dockerLabels": {{"{label}": "…"}}',
            )
