"""Who reaches whom in a router, as shapes to draw: boxes in three columns, and lines."""

from __future__ import annotations

from fargate_lint.report.routes import Names, lanes, target, unreached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.launch.pipeline import Pipeline

WIDTH = 230
HEIGHT = 44
GAP = 14
COLUMN = 320
LONGEST = 30


def drawn(pipeline: Pipeline) -> dict[str, Any]:
    """`{"width", "height", "boxes", "lines"}` in pixels: sources, filters on the way, outputs."""
    names = Names(pipeline)
    boxes: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    places: dict[int, dict[str, Any]] = {}
    silent = set(unreached(pipeline))
    for index, name in enumerate(names.outputs):
        kind = "silent" if index in silent else "output"
        text = target(pipeline.outputs[index])
        places[index] = _box(boxes, 2, len(places), name, text, kind)
    for row, lane in enumerate(lanes(pipeline)):
        sources = ", ".join(name for _, name in lane.sources)
        source = _box(boxes, 0, row, sources, ", ".join(lane.tags), lane.sources[0][0])
        start = source["x"] + WIDTH, source["y"] + HEIGHT // 2
        if lane.filters:
            passed = ", ".join(names.filters[index] for index in lane.filters)
            middle = _box(boxes, 1, row, passed, "filters", "filter")
            lines.append(_line(start, middle, unsure=False))
            start = middle["x"] + WIDTH, middle["y"] + HEIGHT // 2
        lines += [
            _line(start, places[index], unsure=index in lane.unsure_outputs)
            for index in lane.outputs
        ]
    height = max((box["y"] for box in boxes), default=0) + HEIGHT + GAP
    return {"width": 2 * COLUMN + WIDTH + 2, "height": height, "boxes": boxes, "lines": lines}


def _box(
    boxes: list[dict[str, Any]], column: int, row: int, name: str, text: str, kind: str
) -> dict[str, Any]:
    box = {
        "x": column * COLUMN + 1,
        "y": row * (HEIGHT + GAP) + 1,
        "width": WIDTH,
        "height": HEIGHT,
        "name": _short(name),
        "text": _short(text),
        "kind": kind,
    }
    boxes.append(box)
    return box


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _line(start: tuple[int, int], box: dict[str, Any], *, unsure: bool) -> dict[str, Any]:
    x, y = start
    to_x, to_y = box["x"], box["y"] + HEIGHT // 2
    half = (x + to_x) // 2
    return {"path": f"M{x} {y} C{half} {y} {half} {to_y} {to_x} {to_y}", "unsure": unsure}
