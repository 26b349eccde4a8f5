"""A diagnosis as one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from fargate_lint.launch import stages
from fargate_lint.report.findings.html import FOLDER, in_ascii, own, words
from fargate_lint.report.launch.masking import LaunchMask
from fargate_lint.report.launch.origin import Origins
from fargate_lint.report.launch.routes import outline
from fargate_lint.report.terminal import escape
from fargate_lint.report.ticket.graph import Picture
from fargate_lint.report.ticket.lines import Listings
from fargate_lint.report.ticket.parts import given, parts, status, sureness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TextIO

    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.launch import Launch
    from fargate_lint.launch.pipeline import Pipeline

    Shown = Callable[[str], str]


def write(found: Diagnosis, stream: TextIO) -> None:
    """Write the page. Everything that was given is escaped."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["words"] = words
    environment.filters["shown"] = escape
    template = environment.get_template("ticket.html")
    listings = Listings(found)
    page = (
        template.render(
            headline=escape(found.headline),
            answer=found.answer,
            status=status(found),
            sureness=sureness(found),
            parts=list(parts(found)),
            ids=listings.ids,
            definitions=listings.definitions,
            excerpts=listings.excerpts,
            launches=list(_launches(found, listings.shown)),
            given=given(found),
            style=Markup(own("style.css") + own("ticket.css")),  # noqa: S704  (files of ours)
        )
        + "\n"
    )
    stream.write(in_ascii(page))


def _launches(found: Diagnosis, shown: Shown) -> Iterator[dict[str, Any]]:
    """For each launch, the final configuration with origins, and a picture of its routes."""
    for launch in found.case.launches:
        if launch.pipeline is not None:
            yield _launch(launch, launch.pipeline, shown)


def _launch(launch: Launch, pipeline: Pipeline, shown: Shown) -> dict[str, Any]:
    mask = LaunchMask(launch)

    def seen(text: str) -> str:
        return shown(mask.text(text))

    return {
        "family": shown(launch.task.family),
        "lines": list(_configuration(launch, shown)),
        "picture": Picture(pipeline, seen) if pipeline.outputs else None,
        "routes": [seen(line).replace(" -> ", " → ") for line in outline(pipeline)],
    }


def _configuration(launch: Launch, shown: Shown) -> Iterator[dict[str, str]]:
    stage = stages.final(launch)
    mask, origins = LaunchMask(launch), Origins(launch)
    for line in stage.lines or ():
        origin = origins.plain(line.origin) if line.origin is not None else None
        place = short = ""
        if origin is not None and origin["line"]:
            place = f"{origin['file']}:{origin['line']}"
            own = origin["file"] == launch.lens.document.name
            short = f"line {origin['line']}" if own else place
        text = shown(mask.file(line.text).rstrip("\n"))
        yield {"text": text, "place": place, "origin": short}
