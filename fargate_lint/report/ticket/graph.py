"""Who reaches whom in a router, as shapes to draw: boxes in three columns, and lines."""

from __future__ import annotations

from fargate_lint.report.launch.routes import Names, lanes, target, unreached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from fargate_lint.launch.pipeline import Pipeline
    from fargate_lint.report.launch.routes import Lane

    Box = dict[str, Any]

WIDTH = 230
LINE = 17
PADDING = 9
GAP = 14
COLUMN = 320
LONGEST = 30
LEGEND = {
    "lost": "A dashed box on the left: what it sends reaches no output.",
    "silent": "A dashed box on the right: nothing reaches it.",
    "unsure": "A dashed line: not known whether.",
}
#: Names in a box, before the rest is only counted.
NAMES = 4


class Picture:
    """Boxes and lines in pixels.

    A box has `x`, `y`, `width`, `height`, `texts` ((y, text, whether small) each), and a `kind`:
    that of its source, `filter`, `output`; `silent` for an output that nothing reaches, `lost` for
    a source whose records reach none. A line has a `path`, and is `unsure` or not.
    """

    __slots__ = ("_ends", "_shown", "boxes", "lines")

    def __init__(self, pipeline: Pipeline, shown: Callable[[str], str] = str) -> None:
        self.boxes: list[Box] = []
        self.lines: list[dict[str, Any]] = []
        self._shown = shown
        #: Where each column ends.
        self._ends = [1, 1, 1]
        names = Names(pipeline)
        silent = set(unreached(pipeline))
        outputs = [
            self._box(2, [name], target(section), "silent" if index in silent else "output")
            for index, (name, section) in enumerate(
                zip(names.outputs, pipeline.outputs, strict=True)
            )
        ]
        for lane in lanes(pipeline):
            self._lane(lane, names, outputs)

    @property
    def width(self) -> int:
        """Of all columns."""
        return 2 * COLUMN + WIDTH + 2

    @property
    def height(self) -> int:
        """Of the longest column."""
        return max(self._ends)

    @property
    def legend(self) -> list[str]:
        """What is dashed, and why."""
        kinds = {box["kind"] for box in self.boxes}
        kinds |= {"unsure" for line in self.lines if line["unsure"]}
        return [text for kind, text in LEGEND.items() if kind in kinds]

    def _lane(self, lane: Lane, names: Names, outputs: Sequence[Box]) -> None:
        # Boxes of a lane begin side by side.
        self._ends[0] = self._ends[1] = max(self._ends[:2])
        kind = lane.sources[0][0] if lane.outputs else "lost"
        sources = [name for _, name in lane.sources]
        before = self._box(0, sources, ", ".join(lane.tags), kind)
        if lane.filters:
            middle = self._box(1, [names.filters[at] for at in lane.filters], "", "filter")
            self._line(before, middle, unsure=False)
            before = middle
        for at in lane.outputs:
            self._line(before, outputs[at], unsure=at in lane.unsure_outputs)

    def _box(self, column: int, names: Sequence[str], text: str, kind: str) -> Box:
        shown = list(names) if len(names) <= NAMES else [*names[: NAMES - 1]]
        texts = [(name, False) for name in shown]
        if len(names) > len(shown):
            texts.append((f"and {len(names) - len(shown)} more", True))
        if text:
            texts.append((text, True))
        y = self._ends[column]
        height = len(texts) * LINE + 2 * PADDING
        self._ends[column] = y + height + GAP
        box = {
            "x": column * COLUMN + 1,
            "y": y,
            "width": WIDTH,
            "height": height,
            "texts": [
                (y + PADDING + index * LINE + 13, _short(self._shown(one)), small)
                for index, (one, small) in enumerate(texts)
            ],
            "kind": kind,
        }
        self.boxes.append(box)
        return box

    def _line(self, start: Box, end: Box, *, unsure: bool) -> None:
        x, y = start["x"] + WIDTH, start["y"] + start["height"] // 2
        to_x, to_y = end["x"], end["y"] + end["height"] // 2
        half = (x + to_x) // 2
        path = f"M{x} {y} C{half} {y} {half} {to_y} {to_x} {to_y}"
        self.lines.append({"path": path, "unsure": unsure})


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
