from __future__ import annotations

from pathlib import Path

import pytest

from scripts import agreement_configurations

DATA = Path(__file__).parent.parent / "data"
VERSIONS = ("1.9.10", "4.2.8", "5.0.9")


@pytest.fixture(scope="module")
def verdicts() -> dict[str, tuple[int, dict[str, str]]]:
    return agreement_configurations.run(DATA)


@pytest.fixture(scope="module")
def reasons() -> dict[str, tuple[int, dict[str, str]]]:
    return agreement_configurations.texts(DATA)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_program_starts_where_we_say_so(
    version: str, verdicts: dict[str, tuple[int, dict[str, str]]]
) -> None:
    total, wrong = verdicts[version]
    assert total > 270
    assert wrong == {}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_program_says_what_we_say(
    version: str, reasons: dict[str, tuple[int, dict[str, str]]]
) -> None:
    total, wrong = reasons[version]
    assert total > 100
    assert wrong == {}
