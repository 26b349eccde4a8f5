"""Readers never raise, their spans lie in the text, and what is sound is read as it stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fargate_lint.inputs.shapes import read
from fargate_lint.launch import yaml_format
from fargate_lint.lint.settings import toml
from fargate_lint.source import classic
from fargate_lint.source.document import DEEPEST
from fargate_lint.source.read import read as documents
from fargate_lint.source.unknown import Unknown, text_of
from fargate_lint.stop import Stop
from fuzz import seeds
from fuzz.target import Broken, Target, joined, parts
from fuzz.target import text_of as text_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.source.document import Document

NAMES = ("task.json", "task.json.tpl", "task.jsonc", "task.yaml", "fluent-bit.conf", "task")
VERSIONS = ("1.9.10", "4.2.8", "5.0.9")


def json_reader(data: bytes) -> None:
    found = documents("task.json", data)
    _sound(found)
    wanted = _strict(data)
    if wanted is not None and found[0].syntax == "json":
        if found[0].faults:
            raise Broken(f"sound JSON has a fault: {found[0].faults[0].kind}")
        if _plain(found[0].value) != wanted:
            raise Broken("sound JSON is read as something else")


def yaml_reader(data: bytes) -> None:
    _sound(documents("task.yaml", data))


def any_reader(data: bytes) -> None:
    """A file under any name, and the tasks in it."""
    name, text = parts(data, 2)
    reading = read(text_in(name), text)
    _sound(reading.documents)
    for task in reading.tasks:
        for container in task.containers:
            container.lens.locate(container.path)


def classic_reader(data: bytes) -> None:
    for version in VERSIONS[::2]:
        file = classic.parse(data, version=version)
        printed = classic.render(file)
        if classic.render(classic.parse(printed, version=version)) != printed:
            raise Broken(f"printed for {version} and read again, it isn't the same")
    _sound(documents("fluent-bit.conf", data))


def yaml_pipeline(data: bytes) -> None:
    for version in VERSIONS[::2]:
        yaml_format.load(text_in(data), version=version, name="fluent-bit.yaml")


def toml_reader(data: bytes) -> None:
    try:
        _sound([toml.parse("fargate-lint.toml", data)])
    except Stop:
        return


def _sound(found: list[Document]) -> None:
    """Whether faults and spans lie in the text, in order."""
    for document in found:
        end = len(document.text)
        for fault in document.faults:
            if not 0 <= fault.start <= fault.end <= end:
                raise Broken(f"fault `{fault.kind}` lies outside")
        for span in document.spans().values():
            for first, last in (span.key or (0, 0), span.value):
                if not 0 <= first <= last <= end:
                    raise Broken("a span lies outside")
        for offset in (0, end):
            document.line(document.place(offset)[0])


def _strict(data: bytes) -> Any:
    """What JSON means, None unless the data are sound, without repeated or odd members."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError
        return found

    def never(name: str) -> Any:
        raise ValueError(name)

    try:
        value = json.loads(data.decode(), object_pairs_hook=once, parse_constant=never)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) and _depth(value) < DEEPEST else None


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level:
        inner = [each for each in level if isinstance(each, (dict, list))]
        level = [
            item for each in inner for item in (each.values() if isinstance(each, dict) else each)
        ]
        depth += 1
    return depth


def _plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return text_of(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _named() -> Iterator[bytes]:
    for number, text in enumerate(seeds.files(".json", ".conf", ".yaml", ".md")):
        yield joined(NAMES[number % len(NAMES)], text)


TARGETS = {
    "json": Target(json_reader, lambda: seeds.files(".json")),
    "yaml": Target(yaml_reader, lambda: (*seeds.files(".yaml"), *seeds.examples("yaml"))),
    "any": Target(any_reader, _named),
    "classic": Target(classic_reader, lambda: (*seeds.files(".conf"), *seeds.examples("conf"))),
    "yaml-pipeline": Target(
        yaml_pipeline, lambda: seeds.files("pipeline.yaml", "base.yaml"), share=1
    ),
    "toml": Target(toml_reader, seeds.configurations, share=1),
}
