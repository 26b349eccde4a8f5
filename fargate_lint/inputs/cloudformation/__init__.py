"""Task definitions in templates of CloudFormation and SAM, and in what CDK makes.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html
"""

from __future__ import annotations

from fargate_lint.ecs.shape import ROOT, Structure
from fargate_lint.inputs.cloudformation import cdk
from fargate_lint.inputs.cloudformation.conditions import Conditions, asked
from fargate_lint.inputs.cloudformation.definition import TemplateDefinition
from fargate_lint.inputs.cloudformation.evidence import Surroundings
from fargate_lint.inputs.cloudformation.functions import ABSENT, MOST, Evaluator
from fargate_lint.inputs.cloudformation.members import coerced, member, spelled
from fargate_lint.inputs.cloudformation.references import References
from fargate_lint.inputs.cloudformation.template import Given, Template
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from fargate_lint.ecs.definition import Definition
    from fargate_lint.inputs.cloudformation.members import Type
    from fargate_lint.source.document import Document, Path

RESOURCE = "AWS::ECS::TaskDefinition"
CONTAINERS = "ContainerDefinitions"
LOOP = "Fn::ForEach::"
#: How many resources loops make, which are more than a template can have.
#: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
MOST_RESOURCES = 1000
#: How deep members stand in each other; the API's stand six deep.
DEEPEST = 50
#: The type of a value in a resource of which no structure is known.
NAMED: Type = (dict, None)


def definitions(
    document: Document, given: Given | None = None, *, beside: bool = False
) -> list[TemplateDefinition]:
    """The task definitions in a template, in order, each once for every case of its conditions.

    Empty for what is no template. `given` is what is known of the stack. A task definition with
    CloudFormation's names alone, as vendors publish it, is one too. With `beside`, files are read
    that CDK has written beside the template.
    """
    value = document.value
    if not isinstance(value, dict):
        return []
    assembly = None
    if beside and document.name.endswith(cdk.SUFFIX):
        assembly = cdk.Assembly(document.name)
        given = given or Given()
        given = Given(given.parameters, given.region or assembly.region)
    template = Template(document, given)
    if CONTAINERS in value and "Resources" not in value:
        return [_Builder(Evaluator(template), document).made(value, (), "", ROOT)]
    found: list[TemplateDefinition] = []
    document.worked_out.append({"password": list(template.hidden().values())})
    conditions = Conditions(template)
    references: References | None = None
    for address, resource, path, evaluator in resources(template.resources, template):
        properties = resource.get("Properties")
        if resource.get("Type") != RESOURCE or not isinstance(properties, dict):
            continue
        needed = resource.get("Condition")
        names = asked(properties)
        cases = conditions.cases(names, needed if isinstance(needed, str) else "")
        for case, by_default in cases:
            chosen = Evaluator(template, case, evaluator.bound)
            builder = _Builder(chosen, document)
            made = builder.made(properties, (*path, "Properties"), address, ROOT)
            references = references or References(template)
            around = Surroundings(chosen, references, _described(chosen))
            made.evidence = around.of(address, properties)
            document.worked_out.append(made.value)
            made.by_default = by_default
            made.made_at = _made_at(document, resource, path, assembly)
            if names and conditions.assumed:
                made.assumed = {**made.assumed, (): frozenset(conditions.assumed)}
            made.case = {name: case[name] for name in case if len(cases) > 1 and name != needed}
            found.append(made)
    return found


def _made_at(
    document: Document, resource: dict[str, Any], path: Path, assembly: cdk.Assembly | None
) -> tuple[Document, Path, str] | None:
    """Where CDK says that a resource was made: in the user's program, or the construct's path."""
    metadata = resource.get("Metadata")
    construct = metadata.get(cdk.PATH) if isinstance(metadata, dict) else None
    if not isinstance(construct, str):
        return None
    found = assembly.made(construct) if assembly is not None else None
    if found is None:
        return document, path, f"the construct `{construct}`"
    return cdk.place(*found), (), f"the construct `{construct}` is made here"


def resources(
    section: dict[str, Any], template: Template
) -> Iterator[tuple[str, dict[str, Any], Path, Evaluator]]:
    """The resources of a template, those of loops included: logical id, value, path, evaluator."""
    yield from _resources(section, ("Resources",), Evaluator(template))


def _resources(
    section: dict[str, Any], path: Path, evaluator: Evaluator
) -> Iterator[tuple[str, dict[str, Any], Path, Evaluator]]:
    for key, value in section.items():
        if isinstance(key, str) and key.startswith(LOOP):
            yield from _loop(value, (*path, key), evaluator)
        elif isinstance(value, dict):
            name = evaluator.value({"Fn::Sub": key}) if evaluator.bound else key
            yield str(getattr(name, "text", name)), value, (*path, key), evaluator


