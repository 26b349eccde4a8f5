"""Whether a value is a credential, or only stands where one belongs. None of them is ever shown."""

from __future__ import annotations

import re

from fargate_lint.lint.mask.names import is_secret_name

# Names that hold a secret's word, but not a secret.
OTHER = re.compile(
    r"publi[cs]|partition|sort_?key|routing|cache|header|cookie|claim|prefix|suffix|alg(?:orithm)?$|enable"
    r"|disable|expir|lifetime|timeout|duration|site_?key|max|min(?:_|imum)|count|limit|policy|regex|pattern|field"
    r"|column|version|rotation|namespace|bucket|table|user(?:name)?$|email|issuer|audience|scope|provider"
    r"|manager|store|backend|client_?id|key_?id|kid$|method|format|source",
    re.IGNORECASE,
)
# What examples, tests and templates have in the place of a credential.
WORDS = frozenset({
    "a", "abc", "access", "admin", "aes", "al", "an", "any", "api", "app", "apikey", "aws", "bar", "base",
    "baz", "be", "change", "changeit", "changeme", "client", "credential", "credentials", "data", "database",
    "datadog", "db", "default", "demo", "dev", "development", "dummy", "empty", "enter", "env", "example",
    "fake", "fill", "fixme", "foo", "foobar", "from", "go", "goes", "guest", "hash", "here", "hidden", "id",
    "in", "insert", "is", "it", "jwt", "key", "license", "local", "localhost", "master", "me", "mock", "my",
    "mypassword", "mysecret", "mysql", "name", "new", "newrelic", "none", "not", "null", "obfuscated", "of",
    "pass", "passwd", "password", "paste", "personal", "placeholder", "please", "postgres", "postgresql",
    "private", "pwd", "put", "qwerty", "random", "redacted", "redis", "refresh", "registration", "removed",
    "replace", "replaceme", "root", "s", "sample", "secret", "secretkey", "secure", "set", "shared",
    "should", "some", "splunk", "sso", "string", "super", "supersecret", "tbd", "test", "testing", "text",
    "the", "this", "to", "todo", "token", "unset", "update", "use", "user", "username", "value", "very",
    "welcome", "with", "x", "xx", "xxx", "xxxx", "y", "you", "your", "yours", "z",
})  # fmt: skip
BY_FORM = re.compile(
    r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abprs]-\d[\w-]{10,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
# Bounded, so that a long text takes no longer than others of its length.
URL = re.compile(
    r"://(?P<user>[^\s/@:\"']{0,100}):(?P<word>[^\s/@\"']{1,200})@(?P<host>[\w.-]{1,255})"
)
# A database of the task itself, for tests, has a password that protects nothing.
OWN = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal"})  # noqa: S104
SHORTEST = 6
# Digits in the place of letters, as in `p@ssw0rd`.
LEET = str.maketrans("@01345$7", "aoieasst")
SPLIT = re.compile(r"[^a-z]+|(?<=[a-z])(?=[A-Z])")
# Where something is kept, rather than what it is.
REFERENCE = re.compile(
    r"(?:arn|aws|env|file|kms|op|s3|secret|secrets|secretsmanager|sops|ssm|sm|vault|parameter|gcp|azure):"
    r"|[./~]|[a-z][a-z0-9+.-]*://|[A-Za-z]:\\",
    re.IGNORECASE,
)
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?/?")
# Words joined by punctuation, perhaps with a number at their ends: a name, as people give them.
IDENTIFIER = re.compile(r"[A-Za-z]+\d{0,3}(?:[-_/.:, ]++[A-Za-z]*\d{0,3})*")
PASSWORD = re.compile(r"(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;\s]+)", re.IGNORECASE)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
SEQUENCES = ("0123456789" * 4, "0123456789abcdef" * 4, "1234567890" * 4, "1234567890abcdef" * 4,
             ALPHABET + "0123456789", ALPHABET * 2)  # fmt: skip
#: Letters alone are taken for a credential when they are so many, in both cases.
LONG = 20
#: Fewer different characters than this are no credential.
VARIED = 5


def is_secret(name: str, value: str) -> bool:
    """Whether a variable holds a credential, to judge by its name and by its value."""
    return (holds_a_secret(name) and is_credential(value)) or is_by_form(value)


def is_by_form(value: str) -> bool:
    """Whether a value is a credential by its form, whatever the variable is called."""
    found = BY_FORM.search(value)
    if found is not None:
        return not is_example(found[0])
    if "://" not in value:
        return False
    match = URL.search(value)
    return (
        match is not None
        and match["host"] not in OWN
        and match["word"] != match["user"]
        and not is_example(match["word"])
    )


def holds_a_secret(name: str) -> bool:
    """Whether a variable of this name is one whose value is a credential."""
    return is_secret_name(name) and OTHER.search(name) is None


def is_credential(text: str) -> bool:
    """Whether the value of such a variable is a credential, as far as one can see.

    It is none when it is empty, an example, a number, a switch, a name, or a reference to where the
    credential is kept.
    """
    text = text.strip().strip("\"'")
    if len(text) < SHORTEST or " " in text or REFERENCE.match(text) or HOST.fullmatch(text):
        return False
    if is_example(text):
        return False
    if ";" in text and "=" in text:
        # A connection string: what counts is the password in it.
        match = PASSWORD.search(text)
        return match is not None and not is_example(match[1])
    if text.isalpha():
        return len(text) >= LONG and text != text.lower() and text != text.upper()
    if text.isdecimal():
        return False
    return not IDENTIFIER.fullmatch(text)


def is_example(text: str) -> bool:
    """Whether a value is what an example has in the place of a credential."""
    lower = text.lower()
    if len(set(lower)) < VARIED or "example" in lower or "..." in lower or "***" in lower:
        return True
    if "xxxx" in lower or "{" in text or "<" in text or "changeme" in lower:
        return True
    plain = re.sub(r"[^a-z0-9]", "", lower)
    if any(plain in sequence for sequence in SEQUENCES):
        return True
    return any(_is_of_words(each) for each in (text, text.translate(LEET)))


def _is_of_words(text: str) -> bool:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()
    words = [word for word in SPLIT.split(spaced) if word]
    return bool(words) and all(word in WORDS for word in words) and _digits(text) <= VARIED


def _digits(text: str) -> int:
    return sum(letter.isdecimal() for letter in text)
