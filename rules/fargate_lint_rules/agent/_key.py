"""What the rules about the registration key share. None of them ever shows a key."""

from __future__ import annotations

import re

from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container
    from fargate_lint.source.document import Path

KEY = "KEY"
#: The subject of findings about the agent's key, wherever it is.
OF_KEY: Path = ("registration key",)
SECRET = '"secrets": [{"name": "KEY", "valueFrom": "<ARN of the secret>"}]'
#: Names that people give to the key instead of `KEY`, without case and punctuation.
MEANT = frozenset({
    "key", "alkey", "agentkey", "alagentkey", "alertlogickey", "alertlogicagentkey", "regkey",
    "alregkey", "provkey", "provisioningkey", "registration",
})  # fmt: skip
# What examples have in the place of a key; a real one holds none of these words.
WORDS = frozenset({
    "your", "my", "the", "a", "unique", "alert", "logic", "alertlogic", "al", "agent",
    "registration", "reg", "key", "here", "insert", "enter", "put", "paste", "replace", "with",
    "change", "changeme", "me", "this", "todo", "tbd", "fixme", "placeholder", "example", "dummy",
    "xxx", "value", "secret",
})  # fmt: skip
SPLIT = re.compile(r"[^a-z]+")
#: Neither belongs to a key.
BLANKS_AND_QUOTES = " \t\r\n\"'`"


def plain_key(container: Container) -> tuple[str | Unknown, Path] | None:
    """The value and path of `KEY` among a container's plain variables, None without one."""
    return container.environment.get(KEY)


def has_key(container: Container) -> bool:
    """Whether a container gets a `KEY`, or may get one from where the file doesn't show it."""
    return (
        KEY in container.environment or KEY in container.secrets or not shows_variables(container)
    )


def shows_variables(container: Container) -> bool:
    """Whether all of a container's variables can be told from the file."""
    if container.open or container.get("environmentFiles") not in (None, []):
        return False
    environment, secrets = container.get("environment"), container.get("secrets")
    if isinstance(environment, dict):
        environment = None
    return all(
        entries is None
        or (
            isinstance(entries, list)
            and all(
                isinstance(item, dict) and isinstance(item.get("name"), str) for item in entries
            )
        )
        for entries in (environment, secrets)
    )


def misnamed(container: Container) -> list[tuple[str, Path]]:
    """The variables that are meant to be `KEY`, with their paths from the container."""
    found = {name: path for name, (_, path) in container.environment.items()}
    found.update(container.secrets)
    return [(name, path) for name, path in found.items() if name != KEY and _is_meant(name)]


def _is_meant(name: str) -> bool:
    letters = "".join(letter for letter in name.lower() if letter.isalnum())
    return letters in MEANT or letters.endswith("registrationkey")


def is_placeholder(value: object) -> bool:
    """Whether a value is what an example has where the key belongs.

    `<…>` counts when it reads like an instruction; other templates are somebody's way to fill in
    the key.
    """
    text = text_of(value).strip()
    if not 2 < len(text) < 80 or (isinstance(value, Unknown) and not text.startswith("<")):
        return False
    if set(text.lower()) == {"x"}:
        return True
    words = {word for word in SPLIT.split(text.lower()) if word}
    if isinstance(value, Unknown) and not words & {"your", "here", "insert", "enter"}:
        return False
    return bool(words) and words <= WORDS and not any(letter.isdigit() for letter in text)
