"""FireLens' generator for Fluentd routers: recognised and written, but not followed any further.

https://github.com/aws/amazon-ecs-agent/tree/master/agent/taskresource/firelens
"""

from __future__ import annotations

from fargate_lint.launch.generator import ADDRESSES, EXCLUDE_PATTERN, INCLUDE_PATTERN, SOCKET
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.generator import Plan


def generate(plan: Plan) -> str:
    """The text of the configuration. Raises Refusal."""
    return "".join("\n" + "".join(f"{line}\n" for line in block) for block in _blocks(plan))


def _blocks(plan: Plan) -> Iterator[list[str]]:
    yield ["<source>", "    @type unix", f"    path {SOCKET}", "</source>"]
    address = ADDRESSES.get(plan.network_mode)
    if address is not None:
        yield [
            *("<source>", "    @type forward"),
            *(f"    bind {address}", "    port 24224", "</source>"),
        ]
    for key, element in ((INCLUDE_PATTERN, "regexp"), (EXCLUDE_PATTERN, "exclude")):
        for source in plan.sources:
            if key in source.options:
                yield [
                    f"<filter {text_of(source.name_in('{}-firelens**'))}>",
                    "    @type  grep",
                    f"    <{element}>",
                    "        key log",
                    f"        pattern {text_of(source.options[key][0])}",
                    f"    </{element}>",
                    "</filter>",
                ]
    if plan.metadata:
        yield [
            *("<filter **>", "    @type record_transformer", "    <record>"),
            *(f"        {field} {text_of(value)}" for field, value in plan.metadata),
            *("    </record>", "</filter>"),
        ]
    if plan.include is not None:
        yield [f"@include {text_of(plan.include[0])}"]
    for source in plan.sources:
        options = source.outputs("@type")
        if options:
            yield [
                f"<match {text_of(source.name_in('{}-firelens**'))}>",
                *(f"    {key} {text_of(value)}" for key, value, _ in options),
                "</match>",
            ]
