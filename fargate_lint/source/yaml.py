"""YAML files: values as people mean them in task definitions, with their places."""

from __future__ import annotations

from fargate_lint.source.document import Document
from fargate_lint.source.unknown import Unknown
from fargate_lint.source.yaml_template import Template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.yaml_values import Part


def read(name: str, text: str) -> Document:
    """The first document of a YAML text."""
    return documents(name, text)[0]


def documents(name: str, text: str) -> list[Document]:
    """The documents of a YAML text, at least one; all share the text and its offsets.

    Values follow the core schema of YAML 1.2, but `012` is a string; what has a tag of its own is
    Unknown. A text that only a template engine makes YAML may have an unknown value and no fault.
    """
    from fargate_lint.source import yaml_faults  # noqa: PLC0415  (imports PyYAML)
    from fargate_lint.source.yaml_values import (  # noqa: PLC0415  (imports PyYAML)
        Part,
        Reading,
    )

    template = Template(text)
    reading = Reading(text, template)
    if reading.failure is not None and template.has_expressions:
        bolder = Reading(text, Template(text, bold=True))
        reading = bolder if bolder.failure is None else reading
    if reading.failure is not None and template.has_statements:
        return [Document(name, "yaml", text, Unknown())]
    if reading.failure is not None:
        tabs = yaml_faults.tabs(text, reading.failure)
        if tabs is not None:
            reading = Reading(text, Template(yaml_faults.without_tabs(text)))
            reading.lay_on_tabs(tabs)
    parts = [part for part in reading.parts if not part.is_empty] or reading.parts[:1] or [Part()]
    lines: list[int] = []
    return [_document(name, text, part, lines) for part in parts]


def _document(name: str, text: str, part: Part, lines: list[int]) -> Document:
    return Document(
        name,
        "yaml",
        text,
        part.value,
        sorted(part.faults, key=lambda fault: fault.start),
        lambda _: part.spans,
        partial=frozenset(part.partial),
        lines=lines,
    )
