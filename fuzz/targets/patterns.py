"""Patterns of strangers: they end, they never raise, and they agree with a plain reading."""

from __future__ import annotations

import re

from fargate_lint.ecs import iam
from fargate_lint.ecs.image import Image
from fargate_lint.launch import onigmo, routing
from fargate_lint.lint.globs import glob_pattern
from fuzz import seeds
from fuzz.target import Broken, Target, joined, parts, text_of

VERSIONS = ("1.9.10", "5.0.9")
MATCHES = "tests/data/fluent-bit/match.json"
#: Longer texts are not compared, since `re` may take for ever.
COMPARED = 40


def regular_expression(data: bytes) -> None:
    """A regular expression of Fluent Bit, and a text."""
    pattern, text = map(text_of, parts(data, 2))
    for version in VERSIONS:
        compiled = onigmo.compile(pattern, version)
        if compiled is None:
            continue
        for ask in (compiled.search, compiled.match):
            try:
                found = ask(text)
            except onigmo.Undecided:
                continue
            if found is not None and not 0 <= found.start <= found.end <= len(text):
                raise Broken("a match lies outside the text")


def tag_match(data: bytes) -> None:
    """`Match` and `Match_Regex`, and a tag."""
    pattern, tag = map(text_of, parts(data, 2))
    found = routing.match(pattern, tag)
    if len(pattern) + len(tag) <= COMPARED and pattern.count("*") <= 4:
        wanted = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), tag, re.DOTALL)
        if found != (wanted is not None):
            raise Broken(f"Match says {found}")
    for version in VERSIONS:
        routing.match_regex(pattern, tag, version)


def glob(data: bytes) -> None:
    """A glob of the configuration, and a path."""
    pattern, path = map(text_of, parts(data, 2))
    glob_pattern(pattern).match(path)


def image(data: bytes) -> None:
    """A reference to an image: its parts are parts of its text."""
    text = text_of(data)
    found = Image(text)
    if not all(part in text for part in (found.tag, found.digest, found.name)):
        raise Broken("a part is not in the text")
    if found.private_ecr and found.private_ecr[0] not in text:
        raise Broken("the account is not in the text")


def arn(data: bytes) -> None:
    """A pattern of a policy, and an ARN: certain and possible matches."""
    pattern, subject = map(text_of, parts(data, 2))
    covers, overlaps = iam.covers(pattern, subject), iam.overlaps(pattern, subject)
    if covers and not overlaps:
        raise Broken("it surely matches, but it may not")
    short = len(pattern) + len(subject) <= 4 * COMPARED and pattern.count("*") <= 4
    if short and "*" not in subject:
        parts_of = {"*": ".*", "?": "."}
        exact = "".join(parts_of.get(sign) or re.escape(sign) for sign in pattern)
        wanted = re.fullmatch(exact, subject, re.DOTALL) is not None
        if (covers, overlaps) != (wanted, wanted):
            raise Broken(f"it matches: {wanted}, but {covers} and {overlaps} are said")


ARNS = (
    (
        "arn:aws:logs:*:111122223333:log-group:/ecs/*",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/shop",
    ),
    ("arn:aws:s3:::logs-*/??", "arn:aws:s3:::logs-shop/ab"),
    ("*", "arn:aws:kms:us-east-1:*:key/*"),
    (
        "arn:aws:secretsmanager:*:*:secret:shop/*-??????",
        "arn:aws:secretsmanager:eu-west-1:1:secret:shop/key-AbCdEf",
    ),
)
GLOBS = (
    ("legacy/**", "legacy/a/task.json"),
    ("*.json", "a/b.json"),
    ("**/*", "a/b/c"),
    ("a?/", "ab/c.yaml"),
)

TARGETS = {
    "regex": Target(
        regular_expression,
        lambda: (joined(*pair) for pair in seeds.cases(MATCHES, "pattern", "tag")),
        longest=600,
        share=1,
    ),
    "match": Target(
        tag_match,
        lambda: (joined(*pair) for pair in seeds.cases(MATCHES, "pattern", "tag")),
        longest=300,
        share=1,
    ),
    "glob": Target(glob, lambda: (joined(*pair) for pair in GLOBS), longest=120, share=1),
    "image": Target(image, seeds.images, longest=300, share=1),
    "arn": Target(arn, lambda: (joined(*pair) for pair in ARNS), longest=600, share=1),
}