def _loop(
    value: Any, path: Path, evaluator: Evaluator
) -> Iterator[tuple[str, dict[str, Any], Path, Evaluator]]:
    """The resources that `Fn::ForEach` makes, of a collection that is known."""
    if not (isinstance(value, list) and len(value) == 3 and isinstance(value[2], dict)):
        return
    variable, items = value[0], evaluator.value(value[1])
    if not isinstance(variable, str) or not isinstance(items, list):
        return
    for item in items:
        if not evaluator.spend(MOST // MOST_RESOURCES):
            return
        if not isinstance(item, Unknown):
            yield from _resources(value[2], (*path, 2), evaluator.within(variable, item))


def _described(evaluator: Evaluator) -> Callable[[dict[str, Any], Path, str], Definition]:
    """Makes descriptions of services, with the names of the API."""

    def described(properties: dict[str, Any], path: Path, address: str) -> Definition:
        builder = _Builder(evaluator, evaluator.template.document)
        return builder.made(properties, path, address, None)

    return described


class _Builder:
    """Makes the definition of one resource in one case."""

    def __init__(self, evaluator: Evaluator, document: Document) -> None:
        self._evaluator = evaluator
        self._document = document
        self._anchors: dict[Path, tuple[Document, Path]] = {}
        self._written: dict[Path, str] = {}
        self._derived: set[Path] = set()
        self._partial: set[Path] = set()
        self._assumed: dict[Path, frozenset[str]] = {}

    def made(
        self, properties: dict[str, Any], path: Path, address: str, structure: Structure | None
    ) -> TemplateDefinition:
        """The definition that some properties stand for; `path` leads to them.

        Of a `structure` of the API, or of a resource whose members are named like the API's.
        """
        self._anchors[()] = (self._document, path)
        value = self._object(properties, path, structure, ())
        if structure is not None and address:
            # Without a name, CloudFormation makes one of the stack's.
            value.setdefault("family", Unknown(f"${{AWS::StackName}}-{address}"))
        return TemplateDefinition(
            self._document,
            value,
            address=address,
            anchors=self._anchors,
            written=self._written,
            derived=frozenset(self._derived),
            partial=frozenset(self._partial),
            assumed=self._assumed,
        )

    def _object(
        self, value: dict[str, Any], path: Path, structure: Structure | None, at: Path
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, node in value.items():
            if not isinstance(key, str) or key.startswith("Fn::"):
                self._partial.add(at)
                continue
            name = member(structure, key) if structure else key[:1].lower() + key[1:]
            here = (*at, name)
            if structure is None or spelled(here) != key:
                self._written[here] = key
            expected = structure.members.get(name) if structure else NAMED
            made = self._value(node, (*path, key), expected, here, (*path, key))
            if made is not ABSENT:
                found[name] = made
        return found

    def _value(self, node: Any, path: Path, expected: Type | None, at: Path, nearby: Path) -> Any:
        """The value at a canonical path, of a node at `path`; the lens would look `nearby`."""
        if len(at) > DEEPEST:
            return Unknown()
        self._evaluator.assumed.clear()
        value, where, is_written = self._evaluator.head(node, path)
        if self._evaluator.assumed:
            self._assumed[at] = frozenset(self._evaluator.assumed)
        if value is ABSENT:
            return value
        if where != nearby:
            self._anchors[at] = (self._document, where)
        if not is_written:
            self._derived.add(at)
        kind, inner = expected or (None, None)
        if isinstance(value, dict):
            if isinstance(inner, Structure) or (kind is dict and inner is None):
                return self._object(value, where, inner, at)
            return self._map(value, where, inner if kind is dict else None, at)
        if isinstance(value, list):
            items = NAMED if expected is NAMED else inner if kind is list else None
            return self._list(value, where, items, at)
        if isinstance(value, Unknown):
            return value
        return coerced(value, kind, plain=is_written and self._is_plain(value, where))

    def _map(self, value: dict[str, Any], path: Path, inner: Any, at: Path) -> dict[str, Any]:
        found = {}
        for key, node in value.items():
            if str(key).startswith("Fn::"):
                self._partial.add(at)
                continue
            here, there = (*at, key), (*path, key)
            made = self._value(node, there, inner, here, there)
            if made is not ABSENT:
                found[key] = made
        return found

    def _list(self, value: list[Any], path: Path, inner: Any, at: Path) -> list[Any]:
        found: list[Any] = []
        for index, node in enumerate(value):
            here = len(found)
            made = self._value(node, (*path, index), inner, (*at, here), (*path, here))
            if made is not ABSENT:
                found.append(made)
        return found

    def _is_plain(self, value: Any, path: Path) -> bool:
        """Whether a string stands in YAML without quotes."""
        document = self._document
        if document.syntax != "yaml" or not isinstance(value, str) or len(value) > 3:
            return False
        start = document.span(path).value[0]
        return document.text[start : start + 1] not in {'"', "'", "|", ">"}
