"""What scripts/docs.py writes about the program from its own source: the configuration, the API."""

from __future__ import annotations

import ast
import inspect
import json
import re
from importlib import import_module
from pathlib import Path

from fargate_lint.lint.settings import keys
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from fargate_lint.lint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "fargate_lint" / "data" / "schemas" / "config.json"
#: What a plugin works with: a title, the module, and names in it, `()` behind those of classes that
#: a plugin makes instances of.
API = (
    (
        "Hooks",
        "fargate_lint.lint.hookspecs",
        (
            "fargate_lint_rules",
            "fargate_lint_inputs",
            "fargate_lint_reports",
            "fargate_lint_tables",
            "fargate_lint_signatures",
        ),
    ),
    ("A rule", "fargate_lint.lint.rule", ("Rule",)),
    ("The identity of a rule", "fargate_lint.lint.finding", ("Identity",)),
    ("The context of the tasks", "fargate_lint.lint.context", ("Context",)),
    ("A task definition and where it is written", "fargate_lint.ecs.definition", ("Definition",)),
    ("A fix", "fargate_lint.lint.fix", ("Fix",)),
    ("What a rule visits", "fargate_lint.ecs.task", ("Node", "Task", "Container")),
    ("The document around it", "fargate_lint.source.document", ("Document",)),
    ("What can't be known", "fargate_lint.source.unknown", ("Unknown",)),
    ("The launch", "fargate_lint.launch.launch", ("Launch",)),
    ("What Fluent Bit makes of it", "fargate_lint.launch.pipeline", ("Pipeline",)),
    ("The examples of a page", "fargate_lint.lint.example", ("Example", "base", "overlay")),
    ("A result that is kept", "fargate_lint.source.once", ("once",)),
    ("A shape of files", "fargate_lint.inputs.shapes", ("Shape()",)),
    ("A document inside a document", "fargate_lint.source.embedded", ("in_string",)),
    ("An output format", "fargate_lint.report.findings", ("Format()",)),
    ("What a report shows", "fargate_lint.lint.summary", ("Summary",)),
    ("A finding in a report", "fargate_lint.lint.located", ("Located",)),
    (
        "Private plugins and images",
        "fargate_lint.data.private",
        ("PrivatePlugin()", "ImageAlias()"),
    ),
    ("Testing a rule", "fargate_lint.testing", ("failures", "findings")),
)
#: What other programs work with: the same of the names in `fargate_lint`, and what these return.
PUBLIC = (
    ("The linter", "fargate_lint.lint.linter", ("Linter", "Report")),
    (
        "A finding",
        "fargate_lint.lint.located",
        ("Located as Finding", "Related", "Range", "Point", "RuleId"),
    ),
    ("Settings", "fargate_lint.lint.settings.settings", ("Settings",)),
    ("Reading", "fargate_lint.inputs.shapes", ("read", "Reading")),
    ("Simulating", "fargate_lint.launch", ("simulate",)),
    ("The launch", "fargate_lint.launch.simulation", ("Simulation as Launch",)),
    ("The final stage", "fargate_lint.launch.stages", ("Stage",)),
    ("The way of a record", "fargate_lint.launch.journey", ("Journey",)),
    ("Explaining", "fargate_lint.diagnose.explain", ("explain",)),
    ("The answer", "fargate_lint.diagnose.verdict", ("Diagnosis", "Verdict")),
    ("Errors", "fargate_lint.stop", ("Stop",)),
)


def configuration(rules: Sequence[type[Rule]]) -> str:
    """Every key of the configuration, of its tables, and every option of a rule."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    tables = {
        "": (keys.KEYS, schema),
        "[[ignore]]": (keys.IGNORE_KEYS, schema["$defs"]["ignore"]),
        "[plugins]": (keys.PLUGIN_KEYS, schema["properties"]["plugins"]),
    }
    parts = []
    for title, (names, described) in tables.items():
        if title:
            parts.append(f"\n### `{title}`\n\n")
        parts.append("| Key | Takes | Default | What it says |\n|---|---|---|---|\n")
        parts += [
            _row(name, described["properties"].get(name), schema["$defs"])
            for name in (names if title else sorted(names))
        ]
    parts.append("\n### Options of rules\n\nEach is set below `[rules.NAME]`.\n\n")
    parts.append("| Rule | Option | Default |\n|---|---|---|\n")
    for rule in rules:
        for option, default in rule.options.items():
            value = json.dumps(default, ensure_ascii=False)
            parts.append(f"| [{rule.name}](rules/{rule.name}.md) | `{option}` | `{value}` |\n")
    return "".join(parts)


def _row(name: str, entry: Mapping[str, Any] | None, shared: Mapping[str, Any]) -> str:
    if entry is None:
        raise Stop(
            f"`{name}` of lint/settings/keys.py is not described", f"describe it in {SCHEMA.name}"
        )
    default = f"`{json.dumps(entry['default'])}`" if "default" in entry else ""
    said = _shared(entry, shared).get("description", "")
    return f"| `{name}` | {_takes(entry, shared)} | {default} | {said} |\n"


def _shared(entry: Mapping[str, Any], shared: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entry that a reference means, its own words first."""
    while "$ref" in entry:
        own = {key: value for key, value in entry.items() if key != "$ref"}
        entry = {**shared[entry["$ref"].rpartition("/")[2]], **own}
    return entry


