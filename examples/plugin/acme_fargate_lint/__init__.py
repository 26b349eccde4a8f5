"""What ACME adds to fargate-lint: a function for each hook, asked once when the program starts."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.data.private import ImageAlias, PrivatePlugin
    from fargate_lint.inputs.shapes import Shape
    from fargate_lint.lint.rule import Rule
    from fargate_lint.report.findings import Format


def fargate_lint_rules() -> list[type[Rule]]:
    """The rules of this plugin."""
    from acme_fargate_lint.team_label_missing import TeamLabelMissing  # noqa: PLC0415  (only when asked)

    return [TeamLabelMissing]


def fargate_lint_inputs() -> list[Shape]:
    """Deployment files, which hold the task definitions of several services."""
    from acme_fargate_lint.deployments import definitions  # noqa: PLC0415  (only when asked)
    from fargate_lint.inputs.shapes import Shape  # noqa: PLC0415  (only when asked)

    return [Shape("deployment", definitions, marks=['"deploy"'])]


def fargate_lint_reports() -> list[Format]:
    """A line for each task definition: `--output-format acme`."""
    from fargate_lint.report.findings import Format  # noqa: PLC0415  (only when asked)

    return [Format("acme", module="acme_fargate_lint.report")]


def fargate_lint_tables() -> list[PrivatePlugin | ImageAlias]:
    """The output of ACME's collector, and the image that has it."""
    from fargate_lint.data.private import ImageAlias, PrivatePlugin  # noqa: PLC0415  (only when asked)

    options = {"url": "str", "batch_size": "int=100", "compress": "bool=true", "label": "slist_2*"}
    return [
        PrivatePlugin("output", "acme", options, tls="optional"),
        ImageAlias("registry.acme.example/base/fluent-bit", "aws", fluent_bit="1.9.10"),
    ]


def fargate_lint_signatures() -> list[dict[str, str]]:
    """What ACME's output prints when its collector takes no more."""
    return [
        {
            "id": "acme-collector-busy",
            "pattern": r"\[output:acme:acme\.\d+\] collector is busy",
            "cause": "destination-throttled",
            "role": "pressure",
            "means": "ACME's collector takes no more records for now.",
        }
    ]
