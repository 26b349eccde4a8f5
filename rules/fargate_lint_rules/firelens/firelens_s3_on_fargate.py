from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

AT = ("firelensConfiguration", "options", "config-file-type")


class FirelensS3OnFargate(Rule):
    """FireLens is to fetch a configuration from S3, which it doesn't do on Fargate.

    ## Why it matters
    On Fargate `config-file-type` can only be `file`: the configuration has to be in the image, or
    on a volume. The `init` variants of AWS for Fluent Bit fetch files from S3 by themselves, named
    in variables such as `aws_fluent_bit_init_s3_1`, with the task role.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "config-file-type": "s3", "config-file-value": "arn:aws:s3:::shop-settings/extra.conf"}}}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router", "firelensConfiguration": {"options": {
      "config-file-type": "file", "config-file-value": "/fluent-bit/etc/extra.conf"}}}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/use_cases/init-process-for-fluent-bit/README.md
    """

    code = "FLN301"
    name = "firelens-s3-on-fargate"
    severity = "error"
    members = ("config-file-type",)

    def check_container(self, container: Container) -> None:
        if "firelensConfiguration" not in container.value or container.task.fargate is not True:
            return
        if container.get(*AT) == "s3":
            self.report(
                container,
                "FireLens takes no configuration from S3 on Fargate",
                at=AT,
                related=[(container.task, ("requiresCompatibilities",), "what the task is for")],
                help='put the file into the image and write "file", or take an `init` image; ECS would '
                "answer: Fargate launch type does not support FirelensConfiguration config file from 's3'",
            )