def _takes(entry: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """What a value of the schema is, in a few words."""
    entry = _shared(entry, shared)
    if "enum" in entry:
        return ", ".join(f"`{word}`" for word in entry["enum"])
    if "anyOf" in entry:
        return " or ".join(dict.fromkeys(_takes(each, shared) for each in entry["anyOf"]))
    if entry.get("format") == "date":
        return "a date"
    if entry.get("type") == "array":
        return "a list of " + re.sub(r"\ba (\w+)", r"\1s", _takes(entry["items"], shared))
    words = {"boolean": "true or false", "string": "a string"}
    return words.get(entry.get("type", ""), "a table")


def api(table: Sequence[tuple[str, str, Sequence[str]]] = API) -> str:
    """What plugins or other programs work with, from docstrings and signatures."""
    parts = []
    for title, module, names in table:
        parts.append(f"## {title}\n\n`{module}`\n\n")
        text = inspect.getsource(import_module(module))
        lines = text.splitlines()
        found = {node.name: node for node in ast.parse(text).body if isinstance(node, _NAMED)}
        for called in names:
            own, _, public = called.removesuffix("()").partition(" as ")
            if own not in found:
                raise Stop(f"`{module}` has no `{own}`", "put scripts/reference.py right")
            parts += _described(found[own], lines, public or own, made=called.endswith("()"))
    return "".join(parts)


_FUNCTIONS = (ast.FunctionDef,)
_NAMED = (ast.FunctionDef, ast.ClassDef)


def _described(
    node: ast.FunctionDef | ast.ClassDef, lines: Sequence[str], name: str, *, made: bool
) -> Iterator[str]:
    """A function or a class with what of it is public; if `made`, with how it is called."""
    if isinstance(node, ast.FunctionDef):
        yield f"### `{_signature(node)}`\n\n{_text(node)}\n\n"
        return
    make = next(
        (each for each in node.body if isinstance(each, _FUNCTIONS) and each.name == "__init__"),
        None,
    )
    name = f"{name}({_arguments(make)})" if made and make is not None else name
    yield f"### `{name}`\n\n{_text(node)}\n\n"
    rows = [*_attributes(node, lines), *_methods(node)]
    if rows:
        yield "| | |\n|---|---|\n"
        yield from (f"| `{_cell(name)}` | {_cell(said)} |\n" for name, said in rows)
        yield "\n"


def _methods(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for item in node.body:
        if not isinstance(item, _FUNCTIONS) or item.name.startswith("_"):
            continue
        said = " ".join(_text(item).split())
        if any(
            isinstance(mark, ast.Name) and "property" in mark.id for mark in item.decorator_list
        ):
            returned = ast.unparse(item.returns) if item.returns is not None else ""
            yield f"{item.name}: {returned}", said
        else:
            yield _signature(item), said


def _attributes(node: ast.ClassDef, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Attributes with a comment `#:` before them, in the class and in its `__init__`."""
    for item in ast.walk(node):
        if not isinstance(item, (ast.Assign, ast.AnnAssign)):
            continue
        target = item.targets[0] if isinstance(item, ast.Assign) else item.target
        name = getattr(target, "id", "") or getattr(target, "attr", "")
        said: list[str] = []
        for line in reversed(lines[: item.lineno - 1]):
            if not line.strip().startswith("#:"):
                break
            said.insert(0, line.strip().removeprefix("#:").strip())
        if said and not name.startswith("_"):
            hint = f": {ast.unparse(item.annotation)}" if isinstance(item, ast.AnnAssign) else ""
            yield f"{name}{hint}", " ".join(said)


def _signature(node: ast.FunctionDef) -> str:
    returned = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
    return f"{node.name}({_arguments(node)}){returned}"


def _arguments(node: ast.FunctionDef) -> str:
    return re.sub(r"^(?:self|cls)(?:, )?", "", ast.unparse(node.args))


def _text(node: ast.FunctionDef | ast.ClassDef) -> str:
    said = ast.get_docstring(node)
    if not said:
        raise Stop(f"`{node.name}` has no docstring", "say what it is: it is part of the API")
    return said


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
