"""`check FILE --fluent-bit VERSION` against what the real program did with the same file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.batch import Batch
from fargate_lint.lint.files import Found
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent.parent / "data" / "fluent-bit"
CASES: dict[str, Any] = json.loads((DATA / "configs.json").read_text())
REGISTRY = load()
#: Only the container can tell: whether a variable is set there, whether an absolute path is there.
UNKNOWN = {
    "125-env-name-undefined.conf",
    "152-include-missing-absolute.conf",
    "409-record-modifier-undefined-env.conf",
    "416-output-alias-empty.conf",
}


def disagreements(version: str) -> Iterator[str]:
    settings = Settings()
    settings.fluent_bit = version
    batch = Batch(REGISTRY, lambda _: settings)
    for name, case in CASES.items():
        if case.get("undefined_behaviour") or case[version].get("undefined_behaviour"):
            continue
        findings = batch.check(Found(name, named=True)).findings
        refused = any(finding.severity == "error" for finding in findings)
        if refused != (case[version]["exit"] != "running"):
            yield name


@pytest.mark.parametrize("version", ["1.9.10", "4.2.8", "5.0.9"])
def test_an_error_is_found_where_the_program_did_not_start(
    version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DATA / "configs")
    assert set(disagreements(version)) == UNKNOWN
