"""All documents of the repository that rules look at: examples of pages, fixtures, goldens."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fargate_lint.inputs import detect
from fargate_lint.inputs.shapes import tasks
from fargate_lint.lint import pages
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.document import Document
from fargate_lint.source.read import read
from fargate_lint.testing import base, overlay, settings, source

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("examples", "fixtures", "tests/data")
PLAIN = Settings()


class Case(NamedTuple):
    """A document, the settings it is checked with, and where it is from."""

    origin: str
    document: Document
    settings: Settings = PLAIN


@cache
def cases() -> list[Case]:
    """Every document once for each of its settings."""
    found = [case for rule in load().rules for case in examples(rule.name)]
    found += [
        Case(origin, document)
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
        for origin in (str(path.relative_to(ROOT)),)
        for whole in read(origin, path.read_bytes())
        for document in ([whole] if _is_ours(whole) else _within(origin, whole.value))
    ]
    return list({(case.document.text, id(case.settings)): case for case in found}.values())


@cache
def examples(rule: str) -> list[Case]:
    """The examples of a rule's page."""
    found = []
    for example in pages.examples(load().named(rule)):
        name, text = source(example)
        data = bytes.fromhex(text) if example.language == "hex" else text.encode()
        script = detect.script(name, data)
        found += [
            Case(rule, document, settings(example) if example.settings else PLAIN)
            for document in ([script] if script is not None else read(name, data))
        ]
    return found


def _is_ours(document: Document) -> bool:
    return bool(tasks(document)) or detect.is_fluent_bit(document)


def _within(origin: str, value: Any) -> Iterator[Document]:
    """The task definitions and configurations that a file quotes, the outermost of each."""
    if isinstance(value, str) and "\n" in value:
        yield from (each for each in read(f"{origin}.conf", value.encode()) if _is_ours(each))
    if isinstance(value, dict) and isinstance(value.get("cause"), dict):
        # What ECS refuses stands there as a fragment, like an example.
        below = {} if value.get("base") == "none" else base(value.get("base", "plain"))
        value = overlay(below, value["cause"])
    if not isinstance(value, (dict, list)):
        return
    document = Document(origin, "json", json.dumps(value, default=repr), value)
    if tasks(document):
        yield document
        return
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _within(origin, inner)
