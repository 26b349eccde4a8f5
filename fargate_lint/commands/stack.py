"""`--parameters FILE` and `--region REGION`: what is known of the stacks of templates."""

from __future__ import annotations

import os

from fargate_lint.inputs.cloudformation.parameters import parameters
from fargate_lint.inputs.cloudformation.template import Given
from fargate_lint.source.document import Document
from fargate_lint.source.read import content, read
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

HELP = (
    'write [{"ParameterKey": "NAME", "ParameterValue": "VALUE"}] into it, or {"NAME": "VALUE"}, '
    "or name a samconfig.toml"
)


def given(files: Iterable[str], region: str | None) -> Given:
    """What the files and the region tell of a stack; a later file counts more.

    Raises Stop for a file that can't be read, or holds no parameters.
    """
    found = {}
    for path in files:
        inside = _parameters(path)
        if inside is None:
            raise Stop(f"`{path}` holds no parameters of a stack", HELP)
        found.update(inside)
    return Given(found, region or "")


def _parameters(path: str) -> dict[str, object] | None:
    if os.path.splitext(path)[1] == ".toml":
        return parameters(Document(path, "text", "", _of_sam(path)))
    return parameters(read(path, content(path))[0])


def _of_sam(path: str) -> object:
    """The `parameter_overrides` of a samconfig.toml: those of the environment `default`.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
    """
    import tomllib  # noqa: PLC0415  (only for such files)

    try:
        value = tomllib.loads(content(path).decode("utf-8", "replace"))
    except tomllib.TOMLDecodeError as error:
        raise Stop(f"`{path}` is no TOML: {error}") from error
    found: object = value
    for step in ("default", "deploy", "parameters", "parameter_overrides"):
        found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, str):
        import shlex  # noqa: PLC0415  (the same)

        try:
            return shlex.split(found)
        except ValueError as error:
            raise Stop(f"`parameter_overrides` in `{path}` has an open quote") from error
    return found
