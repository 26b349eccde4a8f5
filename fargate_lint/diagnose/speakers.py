"""Who printed a line: the router heads its lines in ways of its own."""

from __future__ import annotations

from fargate_lint.source.patterns import lazily

# How Fluent Bit, its libraries, the Go plug-ins and Fluentd begin or head their lines; the first
# characters may be cut off.
ROUTER_HEAD = lazily(
    r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d[.\d]*\]|\[ *(?:debug|error|info|trace|warn)\]|\[ Error\]"
    r"|rror\] \[|errno=\d+\]|level=\w+ (?:msg=\S?\"\[|(?:ts=\S+ )?caller=client\.go)"
    r"|error_class=|(?:^|/)fluent-bit: "
    r"|\[(?:engine|fluent bit|lib|net|output|tls)\b"
)

# An error as Fluent Bit and Fluentd mark theirs.
ROUTER_ERROR = lazily(r"(?:\[ *e|^e?)rror\] +(?:\[|#?\d|[\w\"'])|\[error\]: ")


def is_error(text: str) -> bool:
    """Whether a line is an error of the router."""
    return ROUTER_ERROR.search(text, 0, 400) is not None


def of_router(text: str) -> bool:
    """Whether a line is headed as the router's are."""
    return ROUTER_HEAD.search(text, 0, 400) is not None
