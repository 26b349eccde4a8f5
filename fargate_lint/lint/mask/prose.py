"""Secrets by what stands before them in a longer text: a name and `=`, a header, a word of a sentence.

A name that says secret masks what is assigned to it, but neither a switch nor a reference. Behind a
colon and a blank, as people write, a plain word is none either: `token: expired`, `secret: not
found`. Behind a name alone (`password hunter2`) only what looks like no word is one.
"""

from __future__ import annotations

import re

from fargate_lint.lint.mask.names import LIKELY, NOTHING, RANDOM, SECRET, level
from fargate_lint.lint.mask.values import is_random, is_reference, is_setting, is_url
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Without any of these, in small letters, no name in a text says secret.
ROOTS = (
    "pass", "pw", "secret", "token", "key", "cred", "auth", "cookie", "bearer", "session", "jwt", "dsn", "salt",
    "pepper", "hmac", "otp", "pin", "seed", "mnemonic", "sign", "licen", "connection", "netrc", "webhook", "sas",
    "account", "honeycomb", "pat", "basic", "splunk", "code", "sig", "identified", "kennwort", "-u", "docker",
    "phrase", "pswd", "ssws", "sessid", "encryption", "cipher", "?",
)  # fmt: skip
# `NAME=value`, `NAME: value`, `"NAME": "value"`, `NAME => value`, `NAME%3Dvalue`, `<NAME>value</`,
# and `--NAME value`, with what quotes the value; what has more words in front, too.
ASSIGNED = lazily(
    r"(?<![\w-])--?(?P<flag>[A-Za-z][\w.-]{0,60})[ \t]{1,3}(?!-)(?P<apart>\\?[\"']?)"
    r"|(?:(?<![\w.])|(?<=%[0-9A-F][0-9A-F])|(?<=\\[nt]))(?P<name>[A-Za-z_][\w.-]{0,80})"
    r"(?:\\?[\"'`]\]?|%22|\])?"
    r"(?P<sign>\s{0,3}(?::=|=>|[:=]|%3[AaDd]|->)\s{0,3}|>(?=[^<>\s]{1,200}</))(?P<quote>\\?[\"'`]|%22|%27)?"
)
# `{"name": NAME, "value": X}`, `<add key="NAME" value="X"/>`, and in YAML.
PAIRED = lazily(
    r"""\b(?:name|Name|key|Key)\\?["']?\s*+[:=]\s*+\\?["']?(?P<name>[\w.:-]++)\\?["']?\s*+[,;]?\s*+-?\s*+\\?["']?"""
    r"""[vV]alue\\?["']?\s*[:=]\s*(?:\\"(?P<escaped>[^"\\\n]*)|"(?P<double>(?:[^"\\\n]|\\.)*)|'(?P<single>[^'\n]*)"""
    r"""|(?P<bare>[^\s"',}\]]+))"""
)
# `["--NAME", "value"]`, `define('NAME', 'value')`.
LISTED = lazily(
    r"""(?P<call>\(\s?)?\\?["'](?(call)|--?)(?P<name>[A-Za-z_][\w.:-]{0,60})\\?["']\s{0,2},\s{0,2}\\?["'](?P<value>[^-"'\\\n][^"'\\\n]*)"""
)
BARE = (
    r"(?:(?:Bearer|Basic|Splunk|ApiKey|Token|token|SSWS|Digest|Negotiate)\s+)?"
    # What refers to a secret, or opens a list, is none.
    r"(?![\[{(<])(?:[^\s\"'`\\,;&)}\]<>%]|%(?!2[26Cc]|7[Dd]|0[Aa]|3[Bb])|[,;&](?![\s,;&\"'`\\]|$|[\w.-]{1,40}[=:])|[)}\]>](?![\s,;.)}\]\"']|$))+"
)
VALUES = {
    "": lazily(BARE),
    '"': lazily(r'(?:[^"\\\n]|\\.)+'),
    "'": lazily(r"(?:[^'\n\\]|\\.)+"),
    "`": lazily(r"[^`\s][^`\n]*(?=`)"),
    '\\"': lazily(r'[^"\\\n]+'),
    "\\'": lazily(r"[^'\\\n]+"),
    "%22": lazily(r"(?:[^%\s]|%(?!22))+"),
    "%27": lazily(r"(?:[^%\s]|%(?!27))+"),
    "<": lazily(r"[^<>\s]+"),
}
# Names of a query of a URL that hold a secret there, and there only.
QUERY = {
    "code": RANDOM, "sig": SECRET, "signature": SECRET, "key": LIKELY, "k": RANDOM, "ticket": RANDOM, "sid": RANDOM,
    "t": RANDOM, "assertion": LIKELY,
}  # fmt: skip
SCHEME = lazily(
    r"\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC|[Ss]plunk|[Aa]pi-?[Kk]ey|[Tt]oken|SSWS|GenieKey|Digest)\s+"
    r"(?P<value>[A-Za-z0-9+/=_.~-]{6,})"
)
COOKIE = lazily(r"\bcookie[\"']?\s{0,3}:\s{0,3}[\"']?(?P<value>[^\"'\r\n]+)", re.IGNORECASE)
# `password hunter2`, `the API key is …`, `secret 'X'`, `with password of shop: X`.
SPOKEN = lazily(
    r"\b(?P<name>pass(?:word|wd|phrase|code)?|pwd|pw|pin|otp|secret|token|(?:api|access|registration|licen[cs]e"
    r"|secret|private|account|shared|provisioning|auth|encryption|signing)[ _-]?key|credentials?|code|key"
    r"|identified (?:with \w{1,40} )?(?:by|as)(?: password)?)"
    r"(?:\s(?:for|of)(?:\suser)?\s[\w.@'\"-]{1,64}:?)?"
    r"(?:\s(?:is|was|are|set|to|now|given|used|value|the|with|be|=|new|changed|entered)){0,4}"
    r"\s{1,3}[:=]?\s{0,2}(?P<quote>[\"'`(\[<]?)(?P<value>[^\s\"'`<>()\[\],;&]{4,})",
)
PLAIN = lazily(
    r"[A-Za-z][a-z]*(?:['/_.-][A-Za-z]?[a-z]+)*[.,:;!?]?|[A-Z]+(?:[_-][A-Z]+)*[.,:;!?]?|[A-Za-z]+[a-z](?:[A-Z][a-z]+)+[.,:;!?]?"
)
KEY_ENDS = lazily(r"[\"']\s{0,3}:")
INNER = lazily(r"[A-Za-z][\w.-]{0,40}=[^=\s].*")
WORD = lazily(r"[a-z]+[.,;!?]?")
# Behind a name's colon these are said about it.
SAID = frozenset(
    "absent accepted allowed bad blank cached changed check created deleted denied disabled empty enabled error"
    " exists expired failed failure false found hidden ignored incorrect invalid loaded lost malformed masked"
    " mismatch missing needed new no none not null ok okay old omitted optional parameter present provided read"
    " redacted refused rejected removed required reset revoked rotated saved set skipped success true unauthorized"
    " undefined unexpected unknown unset unsupported updated used valid verified wrong yes".split()
)
#: A name alone has none of these.
SIGNS = frozenset("=:>%, \t\n\r\f\v")
#: The roots of names in SPOKEN and in SCHEME.
SPEAKING = frozenset(
    {"pass", "pw", "pin", "otp", "secret", "token", "key", "cred", "code", "identified"}
)
SCHEMES = frozenset({"bearer", "basic", "splunk", "key", "token", "auth", "ssws"})
#: Letters of a word that is no word of a sentence.
LONG = 12
#: Names whose values people choose as words.
CHOSEN = ("pass", "pw", "kennwort")


