from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.lint.mask.known import Known
from fargate_lint.lint.mask.spans import in_log, in_value, merged, starred
from tests.lint.mask import fresh, harmless, others, plants
from tests.lint.mask.outputs import LOGGED, Outputs, leaks, seen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lint.mask.plants import Plant

SECRETS = [*plants.SECRETS, *others.SECRETS, *fresh.SECRETS]
HARMLESS = [*harmless.HARMLESS, *others.HARMLESS, *fresh.HARMLESS]
#: One of so many goes through all outputs.
SOME = 8
#: An independent eye: of detect-secrets, what knows tokens by their form.
DETECTORS = (
    "AWSKeyDetector", "ArtifactoryDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "DiscordBotTokenDetector",
    "GitHubTokenDetector", "GitLabTokenDetector", "JwtTokenDetector", "MailchimpDetector", "NpmDetector", "OpenAIDetector",
    "PrivateKeyDetector", "PypiTokenDetector", "SendGridDetector", "SlackDetector", "SquareOAuthDetector",
    "StripeDetector", "TelegramBotTokenDetector", "TwilioKeyDetector",
)  # fmt: skip


def masked(plant: Plant) -> str:
    name = "" if plant.name == "-" else plant.name
    found = in_log(plant.text) if plant.kind in LOGGED else in_value(name, plant.text)
    return starred(plant.text, found)


def name_of(plant: Plant) -> str:
    return f"{plant.kind}-{plant.name}"


@pytest.mark.parametrize("plant", SECRETS, ids=name_of)
def test_a_secret_is_masked(plant: Plant) -> None:
    assert not [secret for secret in plant.secrets if leaks(secret, masked(plant))]


@pytest.mark.parametrize("plant", HARMLESS, ids=name_of)
def test_a_harmless_value_stays(plant: Plant) -> None:
    assert masked(plant) == plant.text


@pytest.mark.parametrize("plant", SECRETS, ids=name_of)
def test_what_is_masked_stays_as_it_is(plant: Plant) -> None:
    once = masked(plant)
    assert masked(plant._replace(text=once)) == once


@given(st.text(st.sampled_from("bdfghlmquvxz 0123456789,;.\n"), max_size=200))
def test_a_text_without_a_word_that_matters_is_never_changed(text: str) -> None:
    assert in_log(text) == []


@given(st.lists(st.text("ab1", min_size=4, max_size=9), max_size=20), st.text("ab1 ", max_size=80))
def test_all_known_secrets_are_found_in_one_pass(secrets: list[str], text: str) -> None:
    shown = starred(text, merged(Known(secrets).spans(text)))
    assert not [secret for secret in secrets if secret in shown]


def test_no_output_shows_a_secret_to_us_or_to_detect_secrets(tmp_path: Path) -> None:
    """Of some of all kinds: `scripts/secrets.py` looks for each in every output, for minutes."""
    planted = SECRETS[::SOME]
    outputs = Outputs(tmp_path, planted)
    assert len(outputs.structured) > 20
    assert len(outputs.prose) > 3
    every = [*outputs.of_definitions(), *outputs.of_logs(), *outputs.of_traces(planted)]
    found = []
    for name, shown in every:
        plain = seen(shown)
        found += [(name, one) for one in planted for secret in one.secrets if leaks(secret, plain)]
    assert found == []
    with transient_settings({"plugins_used": [{"name": name} for name in DETECTORS]}):
        lines = {line for _, shown in every for line in shown.splitlines() if len(line) < 5000}
        known = [
            (line, one.secret_value)
            for line in lines
            for one in scan_line(line)
            if one.secret_value and set(one.secret_value) - set("*")
        ]
    assert [
        (line, value)
        for line, value in known
        if any(value in secret or secret in value for one in planted for secret in one.secrets)
    ] == []
