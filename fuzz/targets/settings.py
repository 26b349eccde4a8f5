"""Configurations, policies stated there, suppressions and baselines: read, or refused with Stop."""

from __future__ import annotations

import json

from fargate_lint import Linter
from fargate_lint.lint.ignore import baseline
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.stop import Stop
from fuzz import seeds
from fuzz.target import Target, folder, text_of
from fuzz.targets.findings import checked, linter

SUBJECT = (seeds.ROOT / "fixtures/err/al-agent-key-missing.json").read_bytes()


def configuration(data: bytes) -> None:
    """A configuration, and a file that is checked under it."""
    path = folder() / "fargate-lint.toml"
    path.write_bytes(data)
    try:
        # Plugins that it names are not asked for, so they are not loaded.
        found = Configuration({}, file=str(path))
        found.validate(linter().registry)
        under = Linter(found.settings("."), registry=linter().registry)
    except Stop:
        return
    report = checked("legacy/task.json", SUBJECT, under)
    report.fixed()
    under.review(whole=True)


def ignored(data: bytes) -> None:
    """A JSONPath of an `[[ignore]]`."""
    text = json.dumps(text_of(data))
    configuration(f'[[ignore]]\nrule = "ALL"\npath = {text}\nreason = "known"\n'.encode())


def accepted(data: bytes) -> None:
    """A baseline, against findings."""
    path = folder() / "baseline.json"
    path.write_bytes(data)
    try:
        found = baseline.Baseline(str(path))
    except Stop:
        return
    report = linter().check("task.json", SUBJECT)
    found.match(report.findings)
    fixed = found.fixed([("task.json", linter().settings)], linter().names)
    linter().check_ignores(found.ignores(fixed))


def comment(data: bytes) -> None:
    """A comment that suppresses, in a file of each syntax."""
    order = text_of(data).splitlines() or [""]
    for name, mark, text in COMMENTED:
        lines = text.splitlines()
        for at, line in enumerate(order[:5]):
            lines.insert(min(at * 3 + 1, len(lines)), f"{mark} fargate-lint: {line}")
        checked(name, "\n".join(lines))


COMMENTED = (
    ("task.jsonc", "//", SUBJECT.decode()),
    ("task.yaml", "#", next(iter(seeds.as_yaml())).decode()),
    ("fluent-bit.conf", "#", (seeds.ROOT / "fixtures/err/broken.conf").read_text()),
)


def _baselines() -> list[bytes]:
    found = linter().check("task.json", SUBJECT).findings
    return [json.dumps({"version": 1, "findings": baseline.of(found, "baseline.json")}).encode()]


PATHS = (
    "$.containerDefinitions[?(@.name == 'web')].image", "$..image", "$.containerDefinitions[0]",
    "$.containerDefinitions[*].environment[?(@.value =~ 'a.*')].name", "$.`len`", "$.volumes[-1:]",
    "$.containerDefinitions[\\name].name", "$.a.`sub(/a/, b)`", "$.family | $.cpu", "$.*",
)  # fmt: skip
COMMENTS = (
    "ignore[floating-image-tag] a demonstration", "ignore[IMG, SEC] until 2027-01-31 for now",
    "ignore[ALL] until 2020-13-41", "ignore[]", "ignore", "ignore[nonsense] why",
)  # fmt: skip

TARGETS = {
    "configuration": Target(configuration, seeds.configurations),
    "jsonpath": Target(ignored, lambda: map(str.encode, PATHS), longest=200, lines=False),
    "baseline": Target(accepted, _baselines),
    "comments": Target(comment, lambda: map(str.encode, COMMENTS), longest=600),
}
