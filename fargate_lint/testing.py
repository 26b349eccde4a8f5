"""Running the examples of rules' pages: for the built-in rules, and for plugins' own tests."""

from __future__ import annotations

import json
from typing import Any

from fargate_lint.inputs import detect
from fargate_lint.inputs.policy import policies
from fargate_lint.inputs.security_group import security_groups
from fargate_lint.lint import pages
from fargate_lint.lint.example import Example, base, overlay
from fargate_lint.lint.finding import rank
from fargate_lint.lint.fixing import fixed
from fargate_lint.lint.linter import Linter
from fargate_lint.lint.registry import load
from fargate_lint.lint.rule import Rule
from fargate_lint.lint.settings import keys, names, toml
from fargate_lint.lint.settings.configuration import OWN
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.document import Document
from fargate_lint.source.read import documents, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.lint.finding import Finding
    from fargate_lint.lint.registry import Registry

__all__ = ["base", "failures", "findings", "overlay", "settings", "source"]

#: Options of the command line that take policies, and the settings that they make.
POLICIES = {
    "task-role-policy": "task_role_policies",
    "execution-role-policy": "execution_role_policies",
}
SUFFIX = {"json": ".json", "yaml": ".yaml", "conf": ".conf", "hex": ".json"}


def source(example: Example) -> tuple[str, str]:
    """The name and text of the file that an example stands for: the fragment over its base."""
    name = "example" + SUFFIX.get(example.language, "." + example.language)
    if example.base == "none" or example.language == "conf":
        return name, example.text
    if example.language in {"toml", "python"} or "given" in example.settings:
        return "example.json", json.dumps(base(example.base), indent=2)
    if example.language == "json":
        fragment = json.loads(example.fragment)
    else:
        fragment = read(name, example.text.encode())[0].value
    return "example.json", json.dumps(overlay(base(example.base), fragment), indent=2)


def settings(example: Example) -> Settings:
    """The settings that an example is checked with."""
    made = Settings()
    for key, value in example.settings.items():
        if key == "given":
            _give(made, value, read(f"{value}.{example.language}", example.text.encode())[0])
            continue
        if key in POLICIES:
            _give(made, key, _policy(value))
            continue
        if key == "service":
            made.service = _service(value)
            continue
        name = key.replace("-", "_")
        current = getattr(made, name)
        setattr(made, name, value == "true" if isinstance(current, bool) else value)
    return made


def _give(made: Settings, option: str, document: Document) -> None:
    """Give a document as a file is given on the command line with `--OPTION FILE`."""
    if option == "service":
        made.service = document
    elif option == "security-group":
        made.security_groups = tuple(security_groups(document))
    else:
        setattr(made, POLICIES[option], tuple(policies(document)))


def _policy(actions: str) -> Document:
    """A policy that allows actions, with commas between them, on everything."""
    statement = {"Effect": "Allow", "Action": actions.split(","), "Resource": "*"}
    value = {"Statement": [statement]}
    return Document("policy.json", "json", json.dumps(value), value)


def _service(reference: str) -> Document:
    """A description of a service that runs this task definition: `family:revision@PROVIDER`.

    Revision and capacity provider may be left out.
    """
    reference, _, provider = reference.partition("@")
    value: Any = {"serviceName": reference.partition(":")[0], "taskDefinition": reference}
    if provider:
        value["capacityProviderStrategy"] = [{"capacityProvider": provider}]
    return Document("service.json", "json", json.dumps(value), value)


def findings(example: Example, registry: Registry | None = None) -> list[Finding]:
    """All findings about an example, of all rules.

    An example in TOML is a configuration with which the base is checked, one in Python is the rules
    of a plugin for it, and one in `hex` is a file byte by byte.
    """
    registry = registry or load()
    if example.language == "toml":
        return _configured(example, registry)
    if example.language == "python":
        registry = load()
        registry.add("example", _rules(example.text))
    name, text = source(example)
    data = bytes.fromhex(text) if example.language == "hex" else text.encode()
    linter = Linter(settings(example), registry=registry, floor=0, beside=True)
    script = detect.script(name, data)
    documents = [script] if script is not None else read(name, data)
    if script is None and not any(
        registry.tasks(document) or detect.is_fluent_bit(document) for document in documents
    ):
        detect.say_other(name, documents)
    return [found for document in documents for found in linter.judge(document)]


def _configured(example: Example, registry: Registry) -> list[Finding]:
    configured = Settings()
    keys.read(configured, toml.parse(OWN, example.text.encode()), ())
    names.resolve(configured, registry)
    linter = Linter(configured, registry=registry, floor=0)
    used: set[int] = set()
    name, text = source(example)
    found = []
    for document in read(name, text.encode()):
        found += linter.judge(document, ignored=used)
    for index, ignore in enumerate(configured.ignores):
        ignore.met = ignore.covers(name)
        ignore.used = index in used
    return found + linter.review(whole=True)


def _rules(text: str) -> list[type[Rule]]:
    namespace: dict[str, Any] = {"__name__": "example", "Rule": Rule}
    exec(text, namespace)  # noqa: S102  (the page of a rule that is being tested)
    return [
        value
        for value in namespace.values()
        if isinstance(value, type) and value.__module__ == "example"
    ]


def failures(rule: type[Rule], registry: Registry | None = None) -> Iterable[str]:
    """What is wrong with a rule's page, in words; nothing when every example does as it says."""
    found = pages.examples(rule)
    if not any(example.kind == "bad" for example in found):
        yield f"{rule.name}: the page has no `bad` example"
    if not any(example.kind != "bad" for example in found):
        yield f"{rule.name}: the page has no `fixed` or `good` example"
    fixes: set[bool] = set()
    for example in found:
        try:
            source(example)
        except ValueError as error:
            yield f"{rule.name}: a {example.kind} example can't be read: {error}\n{example.text}"
            continue
        own = [each for each in findings(example, registry) if each.rule.name == rule.name]
        if example.kind == "bad" and not own:
            yield f"{rule.name}: nothing is reported about the bad example\n{example.text}"
        if example.kind != "bad" and own:
            message = own[0].message
            yield f"{rule.name}: a {example.kind} example is reported: {message}\n{example.text}"
        if example.kind == "bad" and any(each.fix is not None for each in own):
            fixes |= {each.fix.safe for each in own if each.fix is not None}
            yield from _unfixed(rule, example, registry or load())
    if bool(fixes) != bool(rule.fixable) or (True in fixes and rule.fixable == "unsafe"):
        there = {True: "a safe", False: "an unsafe"}[True in fixes] if fixes else "no"
        yield f"{rule.name}: `fixable` is {rule.fixable!r}, but bad examples have {there} fix"


def _unfixed(rule: type[Rule], example: Example, registry: Registry) -> Iterable[str]:
    """What is wrong with a rule's fixes of an example: they silence the rule, and harm nothing."""
    name, text = source(example)
    linter = Linter(settings(example), registry=registry, floor=0, beside=True)

    def own(document: Document) -> list[Finding]:
        return [found for found in linter.judge(document) if found.rule.name == rule.name]

    def speaking(text: str) -> set[str]:
        return {
            found.rule.name
            for document in documents(name, text)
            for found in linter.judge(document)
            if rank(found.severity) >= rank("warning")
        }

    after, made = fixed(name, text, own, unsafe=True)
    left = [found for document in documents(name, after) for found in own(document)]
    if not made or any(found.fix is not None for found in left):
        yield f"{rule.name}: the fix of the bad example can't be made\n{example.text}"
    for new in sorted(speaking(after) - speaking(text)):
        yield f"{rule.name}: the fix makes {new} speak\n{after}"
