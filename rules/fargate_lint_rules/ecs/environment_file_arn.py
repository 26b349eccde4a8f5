from __future__ import annotations

import re

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container

VALID = re.compile(r"arn:[\w-]+:s3:::[^/]+/.+\.env")
ARN = re.compile(r"arn:[\w-]+:s3:::[^/]+/.+")
URL = re.compile(r"(?:s3://|https://s3[.\w-]*\.amazonaws\.com(?:\.cn)?/)(.+)")


class EnvironmentFileArn(Rule):
    """An environment file is not named by the ARN of an S3 object that ends in `.env`.

    ## Why it matters
    `environmentFiles` takes `arn:aws:s3:::BUCKET/FOLDER/FILE.env`. An `s3://` address is refused
    with `Invalid arn syntax.`, and an object with another ending isn't read as a list of variables.

    ## Example
    ```json bad base=plain
    {"containerDefinitions": [{"name": "web", "environmentFiles": [
      {"type": "s3", "value": "s3://shop-settings/web.env"}]}]}
    ```
    ```json fixed base=plain
    {"containerDefinitions": [{"name": "web", "environmentFiles": [
      {"type": "s3", "value": "arn:aws:s3:::shop-settings/web.env"}]}]}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EnvironmentFile.html
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
    """

    code = "ECS309"
    name = "environment-file-arn"
    severity = "error"
    members = ("environmentFiles",)

    def check_container(self, container: Container) -> None:
        if "environmentFiles" not in container.value:
            return
        for index, item in container.objects("environmentFiles"):
            value = item.get("value")
            if not isinstance(value, str) or value in {"", "string"} or VALID.fullmatch(value):
                continue
            if ARN.fullmatch(value):
                message = f"the environment file `{value[-40:]}` doesn't end in `.env`"
                remedy = "give the object a name that ends in .env"
            else:
                message = f"`{value[:48]}` is not the ARN of an S3 object"
                from fargate_lint.launch.needs import Home  # noqa: PLC0415  (only for a finding)

                url = URL.fullmatch(value)
                partition = Home(container.task).printed
                arn = f"arn:{partition}:s3:::{url[1] if url else 'BUCKET/FILE.env'}"
                remedy = f'write "{arn}"; ECS would answer: Invalid arn syntax.'
            self.report(container, message, at=("environmentFiles", index, "value"), help=remedy)
