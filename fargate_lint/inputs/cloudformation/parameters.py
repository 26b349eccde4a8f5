"""Files with the parameters of a stack, as the AWS CLI, CodePipeline and SAM take them."""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Document


def parameters(document: Document) -> dict[str, Any] | None:
    """The parameters in a document by their names, None for a document of another kind.

    Read are a list of objects with `ParameterKey` and `ParameterValue` (the AWS CLI), a list of
    texts `NAME=VALUE`, an object with `Parameters` (CodePipeline), and an object that has nothing
    but names and scalars (SAM). A value that isn't known stays so.
    https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
    """
    value = document.value
    if isinstance(value, dict):
        inner = value.get("Parameters", value)
        if isinstance(inner, list):
            value = inner
        elif isinstance(inner, dict):
            found = {str(name): _plain(each) for name, each in inner.items()}
            return None if any(isinstance(each, dict) for each in found.values()) else found
    if not isinstance(value, list):
        return None
    found = {}
    for item in value:
        if isinstance(item, dict) and "ParameterKey" in item:
            if not item.get("UsePreviousValue"):
                found[text_of(item["ParameterKey"])] = _plain(item.get("ParameterValue"))
        elif isinstance(item, str) and "=" in item:
            name, _, text = item.partition("=")
            found[name.strip()] = text
        else:
            return None
    return found


def _plain(value: Any) -> Any:
    """A value, of a list its items joined as CloudFormation takes them."""
    if isinstance(value, list) and not any(isinstance(each, Unknown) for each in value):
        return ",".join(map(str, value))
    return "" if value is None else value
