"""The findings as one JSON object, for programs: version 1 of the contract."""

from __future__ import annotations

from json import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TextIO

    from fargate_lint.lint.summary import Summary

VERSION = 1


def write(summary: Summary, stream: TextIO, *, statistics: bool) -> None:
    """Write `{"version", "findings", "summary"}`, one finding on a line.

    `statistics` adds `"statistics"`: code, name and count of each rule that found something.
    Suppressed findings, if any are to be shown, are in `"suppressed"`.
    """
    stream.write(f'{{\n  "version": {VERSION},\n  "findings": [')
    write_list(stream, (finding.as_json() for finding in summary.findings))
    if summary.suppressed:
        stream.write('],\n  "suppressed": [')
        write_list(stream, (finding.as_json() for finding in summary.suppressed))
    if statistics:
        from fargate_lint.report.findings.statistics import counts  # noqa: PLC0415  (rarely asked for)

        stream.write('],\n  "statistics": [')
        write_list(stream, counts(summary.findings))
    totals = {
        "files": summary.files,
        "errors": summary.counts["error"],
        "warnings": summary.counts["warning"],
        "infos": summary.counts["info"],
        "hidden": summary.hidden,
        "definitions": summary.kinds,
        "unjudged": list(_unjudged(summary)) if summary.unjudged else [],
    }
    stream.write(f'],\n  "summary": {dumps(totals)}\n}}\n')


def _unjudged(summary: Summary) -> Iterable[dict[str, str]]:
    """The definitions that were not judged, each with its file and why."""
    from fargate_lint.lint.mask.redact import free  # noqa: PLC0415  (few files have any)

    return ({"file": free(file), "message": free(why)} for file, why in summary.unjudged)


def write_list(stream: TextIO, items: Iterable[dict[str, Any]], indent: int = 4) -> None:
    """Write what stands in the brackets of a list, an item on a line: there may be many."""
    end = ""
    for item in items:
        # Escapes beyond ASCII, so that no encoding of a pipe can spoil it.
        stream.write(f"{',' if end else ''}\n{' ' * indent}{dumps(item)}")
        end = "\n" + " " * (indent - 2)
    stream.write(end)
