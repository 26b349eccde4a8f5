"""A diagnosis as one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

import os
import re

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from fargate_lint.launch import stages
from fargate_lint.lint.redact import mask_of
from fargate_lint.report.html import FOLDER
from fargate_lint.report.masking import LaunchMask
from fargate_lint.report.origin import Origins
from fargate_lint.report.terminal import escape
from fargate_lint.report.ticket import given, parts, status, sureness
from fargate_lint.report.ticket_graph import drawn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TextIO

    from fargate_lint.diagnose.verdict import Diagnosis, Evidence
    from fargate_lint.launch import Launch
    from fargate_lint.source.document import Document

#: Lines of a definition that are shown around what matters, and lines of a whole one.
AROUND = 6
WHOLE = 600
LONGEST = 400
CODE = re.compile(r"`([^`]+)`")


def write(found: Diagnosis, stream: TextIO) -> None:
    """Write the page. Everything that was given is escaped."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["words"] = _words
    template = environment.get_template("ticket.html")
    page = _Page(found)
    stream.write(
        template.render(
            headline=found.headline,
            status=status(found),
            sureness=sureness(found),
            parts=list(parts(found)),
            definitions=list(page.definitions()),
            excerpts=list(page.excerpts()),
            launches=list(page.launches()),
            given=given(found),
            style=Markup(_own("style.css") + _own("ticket.css")),  # noqa: S704  (files of ours)
        )
        + "\n"
    )


def _own(name: str) -> str:
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def _words(text: str) -> Markup:
    """Text in which what stands in backticks is code."""
    pieces = CODE.split(escape(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if index % 2 else piece
        for index, piece in enumerate(pieces)
    )


class _Page:
    """The parts of the page that show what was given."""

    def __init__(self, found: Diagnosis) -> None:
        self.found = found
        self.evidence = [
            (one, verdict is found.verdicts[0])
            for verdict in found.verdicts
            if verdict.status != "ruled-out"
            for one in verdict.evidence
        ]

    def definitions(self) -> Iterator[dict[str, Any]]:
        """Each task definition with what speaks of its lines."""
        for document in self.found.case.documents:
            notes: dict[int, list[str]] = {}
            for one, _ in self.evidence:
                if one.file == document.name and one.line and one.kind in {"finding", "launch"}:
                    notes.setdefault(one.line, []).append(one.text)
            for finding in self.found.findings:
                if finding.file == document.name:
                    notes.setdefault(finding.start[0], []).append(finding.message)
            lines = list(self._lines(document, notes))
            yield {"name": document.name, "lines": lines, "marked": bool(notes)}

    def _lines(self, document: Document, notes: dict[int, list[str]]) -> Iterator[dict[str, Any]]:
        mask = mask_of(document)
        count = document.text.count("\n") + 1
        shown = range(1, count + 1)
        near = {number + near for number in notes for near in range(-AROUND, AROUND + 1)}
        last = 0
        for number in shown:
            if count > WHOLE and number not in near:
                continue
            text = mask.line(number)
            if number == count and not text:
                break
            yield {
                "number": number,
                "text": self._shown(text),
                "notes": list(dict.fromkeys(notes.get(number, ()))),
                "gap": bool(last) and number > last + 1,
            }
            last = number

    def excerpts(self) -> Iterator[dict[str, Any]]:
        """The lines of each log, and of what ECS says, that mean something."""
        files: dict[str, dict[int, tuple[Evidence, bool]]] = {}
        for one, decisive in self.evidence:
            if one.kind in {"log", "stop"} and one.line:
                lines = files.setdefault(one.file, {})
                lines[one.line] = (one, decisive or lines.get(one.line, (one, False))[1])
        for name, lines in files.items():
            yield {
                "name": name,
                "lines": [
                    {"number": number, "text": self._shown(one.text), "decisive": decisive}
                    for number, (one, decisive) in sorted(lines.items())
                ],
            }

    def launches(self) -> Iterator[dict[str, Any]]:
        """For each launch, the final configuration with origins, and a picture of its routes."""
        for launch in self.found.case.launches:
            if launch.pipeline is None:
                continue
            yield {
                "family": launch.task.family,
                "lines": list(self._configuration(launch)),
                "graph": self._graph(launch),
            }

    def _configuration(self, launch: Launch) -> Iterator[dict[str, str]]:
        stage = stages.final(launch)
        mask, origins = LaunchMask(launch), Origins(launch)
        for line in stage.lines or ():
            origin = origins.plain(line.origin) if line.origin is not None else None
            where = f"{origin['file']}:{origin['line']}" if origin and origin["line"] else ""
            yield {"text": self._shown(mask.file(line.text).rstrip("\n")), "origin": where}

    def _graph(self, launch: Launch) -> dict[str, Any] | None:
        if launch.pipeline is None or not launch.pipeline.outputs:
            return None
        graph = drawn(launch.pipeline)
        mask = LaunchMask(launch)
        for box in graph["boxes"]:
            box["name"] = self._shown(mask.text(box["name"]))
            box["text"] = self._shown(mask.text(box["text"]))
        return graph

    def _shown(self, text: str) -> str:
        text = self.found.rename(text.expandtabs(4))
        return escape(text if len(text) <= LONGEST else text[:LONGEST] + "…")
