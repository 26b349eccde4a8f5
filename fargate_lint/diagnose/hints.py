"""Clues of lines that say little by themselves, for when nothing else says more."""

from __future__ import annotations

import re

from fargate_lint.diagnose import weights
from fargate_lint.diagnose.evidence import Clue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.case import Case

#: The causes that may be behind each signature, with their weights.
HINTS = {
    "sign-failed": (("no-aws-credentials", weights.HINT_SIGNING),),
    "mem-resume": (("mem-buf-limit-reached", weights.HINT_BUFFERS),),
    "cw-create-stream": (
        ("task-role-permission-missing", weights.HINT_STREAM_DENIED),
        ("aws-endpoint-unreachable", weights.HINT_STREAM_UNREACHABLE),
    ),
    "essential-exited": (
        ("essential-sidecar-exited", weights.END_UNKNOWN_SIDECAR),
        ("application-exited", weights.END_UNKNOWN_APPLICATION),
    ),
    "failed-to-start": (("provisioning-failed", weights.ECS_NOT_STARTED),),
    "imds": (("no-aws-credentials", weights.HINT_METADATA),),
}
#: Steps of the search for credentials: harmless if the start goes on.
CREDENTIAL_SEARCH = frozenset({"imds", "sign-failed"})
#: The causes that words of an unknown error of the router point to, the most specific first.
CAUSES_BY_WORDS = (
    (r"certificate|\btls\b|\bssl\b|x509", "tls-failure"),
    (r"credential|assume.?role|\bsts\b", "no-aws-credentials"),
    (r"unauthori[sz]ed|forbidden|access.?denied|not authorized", "destination-access-denied"),
    (r"shared_key|(?:invalid|wrong|bad) \S*(?:key|token|password)", "destination-access-denied"),
    (
        r"too (?:large|big|long)|exceed|(?:larger|greater) than|max(?:imum)? size",
        "record-too-large",
    ),
    (r"throttl|rate.?limit|too many requests|quota", "destination-throttled"),
    (r"resolv|getaddrinfo|\bdns\b", "destination-host-unresolvable"),
    (r"too many open", "too-many-open-files"),
    (r"no space|read-only|\bdisk\b|sqlite|sqldb|\[storage\]", "storage-unusable"),
    (r"alloc|out of memory", "out-of-memory"),
    (
        r"connect|time[d -]?out|refused|unreachable|socket|brokers? (?:are|is) down|transport fail",
        "destination-unreachable",
    ),
    (r"\bparser\b", "parser-not-found"),
    (r"\[config\]|configuration file|\byaml\b|syntax", "config-syntax-error"),
    (r"msgpack|reject|malformed|mapping|schema|encod|decod", "destination-rejects-records"),
    (r"is required|missing|not (?:set|defined|configured|specified)", "required-option-missing"),
    (r"invalid|unknown|unsupported|unrecogni[sz]ed|cannot load|luajit", "option-value-invalid"),
    (r"\bresponse\b|unavailable|bad gateway|fatal error|failed to produce", "destination-error"),
)
#: The scheme of an address, whose words do not count: ssl://broker:9096.
SCHEME = re.compile(r"\b[a-z][a-z0-9_]*://")


def clues(case: Case) -> Iterator[Clue]:
    """The clues of a log in which no line names a cause."""
    tally = case.tally
    if tally.all("healed") or any(one.oks for one in tally.deliveries.outputs.values()):
        return
    for name, causes in HINTS.items():
        for sighting in tally.named(name):
            if name in CREDENTIAL_SEARCH and tally.started is not None:
                continue
            evidence = [case.of_line(sighting.lines[0])]
            for cause, weight in causes:
                yield Clue(cause, weight, evidence, sighting.signature.means, certain=False)
    details = [line for one in tally.named("go-detail") for line in one.lines]
    for line in (*tally.unknown, *details):
        cause = _guess(line.text)
        if cause:
            note = "This error is not a known one; its words point here."
            evidence = [case.of_line(line)]
            yield Clue(cause, weights.HINT_WORDS, evidence, note, certain=False)


def _guess(text: str) -> str:
    """The cause that the words of an error point to, "" when they point nowhere."""
    plain = SCHEME.sub("", text[:500].lower())
    return next((cause for words, cause in CAUSES_BY_WORDS if re.search(words, plain)), "")
