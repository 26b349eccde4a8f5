"""What is secret: by the name that it has, or by what stands before it in a longer text."""

from __future__ import annotations

import re

from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Names of variables, options and members whose value is a secret; a name that ends in one of
# HARMLESS says where a secret is kept rather than what it is.
SECRET_NAME = lazily(
    r"(?:^|[^a-z])key$|pas+w|pwd|secret|token|api.?key|license.?key|shared.?key|access.?key"
    r"|private.?key|credential|connection.?string|\bdsn\b|registration.?key|al_key"
    r"|passphrase|(?<![a-z])pass$|(?<=db)pass$|(?:^|[^a-z])salt$"
    r"|(?:account|deploy|encryption|instrumentation|master|signing|ssh|storage).?key"
    r"|(?:basic|proxy|redis|smtp).?auth$",
    re.IGNORECASE,
)
HARMLESS = lazily(
    r"(?:arn|path|file|dir|name|url|uri|host|endpoint|region|id|ttl|expiry|length|size|mode|type"
    # Of an ARN, of an action of IAM, and of what names a file.
    r"|parameter|valuefrom|secretsmanager|credentialspec(?:domainless)?"
    r"|log_key|message_key|hostname_key|appname_key|procid_key|partition_key|_key_name)$",
    re.IGNORECASE,
)
# Keys of Fluent Bit that name a field of a record rather than hold a key.
FIELD_KEY = lazily(
    r"^(?:syslog_\w+_|log_|(?:allowlist|buffer|float|headers|id|int|lookup|offset|path|payload|preserve"
    r"|remove|result|str|topic|type|uint|unescape|uuid|whitelist)_"
    r"|.*(?:body|data|date|event|facility|host|index|label|labels|level|message|meta|namespace"
    r"|prefix|severity|source|span_id|tag|tenant_id|time|timestamp|trace|version)_?)?keys?$",
    re.IGNORECASE,
)
# `NAME=value`, `NAME: value`, `"NAME": "value"`, `NAME => value`, and `--NAME value`, with what
# quotes the value; what has more words in front, too.
ASSIGNED = lazily(
    r"(?<![\w-])--?(?P<flag>[A-Za-z][\w.-]{0,60})[ \t]{1,3}(?!-)(?P<apart>\\?[\"']?)"
    r"|(?P<name>[A-Za-z_][\w.-]{0,60})(?:\\?[\"'])?\s{0,3}(?:[:=]|=>)\s{0,3}(?P<quote>\\?[\"']?)"
)
BARE = lazily(
    r"(?:(?:Bearer|Basic|Splunk|ApiKey|token)\s+)?"
    # What refers to a secret, or opens a list, is none.
    r"(?!\$[\w({]|[\[{(<%])[^\s\"'\\,;&)}\]]+"
)
QUOTED = {
    '"': lazily(r'(?:[^"\\\n]|\\.)+'),
    "'": lazily(r"[^'\n]+"),
    '\\"': lazily(r'[^"\\\n]+'),
    "\\'": lazily(r"[^'\\\n]+"),
}
SCHEME = lazily(
    r"\b(?:[Bb]earer|[Bb]asic|BASIC|Splunk|ApiKey|[Tt]oken)\s+(?P<value>[A-Za-z0-9+/=_.~-]{8,})"
)
COOKIE = lazily(r"\bcookie[\"']?\s{0,3}:\s{0,3}[\"']?(?P<value>[^\"'\r\n]+)", re.IGNORECASE)
# `curl -u user:password`; `docker run -u 1000:1000` has none.
BASIC_USER = lazily(
    r"(?<!\S)(?:-u|--user)[ =]{1,3}[\"']?[\w.@-]{1,64}:(?P<value>(?!\d+(?!\S))[^\s\"']+)"
)
# Without any of these, in any case, none of the above is in a text.
HINTS = lazily(
    r"pass|pas+w|pwd|secret|token|key|cred|auth|cookie|dsn|connection|account|salt|basic|bearer|splunk"
    r"|-u|--user",
    re.IGNORECASE,
)
AWS_SECRET = lazily(r"(?<![\w/+=])[A-Za-z0-9/+]{40}(?![\w/+=])")


def is_secret_name(name: str) -> bool:
    """Whether a variable, option or member of this name holds a secret."""
    return (
        SECRET_NAME.search(name) is not None
        and HARMLESS.search(name) is None
        and (FIELD_KEY.match(name) is None or name.upper() == "KEY")
    )


def assigned(text: str) -> Iterator[tuple[int, int]]:
    """Where secrets stand in a text by what stands before them: (start, end), in their order.

    The value of one name may begin with another.
    """
    if HINTS.search(text) is None:
        return
    found = list(_named(text))
    for pattern in (SCHEME, COOKIE, BASIC_USER):
        found += (match.span("value") for match in pattern.finditer(text))
    done = 0
    for start, end in sorted(found):
        if end > done:
            yield max(start, done), end
            done = end


def _named(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in ASSIGNED.finditer(text):
        name = match["flag"] or match["name"]
        if match.start() < done or not (is_secret_name(name) or is_header(name)):
            continue
        # The resource of an ARN: `arn:aws:secretsmanager:…:secret:shop`.
        if text.startswith(":", max(match.start() - 1, 0)) and text.startswith(
            ":", match.end() - 1
        ):
            continue
        quote = match["apart"] or match["quote"]
        value = (QUOTED[quote] if quote else BARE).match(text, match.end())
        if value is not None:
            yield value.span()
            done = value.end()


def is_header(name: str) -> bool:
    """Whether a header of this name carries credentials."""
    return name.lower() in {"authorization", "proxy-authorization", "cookie"}


def aws_secrets(text: str) -> Iterator[tuple[int, int]]:
    """Where a text has forty letters and digits that are mixed as in a secret key of AWS."""
    for match in AWS_SECRET.finditer(text):
        # What CloudFormation makes of names ends with eight digits, and may have none before.
        if is_mixed(match[0], digits_in=32):
            yield match.span()


def is_mixed(text: str, digits_in: int | None = None) -> bool:
    """Whether a text has small and capital letters, and a digit among its first characters."""
    return (
        any(letter.islower() for letter in text)
        and any(letter.isupper() for letter in text)
        and any(letter.isdecimal() for letter in text[:digits_in])
    )