def roots_in(text: str) -> list[str]:
    """The roots of names that a text in small letters has."""
    return [root for root in ROOTS if root in text]


def found(text: str, roots: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where secrets stand in a text with these roots by what stands before them, in no order."""
    near = set(roots)
    if SIGNS.isdisjoint(text):
        return
    yield from _named(text)
    if "alue" in text:
        for match in PAIRED.finditer(text):
            value = match.lastgroup or "bare"
            if match["name"] not in {"key", "value"} and is_told(
                level(match["name"]), match[value]
            ):
                yield match.span(value)
    if "," in text:
        for match in LISTED.finditer(text):
            weight = level(match["name"])
            # Words of a call may be a list of names.
            if is_told(min(weight, LIKELY) if match["call"] else weight, match["value"]):
                yield match.span("value")
    if not SPEAKING.isdisjoint(near):
        yield from _spoken(text)
    if not SCHEMES.isdisjoint(near):
        for match in SCHEME.finditer(text):
            if is_random(match["value"]):
                yield match.span("value")
    if "cookie" in near:
        for match in COOKIE.finditer(text):
            if not is_setting(match["value"]):
                yield match.span("value")


def _named(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in ASSIGNED.finditer(text):
        if match.start() < done:
            continue
        flag = match["flag"]
        name = flag or match["name"]
        weight = level(name)
        start = match.start()
        if not flag and start and text[start - 1] in "?&;":
            weight = weight or QUERY.get(name.lower(), NOTHING)
        if not weight:
            continue
        sign = match["sign"] or ""
        # The resource of an ARN: `arn:aws:secretsmanager:…:secret:shop`.
        if sign == ":" and text.startswith(":", max(start - 1, 0)):
            continue
        quote = match["apart"] or match["quote"] or ("<" if sign == ">" else "")
        found = VALUES[quote].match(text, match.end())
        if found is None:
            continue
        # A name that is quoted behind a word: `keep it in a secret: "secrets": […]`.
        if quote in {'"', "'"} and KEY_ENDS.match(text, found.end()):
            continue
        value = found[0]
        if _is_told(
            text, found, name, weight, spoken=not quote and sign.startswith(":") and sign != ":"
        ):
            yield found.span()
            done = found.end()
        elif is_url(value):
            done = match.end()


def _is_told(text: str, found: re.Match[str], name: str, weight: int, *, spoken: bool) -> bool:
    """Whether what stands behind a name is its secret."""
    value = found[0]
    if spoken and INNER.fullmatch(value):
        return False
    if spoken and PLAIN.fullmatch(value.rpartition(" ")[2]):
        word = value.rpartition(" ")[2]
        chosen = any(root in name.lower() for root in CHOSEN) and WORD.fullmatch(word)
        # No word that is said about a secret is as long, and alone.
        long = weight == SECRET and len(word) >= LONG and word.isalpha()
        if chosen or (long and not word.endswith(("Denied", "Error", "Exception"))):
            rest = text[found.end() : found.end() + 2].strip(" ")
            return not rest[:1].isalnum() and word.strip(".,;!?").lower() not in SAID
        return weight > RANDOM and is_random(value)
    return is_told(weight, value)


def is_told(weight: int, value: str) -> bool:
    """Whether the value of a name of this weight (see `names.level`) is secret."""
    if weight == NOTHING or is_url(value):
        return False
    if weight == RANDOM:
        return is_random(value)
    return not (is_setting(value) if weight == LIKELY else is_reference(value))


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    # Small letters take half as long to compile; of the one letter the small form is two characters.
    for match in SPOKEN.finditer(text.replace("\u0130", "I").lower()):
        start, end = match.span("value")
        value = text[start:end].rstrip(".,;:!?")
        name = match["name"]
        if is_reference(value) or is_url(value) or value.startswith("arn:"):
            continue
        if is_random(value) or (
            name.startswith(("pass", "pw", "identified", "pin", "otp")) and _is_chosen(value)
        ):
            yield start, start + len(value)


def _is_chosen(value: str) -> bool:
    """Whether a word of a sentence is no word of the language: it has letters and digits, or signs."""
    return any(letter.isdigit() for letter in value) and not is_setting(value)
