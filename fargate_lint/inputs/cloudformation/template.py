"""A CloudFormation template: its parameters, mappings, conditions and resources.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
"""

from __future__ import annotations

from fargate_lint.source.unknown import PLACEHOLDER, Tagged, Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from fargate_lint.source.document import Document

#: Tags of YAML whose long form has no `Fn::` in front.
PLAIN_TAGS = {"!Ref": "Ref", "!Condition": "Condition"}


class Given:
    """What is known of a stack that its template doesn't say: parameters, and the region."""

    __slots__ = ("parameters", "region")

    def __init__(self, parameters: Mapping[str, Any] | None = None, region: str = "") -> None:
        self.parameters = dict(parameters or {})
        self.region = region


class Template:
    """The sections of a template, and what its parameters are."""

    __slots__ = ("conditions", "document", "given", "mappings", "parameters", "resources")

    def __init__(self, document: Document, given: Given | None = None) -> None:
        value = document.value
        self.document = document
        self.given = given or Given()
        self.parameters = _section(value, "Parameters")
        self.mappings = _section(value, "Mappings")
        self.conditions = _section(value, "Conditions")
        self.resources = _section(value, "Resources")

    def parameter(self, name: str) -> tuple[Any, bool]:
        """The value of a parameter, Unknown where nothing decides it; whether it is a default.

        The default of a parameter that SSM holds is only the name of another parameter. One that is
        empty or a placeholder stands for nothing: people give a value, or leave something out.
        """
        declared = self.parameters[name]
        # `Value<String>` looks like a placeholder.
        kind = text_of(declared.get("Type")) if isinstance(declared, dict) else ""
        if not self.is_usable(name):
            return Unknown(f"${{{name}}}"), False
        is_list = kind == "CommaDelimitedList" or kind.startswith("List<")
        if name in self.given.parameters:
            return _typed(self.given.parameters[name], is_list=is_list), False
        default = declared.get("Default") if isinstance(declared, dict) else None
        if isinstance(default, str | int | float) and not is_placeholder(default):
            return _typed(default, is_list=is_list), True
        return Unknown(f"${{{name}}}"), False

    def hidden(self) -> dict[str, Any]:
        """The values given for parameters that the template says nobody is to see."""
        return {
            name: value
            for name, value in self.given.parameters.items()
            if isinstance(declared := self.parameters.get(name), dict)
            and text(declared.get("NoEcho")).lower() == "true"
        }

    def is_usable(self, name: str) -> bool:
        """Whether the default of a parameter is a value, and not the name of one that SSM holds."""
        declared = self.parameters.get(name)
        kind = text_of(declared.get("Type")) if isinstance(declared, dict) else ""
        return not kind.startswith("AWS::SSM::Parameter::")

    def allowed(self, name: str) -> list[str]:
        """The values that a parameter can have, [] where it can have any."""
        declared = self.parameters.get(name)
        allowed = declared.get("AllowedValues") if isinstance(declared, dict) else None
        if not isinstance(allowed, list) or any(isinstance(each, Unknown) for each in allowed):
            return []
        return [text(each) for each in allowed]


def _section(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _typed(value: Any, *, is_list: bool) -> Any:
    return [each.strip() for each in text(value).split(",")] if is_list else value


def is_placeholder(default: object) -> bool:
    """Whether a default only stands for a value that people give."""
    if not isinstance(default, str):
        return False
    stripped = default.strip()
    return stripped.strip("-_.*xX?") == "" or bool(PLACEHOLDER.search(stripped))


def text(value: object) -> str:
    """A scalar as text, as CloudFormation joins and compares it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def function(node: Any) -> tuple[str, Any, tuple[str, ...]] | None:
    """The intrinsic function that a node is: its name, its argument and the path to that.

    None for any other node. `Fn::GetAtt` is called that in its short form too.
    """
    if isinstance(node, Tagged):
        return PLAIN_TAGS.get(node.tag, f"Fn::{node.tag.removeprefix('!')}"), node.value, ()
    if isinstance(node, dict) and len(node) == 1:
        name = next(iter(node))
        if isinstance(name, str) and (name in {"Ref", "Condition"} or _is_function(name)):
            return name, node[name], (name,)
    return None


def _is_function(name: str) -> bool:
    return name.startswith("Fn::") and not name.startswith("Fn::ForEach::")
