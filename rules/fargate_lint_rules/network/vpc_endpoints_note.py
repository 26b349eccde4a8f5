from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule
from fargate_lint_rules.network._reach import VPC, running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Task


class VpcEndpointsNote(Rule):
    """A service without public addresses needs endpoints in its VPC, or a NAT gateway.

    ## Why it matters
    Images, secrets and logs all go over the task's own network interface. In a subnet without a
    way to the internet each service of AWS that the task uses needs an endpoint in the VPC, and
    one that is missing shows as a timeout (`ResourceInitializationError ... i/o timeout`, or
    Fluent Bit's `connection timed out`). This note lists those that the task definition implies.
    Amazon ECR takes three: `ecr.api`, `ecr.dkr`, and a gateway endpoint for S3, where layers are
    kept.

    The rule reads the description of the service given with `check --service FILE`.

    ## Example
    ```json bad base=cloudwatch given=service
    {"serviceName": "shop", "taskDefinition": "shop", "networkConfiguration": {
      "awsvpcConfiguration": {"subnets": ["subnet-1a2b3c4d"], "assignPublicIp": "DISABLED"}}}
    ```
    ```json good base=cloudwatch given=service
    {"serviceName": "shop", "taskDefinition": "shop", "networkConfiguration": {
      "awsvpcConfiguration": {"subnets": ["subnet-1a2b3c4d"], "assignPublicIp": "ENABLED"}}}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
    - https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """

    code = "NET205"
    name = "vpc-endpoints-note"
    severity = "info"
    inputs = ("service",)

    def check_task(self, task: Task) -> None:
        for node in running(task, self.context):
            if node.get(*VPC, "assignPublicIp") != "DISABLED":
                continue
            wanted = self._endpoints(task)
            if wanted:
                more = "s" if len(wanted) > 1 else ""
                self.report(
                    task,
                    f"without a NAT gateway the VPC needs {len(wanted)} endpoint{more} for this task",
                    related=[
                        (
                            Spot(node.lens, (*node.path, *VPC, "assignPublicIp")),
                            (),
                            "no public address",
                        )
                    ],
                    help=", ".join(f"com.amazonaws.REGION.{name}" for name in wanted)
                    + (" (s3: a gateway endpoint will do)" if "s3" in wanted else ""),
                )

    def _endpoints(self, task: Task) -> list[str]:
        from fargate_lint.data.network import ENDPOINTS  # noqa: PLC0415  (services are rarely given)
        from fargate_lint.launch.permissions import permissions  # noqa: PLC0415  (the same)

        return sorted(
            {
                name
                for need in permissions(task, self.context.fluent_bit).needs
                for action in need.names
                for name in ENDPOINTS.get(action.partition(":")[0], ())
            }
        )
