"""What a task needs of its two roles, and which place of the definition makes it need that.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html
"""

from __future__ import annotations

import re

from fargate_lint.data import permissions as table
from fargate_lint.ecs.iam import EVERYTHING, pattern
from fargate_lint.launch import destinations
from fargate_lint.launch.launch import launch_of
from fargate_lint.launch.needs import EXECUTION, TASK, Action, Need, Needs
from fargate_lint.source.once import once
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fargate_lint.ecs.task import Container, Task
    from fargate_lint.launch.launch import Launch
    from fargate_lint.source.document import Path

ECR = lazily(
    r"(?P<account>\d{12}|[^./:]*\*[^./:]*)\.dkr[.-]ecr(?:-fips)?\.(?P<region>[a-z0-9*-]+)"
    r"\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)"
    r"/(?P<repository>[^:@]+)(?:[:@].*)?"
)
# Secrets Manager ends the ARN of a secret in a hyphen and six characters.
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
WHOLE_SECRET = lazily(r".*(?:-[A-Za-z0-9]{6}|\*)")
INIT = lazily(r"aws_fluent_bit_init_s3_\w+", re.IGNORECASE)
# What Go reads as true, as the awslogs driver does.
GO_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})


class Permissions(Needs):
    """All that a task needs of its roles."""

    __slots__ = ("_claim", "task")

    def __init__(self, task: Task, launch: Launch) -> None:
        super().__init__(task)
        self.task = task
        # A host that isn't Fargate's pulls images and writes awslogs with a role of its own.
        self._claim = "" if task.fargate is False else "error"
        destinations.add(self, launch)
        self._files_of_init(launch)
        self._file_systems()
        for container in task.containers:
            self._image(container)
            self._awslogs(container)
            for keys in (("secrets",), ("logConfiguration", "secretOptions")):
                for index, _ in container.objects(*keys):
                    self._secret(container, (*keys, index, "valueFrom"))
            if "repositoryCredentials" in container.value:
                keys = ("repositoryCredentials", "credentialsParameter")
                self._secret(container, keys, login=True)
            self._environment_files(container)
            self._file_in_s3(container)

    def _image(self, container: Container) -> None:
        reference = container.text("image")
        text = pattern(reference)
        path = (*container.path, "image")
        match = ECR.fullmatch(text)
        if match is None:
            if isinstance(reference, Unknown) and text.startswith("*"):
                written = f" (`{reference.text}`)" if reference.text else ""
                self.note(
                    f"whether the image of `{container.title}`{written} is in a private Amazon ECR",
                    path,
                )
            return
        purpose = "pull its image from ECR"
        printed, asked = self.home.head("ecr", match["region"], match["account"])
        name = "repository/" + match["repository"]
        pull = [
            Action(action, (asked + name,), "" if action in table.ECR_UNCLAIMED else self._claim)
            for action in table.ECR_PULL
        ]
        login = Action(table.ECR_LOGIN, (EVERYTHING,), self._claim)
        self.add(EXECUTION, container, path, purpose, "*", [login])
        self.add(EXECUTION, container, path, purpose, printed + name, pull, [reference])

    def _awslogs(self, container: Container) -> None:
        if container.driver != "awslogs":
            return
        options = ("logConfiguration", "options")
        values = [container.text(*options, f"awslogs-{name}") for name in ("region", "group")]
        region, group = (pattern(value) for value in values)
        prefix = pattern(container.text(*options, "awslogs-stream-prefix"))
        printed, asked = self.home.head("logs", region, self.home.account)
        stream = f"{asked}log-group:{group}:log-stream:{prefix}/{container.name or '*'}/*"
        actions = [Action(action, (stream,), self._claim) for action in table.LOG_STREAM]
        path: Path = (*container.path, "logConfiguration", "logDriver")
        purpose = "write its log with `awslogs`"
        resource = f"{printed}log-group:{group}:*"
        self.add(EXECUTION, container, path, purpose, resource, actions, values)
        create = container.text(*options, "awslogs-create-group")
        if create in GO_TRUE or (isinstance(create, Unknown) and create.text):
            claim = self._claim if create in GO_TRUE else ""
            forms = (f"{asked}log-group:{group}:log-stream:", f"{asked}log-group:{group}")
            action = Action(table.LOG_GROUP, forms, claim)
            path = (*container.path, *options, "awslogs-create-group")
            purpose = "create its log group with `awslogs`"
            self.add(EXECUTION, container, path, purpose, resource, [action], [*values, create])

    def _secret(
        self, container: Container, keys: Sequence[str | int], *, login: bool = False
    ) -> None:
        value = container.text(*keys)
        if not value:
            return
        text, written = pattern(value), text_of(value)
        path: Path = (*container.path, *keys)
        purpose = "log in to its image's registry" if login else "get a secret"
        claim = "warning" if text.startswith("*") else "error"
        if ":secretsmanager:" in text:
            arn = ":".join(text.split(":")[:7])
            form = arn if WHOLE_SECRET.fullmatch(arn) else arn + "-??????"
            action = Action(table.SECRET, (arn, arn + "-*"), claim)
        elif ":ssm:" in text:
            form = _unversioned(text)
            action = Action(table.PARAMETER, (form,), claim)
        elif login or "secretsmanager" in written.lower():
            printed, asked = self.home.head("secretsmanager", self.home.region, self.home.account)
            name = "*" if text.startswith("*") else text
            form = f"{printed}secret:{name}" + ("" if name == "*" else "-??????")
            action = Action(table.SECRET, (f"{asked}secret:{name}*",), claim)
        elif not text.startswith(("*", "arn:")) or "ssm" in written.lower():
            printed, asked = self.home.head("ssm", self.home.region, self.home.account)
            name = _unversioned("parameter/" + text.lstrip("/"))
            form = printed + name
            action = Action(table.PARAMETER, (asked + name,), claim)
        else:
            written = f"`{written}`" if written else "a secret"
            self.note(f"whether {written} is in Secrets Manager or in Parameter Store", path)
            return
        self.add(EXECUTION, container, path, purpose, form, [action], [value])

    def _environment_files(self, container: Container) -> None:
        for index, _ in container.objects("environmentFiles"):
            path = (*container.path, "environmentFiles", index, "value")
            value = container.text("environmentFiles", index, "value")
            self._object(EXECUTION, container, path, "get an environment file", value)

    def _file_in_s3(self, container: Container) -> None:
        """FireLens' own configuration in S3, as ECS has it on EC2."""
        options = ("firelensConfiguration", "options")
        if container.text(*options, "config-file-type") == "s3":
            path = (*container.path, *options, "config-file-value")
            value = container.text(*options, "config-file-value")
            self._object(EXECUTION, container, path, "get its configuration", value)

    def _files_of_init(self, launch: Launch) -> None:
        """What the init images fetch themselves.

        https://github.com/aws/aws-for-fluent-bit/tree/mainline/use_cases/init-process-for-fluent-bit
        """
        router = launch.router
        if router is None or launch.arguments is not None:
            return
        for name, (value, at) in router.environment.items():
            if INIT.fullmatch(name):
                path = (*router.path, *at)
                self._object(TASK, router, path, "get a file for `init`", value)

    def _object(
        self, role: str, container: Container, path: Path, purpose: str, value: str | Unknown | None
    ) -> None:
        """Reading an object of S3 and asking where its bucket is."""
        if not value:
            return
        text = pattern(value)
        printed, asked = self.home.head("s3", near=self.home.region)
        if not text.startswith("arn:") or "/" not in text:
            text = printed + "*"
        _, _, key = text.partition(":s3:::")
        bucket = key.partition("/")[0]
        for action, name in ((table.OBJECT, key), (table.BUCKET, bucket)):
            claim = "warning" if role == TASK else "error"
            actions = [Action(action, (asked + name,), claim)]
            self.add(role, container, path, purpose, printed + name, actions, [value])

    def _file_systems(self) -> None:
        """File systems of Amazon EFS that are mounted with IAM."""
        for index, volume in self.task.objects("volumes"):
            keys: Path = ("volumes", index, "efsVolumeConfiguration")
            at: Path = (*keys, "authorizationConfig", "iam")
            if self.task.get(*at) != "ENABLED":
                continue
            value = self.task.text(*keys, "fileSystemId")
            printed, asked = self.home.head(
                "elasticfilesystem", self.home.region, self.home.account
            )
            name = f"file-system/{pattern(value)}"
            actions = table.FILE_SYSTEM[: 1 if self._is_only_read(volume.get("name")) else 2]
            self.add(
                TASK,
                None,
                (*self.task.path, *at),
                f"mount the volume `{text_of(volume.get('name'))}`",
                printed + name,
                # The file system's own policy may allow it, and does so by default.
                [Action(action, (asked + name,), "") for action in actions],
                [value],
            )

    def _is_only_read(self, volume: object) -> bool:
        mounts = [
            container.flag("mountPoints", index, "readOnly")
            for container in self.task.containers
            for index, item in container.objects("mountPoints")
            if item.get("sourceVolume") == volume
        ]
        return bool(mounts) and all(flag is True for flag in mounts)


def _unversioned(parameter: str) -> str:
    """A parameter as IAM knows it: without the version or label that may be asked for.

    https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html
    """
    head, slash, name = parameter.partition("parameter/")
    return head + slash + name.partition(":")[0]


@once
def permissions(task: Task, fluent_bit: str | None) -> Permissions:
    """What a task needs of its roles, with the image's version of Fluent Bit or another one."""
    return Permissions(task, launch_of(task, fluent_bit))


def pairs(needs: Iterable[Need]) -> Iterator[tuple[list[str], str]]:
    """What `ecs.iam.grants` makes statements of."""
    return ((need.names, need.resource) for need in needs)
