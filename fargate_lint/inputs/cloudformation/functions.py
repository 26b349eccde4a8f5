"""The intrinsic functions of CloudFormation, as far as a template decides them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from fargate_lint.inputs.cloudformation.members import literal
from fargate_lint.inputs.cloudformation.template import function, text
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from typing import Any

    from fargate_lint.inputs.cloudformation.template import Template
    from fargate_lint.source.document import Path

#: What stands for a member or an element that is left out: `AWS::NoValue`.
ABSENT: Any = type("Absent", (), {"__repr__": lambda _: "ABSENT"})()
#: How deep functions stand in each other in any template that is meant.
DEEPEST = 50
#: How many functions are worked out for one task definition, and the longest text of one: a hostile
#: template could double something fifty times.
MOST = 50_000
LONGEST = 1 << 16
#: The property that gives a resource the name by which `Ref` knows it.
NAMES = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::ECS::Cluster": "ClusterName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Kinesis::Stream": "Name",
    "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SSM::Parameter": "Name",
}
_VARIABLE = lazily(r"\$\{([^{}]*)\}")


class Evaluator:
    """Works out values of a template where the conditions are as `chosen`.

    `bound` has the variables of `Fn::ForEach`. After a value was worked out, `assumed` has the
    parameters whose defaults it needed.
    """

    def __init__(
        self,
        template: Template,
        chosen: Mapping[str, bool] | None = None,
        bound: Mapping[str, Any] | None = None,
    ) -> None:
        self.template = template
        self.chosen = chosen or {}
        self.bound = bound or {}
        self.assumed: set[str] = set()
        self._depth = 0
        #: How many more are worked out, here and where variables are bound.
        self._left = [MOST]

    def within(self, variable: str, value: Any) -> Evaluator:
        """The same with a variable of `Fn::ForEach` bound."""
        found = Evaluator(self.template, self.chosen, {**self.bound, variable: value})
        found.assumed, found._left = self.assumed, self._left
        return found

    def spend(self, amount: int = 1) -> bool:
        """Count something that is worked out; False when that is too much."""
        self._left[0] -= amount
        return self._left[0] >= 0

    def head(self, node: Any, path: Path) -> tuple[Any, Path, bool]:
        """What a node stands for, where that is written, and whether it is written as it is.

        Functions inside of an object or a list stay as they are. ABSENT for `AWS::NoValue`.
        """
        called = function(node)
        while called is not None and called[0] == "Fn::If":
            _, argument, below = called
            branch = self.branch(argument)
            if branch is None:
                return unknown("If"), path, False
            path = (*path, *below, branch)
            node = argument[branch]
            called = function(node)
        if called is None or called[0] == "Condition":
            return literal(node), path, True
        return self._call(called[0], called[1]), path, False

    def value(self, node: Any) -> Any:
        """What a node stands for, with all that is inside of it."""
        found, _, is_written = self.head(node, ())
        if not is_written:
            return found
        if self._depth >= DEEPEST:
            return Unknown()
        self._depth += 1
        try:
            if isinstance(found, list):
                values = (self.value(each) for each in found)
                return [each for each in values if each is not ABSENT]
            if isinstance(found, dict):
                members = ((key, self.value(each)) for key, each in found.items())
                return {key: each for key, each in members if each is not ABSENT}
        finally:
            self._depth -= 1
        return found

    def branch(self, argument: Any) -> int | None:
        """The index of the branch that `Fn::If` takes, None where that isn't known."""
        if not isinstance(argument, list) or len(argument) != 3:
            return None
        name = argument[0]
        holds = self.chosen.get(name) if isinstance(name, str) else None
        return None if holds is None else 1 if holds else 2

    def _call(self, name: str, argument: Any) -> Any:
        if self._depth >= DEEPEST or not self.spend():
            return unknown(name)
        self._depth += 1
        try:
            found = _FUNCTIONS[name](self, argument) if name in _FUNCTIONS else None
        finally:
            self._depth -= 1
        return unknown(name.removeprefix("Fn::")) if found is None else found

    def ref(self, name: Any) -> Any:
        """What `Ref` gives; None where nothing decides it."""
        if not isinstance(name, str):
            return None
        if name in self.bound:
            return self.bound[name]
        if name.startswith("AWS::"):
            return ABSENT if name == "AWS::NoValue" else self._pseudo(name)
        if name in self.template.parameters:
            found, is_default = self.template.parameter(name)
            if is_default:
                self.assumed.add(name)
            return found
        resource = self.template.resources.get(name)
        property_ = NAMES.get(resource.get("Type", "")) if isinstance(resource, dict) else None
        properties = resource.get("Properties") if isinstance(resource, dict) else None
        if property_ and isinstance(properties, dict) and property_ in properties:
            found = self.value(properties[property_])
            if found is not ABSENT:
                return found
        return unknown(name)

    def _pseudo(self, name: str) -> Any:
        region = self.template.given.region
        if region and name == "AWS::Region":
            return region
        if region and name in {"AWS::Partition", "AWS::URLSuffix"}:
            special = region.startswith("cn-"), region.startswith("us-gov-")
            suffix = ".cn" if special[0] else ""
            partition = "aws-cn" if special[0] else "aws-us-gov" if special[1] else "aws"
            return partition if name == "AWS::Partition" else f"amazonaws.com{suffix}"
        return unknown(name)

    def _sub(self, argument: Any) -> Any:
        if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
            template, given = argument
        else:
            template, given = argument, {}
        if isinstance(template, Unknown):
            template = template.text
        if not isinstance(template, str):
            return None
        whole = True

        def filled(found: re.Match[str]) -> str:
            nonlocal whole
            name = found[1].strip()
            if name.startswith("!"):
                return f"${{{name[1:]}}}"
            value = self.value(given[name]) if name in given else self._variable(name)
            if value is ABSENT:
                return ""
            if isinstance(value, Unknown | list | dict) or value is None:
                whole = False
                known = value.text if isinstance(value, Unknown) else ""
                return known if "${" in known else f"${{{name}}}"
            return text(value)

        made = _VARIABLE.sub(filled, template)
        return _text(made, whole=whole)

    def _variable(self, name: str) -> Any:
        return unknown(name) if "." in name else self.ref(name)

    def _join(self, argument: Any) -> Any:
        if not isinstance(argument, list) or len(argument) != 2:
            return None
        delimiter, parts = self.value(argument[0]), self.value(argument[1])
        if not isinstance(delimiter, str) or not isinstance(parts, list):
            return None
        whole = not any(isinstance(each, Unknown | list | dict) for each in parts)
        made = delimiter.join(
            each.text if isinstance(each, Unknown) and each.text else
            "${…}" if isinstance(each, Unknown | list | dict) else text(each)
            for each in parts
        )  # fmt: skip
        return _text(made, whole=whole)

    def _select(self, argument: Any) -> Any:
        if not isinstance(argument, list) or len(argument) != 2:
            return None
        index, values = self.value(argument[0]), self.value(argument[1])
        if not isinstance(values, list):
            return None
        try:
            at = int(index)
        except (TypeError, ValueError):
            return None
        return values[at] if 0 <= at < len(values) else None

    def _split(self, argument: Any) -> Any:
        if not isinstance(argument, list) or len(argument) != 2:
            return None
        delimiter, whole = self.value(argument[0]), self.value(argument[1])
        if not isinstance(delimiter, str) or not isinstance(whole, str) or not delimiter:
            return None
        return whole.split(delimiter)

    def _find_in_map(self, argument: Any) -> Any:
        if not isinstance(argument, list) or len(argument) not in {3, 4}:
            return None
        found: Any = self.template.mappings
        for key in map(self.value, argument[:3]):
            if isinstance(key, Unknown):
                return None
            found = found.get(text(key), found.get(key)) if isinstance(found, dict) else None
        if found is None and len(argument) == 4 and isinstance(argument[3], dict):
            found = argument[3].get("DefaultValue")
        return self.value(found)

    def _length(self, argument: Any) -> Any:
        values = self.value(argument)
        whole = isinstance(values, list) and not any(isinstance(each, Unknown) for each in values)
        return len(values) if whole else None

    def _get_att(self, argument: Any) -> Any:
        if isinstance(argument, list):
            argument = ".".join(each for each in argument if isinstance(each, str))
        return unknown(argument) if isinstance(argument, str) else None


_FUNCTIONS = {
    "Fn::FindInMap": Evaluator._find_in_map,  # noqa: SLF001  (of the same class)
    "Fn::GetAtt": Evaluator._get_att,  # noqa: SLF001
    "Fn::Join": Evaluator._join,  # noqa: SLF001
    "Fn::Length": Evaluator._length,  # noqa: SLF001
    "Fn::Select": Evaluator._select,  # noqa: SLF001
    "Fn::Split": Evaluator._split,  # noqa: SLF001
    "Fn::Sub": Evaluator._sub,  # noqa: SLF001
    "Ref": Evaluator.ref,
}


def unknown(name: str) -> Unknown:
    """A value that a template doesn't decide, by the name of what would."""
    return Unknown(f"${{{name}}}")


def _text(made: str, *, whole: bool) -> str | Unknown:
    """A text that was put together: unknown with a dynamic reference (`{{resolve:…}}`) in it."""
    if len(made) > LONGEST:
        return Unknown("${…}")
    return made if whole and "{{" not in made else Unknown(made)
