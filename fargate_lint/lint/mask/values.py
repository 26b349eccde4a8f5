"""Values of secrets: what stands for one, what is plainly a setting, and what looks random."""

from __future__ import annotations

from fargate_lint.source.patterns import lazily

#: What is no secret under whatever name.
SWITCHES = frozenset({
    "", "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "undefined", "unset", "empty",
    "enabled", "disabled", "required", "optional", "default", "auto", "redacted", "value", "string", "n/a",
})  # fmt: skip
# What refers to a secret that is kept elsewhere: a variable, a template, an ARN, a path, a file.
REFERENCE = lazily(
    r"[$%][({][^\n]*|\$\w+|\{[^\n]*\}|<[^\n]*>|\[[^\n\"']*\]|%[A-Za-z_]\w*%|__[A-Z][A-Z0-9_]*__|#\{[^\n]*"
    r"|!(?:Ref|Sub|GetAtt|ImportValue|Join|Select|FindInMap)\b[^\n]*"
    r"|arn:[\w-]+:[^\s]*|(?:alias|ssm|secretsmanager|vault|file|env|op|sops|awssm|gcpsm|kms|aws-ssm):[^\s]*"
    r"|(?:/[\w.@-]+)*/\$\{[^{}\n]*\}(?:/(?:\$\{[^{}\n]*\}|[\w.@-]+))*"
    r"|(?:\.{0,2}|~)(?:/[a-z][a-z0-9_]*(?:[.@-]+[a-z0-9_]+)*)+/?|[A-Z]:\\[^\n]*"
    r"|[*•.xX#-]+"
)
URL = lazily(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s]*")
# Words, perhaps with numbers behind them; hosts, versions, times, sizes, addresses, names of LDAP.
SETTING = lazily(
    r"[A-Za-z]+[.,!?]?(?:(?:[-_./:,@ ]|, )(?:[A-Za-z]+|v?\d{1,6}))*"
    r"|[+-]?\d{1,3}(?:[.,]\d+)*|\d{1,6}(?:ms|[smhdkKMG]i?[bB]?)?"
    r"|v?\d+(?:\.\d+)+(?:[-+.][\w.]+)?|\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|(?=[\w.-]*[A-Za-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:/[\w./-]*)?"
    r"|[A-Za-z]{1,10}=[\w. -]+(?:,\s?[A-Za-z]{1,10}=[\w. -]+)+"
    r"|(?:HS|RS|ES|PS|A|EC|P|SHA|MD|Sha|sha|md|aes|rsa|hs|rs|es|ed|oauth|OAuth|OAUTH|sigv|SigV|aws|AWS|v|V"
    r"|ipv|utf|UTF|http|argon|tls|TLS|smtp|s|k|i)-?\d+[a-z]{0,3}"
)
# `user:password`; a port or a version of an image is none.
PAIR = lazily(r"[\w.@+-]{1,64}:(?!//)(?=[^\s:]*[^\d.:\s])[^\s:][^\s]*")
RUN = lazily(r"[A-Za-z0-9]+")
HEX = lazily(r"(?:[0-9a-f]{16,}|[0-9A-F]{16,})")
PUNCTUATED = lazily(r"(?=[^\s]*[A-Za-z])(?=[^\s]*\d)(?=[^\s]*[!@#$%^&*?~|+=])[^\s]{8,}")
BASE64 = lazily(r"[A-Za-z0-9+/]{16,}={0,2}")
NUMBERED = lazily(r"[0-9A-F]{8}\Z")
#: Letters of a phrase that opens a wallet, in words.
PHRASE = lazily(r"[a-z]{3,8}(?: [a-z]{3,8}){11,}")
#: Characters of the longest value that may be a setting, and those that are looked at otherwise.
LONGEST_SETTING = 300
LONGEST = 2_000


def is_reference(value: str) -> bool:
    """Whether a value is a switch, or says where a secret is rather than what it is."""
    return value.strip().lower() in SWITCHES or REFERENCE.fullmatch(value.strip()) is not None


def is_url(value: str) -> bool:
    """Whether the whole value is a URL."""
    return "://" in value and URL.fullmatch(value.strip()) is not None


def is_setting(value: str) -> bool:
    """Whether a value is made of words and numbers, as settings are."""
    value = value.strip()
    if is_reference(value):
        return True
    if PAIR.fullmatch(value) or PHRASE.fullmatch(value):
        return False
    return len(value) < LONGEST_SETTING and SETTING.fullmatch(value) is not None


def is_random(value: str) -> bool:
    """Whether a value looks like nobody's name for anything: a key, a hash, a strong password."""
    value = value.strip()
    if len(value) < 8 or is_reference(value) or is_url(value):
        return False
    if PHRASE.fullmatch(value):
        return True
    if " " in value or (len(value) < LONGEST_SETTING and SETTING.fullmatch(value)):
        return False
    total = breaks = 0
    for run in RUN.findall(value[:LONGEST]):
        changes = _breaks(run)
        if len(run) >= 8 and changes >= 3 and changes * 5 >= len(run):
            return True
        total += len(run)
        breaks += changes
    if breaks >= 4 and total >= 10 and breaks * 10 >= total * 3:
        return True
    return HEX.fullmatch(value) is not None or PUNCTUATED.fullmatch(value) is not None


def is_key(value: str) -> bool:
    """Whether a value in base64 is without any order, as long as keys are, and no text."""
    if not 31 <= len(value) <= 88 or decoded(value):
        return False
    # Names made by CloudFormation and the CDK are words and eight digits.
    letters = NUMBERED.sub("", value.rstrip("="))
    cases = ["9" if letter.isdigit() else letter.isupper() for letter in letters]
    changes = sum(cases[index] != cases[index - 1] for index in range(1, len(cases)))
    return cases.count("9") > 1 and changes * 20 >= len(cases) * 9


def is_base64(value: str) -> bool:
    """Whether a value is of the letters of base64, and has as many as a secret."""
    return len(value) >= 16 and BASE64.fullmatch(value) is not None


def decoded(value: str) -> str:
    """The text that a value of the letters of base64 is, "" if it is none."""
    if len(value) % 4 or len(value) > LONGEST:
        return ""
    from binascii import a2b_base64  # noqa: PLC0415  (a library of its own, and seldom needed)

    data = a2b_base64(value)
    plain = sum(32 <= byte < 127 or byte in b"\n\r\t" for byte in data)
    return data.decode("ascii", "replace") if plain * 4 >= len(data) * 3 else ""


def _breaks(run: str) -> int:
    """How often letters of one case are followed by another, but for small ones after a capital."""
    found = 0
    before = ""
    for letter in run:
        case = "9" if letter.isdigit() else "A" if letter.isupper() else "a"
        if before and case != before and (before, case) != ("A", "a"):
            found += 1
        before = case
    return found
