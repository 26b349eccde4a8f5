"""Fluent Bit's YAML format, made into the sections of the classic one.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
"""

from __future__ import annotations

from fargate_lint.launch.configuration import Configuration
from fargate_lint.launch.problem import Problem
from fargate_lint.launch.sections import Entry, Origin, Section
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Document, Path

EXTENSIONS = (".yaml", ".yml")
PIPELINE = (("inputs", "INPUT"), ("filters", "FILTER"), ("outputs", "OUTPUT"))
PARSERS = (("parsers", "PARSER"), ("multiline_parsers", "MULTILINE_PARSER"))


def is_yaml(path: str) -> bool:
    """Whether Fluent Bit takes a file for YAML: it goes by the name."""
    return path.endswith(EXTENSIONS)


def load(text: str, *, version: str, name: str) -> Configuration:
    """Read a main file in YAML. Faults are collected; nothing is raised.

    Processors and the like are passed over. What 1.9 takes for YAML is another dialect, in which
    the plugin's name is the key of a map: a plain value there is refused.
    """
    from fargate_lint.source.yaml import read  # noqa: PLC0415  (imports PyYAML)

    return of_document(read(name, text), version=version)


def of_document(document: Document, *, version: str) -> Configuration:
    """The same of a file that was read already."""
    reading = _Reading(document.name, old=version.startswith("1."))
    fault = next((fault for fault in document.faults if fault.fatal), None)
    if fault is not None:
        reading.refuse(f"no valid YAML: {fault.message}", (), span=(fault.start, fault.end))
    elif isinstance(document.value, Unknown):
        reading.configuration.complete = False
    elif isinstance(document.value, dict):
        reading.read(document.value)
    return reading.configuration


def is_old(value: Any) -> bool:
    """Whether a file is in the YAML of 1.9, in which the plugin's name is the key of a map."""
    pipeline = value.get("pipeline") if isinstance(value, dict) else None
    if not isinstance(pipeline, dict):
        return False
    lists = [pipeline.get(key) for key, _ in PIPELINE]
    items = [item for items in lists if isinstance(items, list) for item in items]
    return bool(items) and all(
        isinstance(item, dict)
        and len(item) == 1
        and all(isinstance(options, dict) for options in item.values())
        for item in items
    )


class _Reading:
    """One reading of one file."""

    def __init__(self, name: str, *, old: bool) -> None:
        self.name = name
        self.old = old
        self.configuration = Configuration()

    def refuse(self, message: str, path: Path, span: tuple[int, int] | None = None) -> None:
        self.configuration.problems.append(
            Problem(
                "yaml", "fatal", message, exit=1, origin=Origin(self.name, path), span=span,
                said="[config] YAML error found in file" if self.old else "[config] invalid YAML",
            )
        )  # fmt: skip

    def read(self, value: dict[str, Any]) -> None:
        service = value.get("service")
        if isinstance(service, dict):
            self.section("SERVICE", service, ("service",))
        environment = value.get("env")
        if isinstance(environment, dict):
            for key, item in environment.items():
                self.configuration.settings[str(key)] = _scalar(item)
        if "includes" in value:
            self.configuration.complete = False
        pipeline = value.get("pipeline")
        for key, kind in PIPELINE:
            if isinstance(pipeline, dict):
                self.plugins(kind, pipeline.get(key), ("pipeline", key))
        self.plugins("CUSTOM", value.get("customs"), ("customs",))
        sections = self.configuration.sections
        # Parsers may stand in a main file here.
        self.configuration.sections = self.configuration.parsers
        for key, kind in PARSERS:
            self.plugins(kind, value.get(key), (key,))
        self.configuration.sections = sections

    def plugins(self, kind: str, items: Any, path: Path) -> None:
        if not isinstance(items, list):
            return
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                continue
            here = (*path, index)
            if not self.old:
                self.section(kind, item, here)
                continue
            for name, options in item.items():
                if not isinstance(options, dict):
                    self.refuse(
                        f"Fluent Bit 1.9 has another YAML: it wants a map below `{name}`", here
                    )
                    return
                self.section(kind, {"name": name, **options}, (*here, name))

    def section(self, kind: str, members: dict[str, Any], path: Path) -> None:
        section = Section(kind, [], Origin(self.name, path))
        for key, value in members.items():
            for item in value if isinstance(value, list) else [value]:
                if not isinstance(item, (dict, list)):
                    origin = Origin(self.name, (*path, key))
                    section.entries.append(Entry(str(key), _scalar(item), origin))
        self.configuration.sections.append(section)


def _scalar(value: Any) -> str | Unknown:
    if isinstance(value, (str, Unknown)):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
