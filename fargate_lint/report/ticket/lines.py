"""The lines of what was given, for a page: each with its number, what is said of it, and an id."""

from __future__ import annotations

from itertools import pairwise

from fargate_lint.lint.mask.redact import mask_of
from fargate_lint.report.terminal import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fargate_lint.diagnose.evidence import Evidence
    from fargate_lint.diagnose.tally import Tally
    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.source.document import Document

#: Lines of a definition that are shown around what matters, and lines of a whole one.
AROUND = 6
WHOLE = 600
#: Lines around a place in what ECS says, and around one in a log (as far as these were kept).
NEAR = 3
LONGEST = 600


class Row:
    """A line: `mark` is `decisive` (the first verdict rests on it), `named` (another), or "".

    `gap`: lines before it are left out. `notes` stand below it. `id` is unique in the page.
    """

    __slots__ = ("gap", "id", "mark", "notes", "number", "text")

    def __init__(self, number: int, text: str, mark: str = "", notes: Iterable[str] = ()) -> None:
        self.number = number
        self.text = text
        self.mark = mark
        self.notes = list(notes)
        self.gap = False
        self.id = ""


class Listing:
    """The lines of a file under its name."""

    __slots__ = ("marked", "name", "rows")

    def __init__(self, name: str, rows: list[Row]) -> None:
        self.name = name
        self.rows = rows
        #: Whether there is more to see than the lines themselves.
        self.marked = any(row.mark for row in rows)


class Listings:
    """All that was given, line by line, with marks on what verdicts rest on."""

    def __init__(self, found: Diagnosis) -> None:
        self._found = found
        self._evidence = [
            (one, "decisive" if verdict is found.verdicts[0] else "named")
            for verdict in found.verdicts
            if verdict.status != "ruled-out"
            for one in verdict.evidence
        ]
        #: The ids of rows by the places that they show, such as `task.json:17`.
        self.ids: dict[str, str] = {}
        self.definitions = [
            self._named(f"d{index}", self._definition(document))
            for index, document in enumerate(found.case.documents, 1)
        ]
        self.excerpts = [
            self._named(f"l{index}", listing) for index, listing in enumerate(self._excerpts(), 1)
        ]

    def shown(self, text: str) -> str:
        """`text` as it may be seen: other names, no control characters, not too long."""
        text = self._found.rename(text.expandtabs(4))
        return escape(text if len(text) <= LONGEST else text[:LONGEST] + "…")

    def _named(self, prefix: str, listing: Listing) -> Listing:
        """The listing with ids on its rows."""
        for row in listing.rows:
            place = f"{listing.name}:{row.number}"
            if place not in self.ids:
                row.id = self.ids[place] = f"{prefix}-{row.number}"
        return listing

    def _definition(self, document: Document) -> Listing:
        """A task definition with what speaks of its lines."""
        notes: dict[int, list[str]] = {}
        marks: dict[int, str] = {}
        for one, mark in self._evidence:
            if one.file == document.name and one.line and one.kind in {"finding", "launch"}:
                notes.setdefault(one.line, []).append(one.text)
                marks.setdefault(one.line, mark)
        for finding in self._found.findings:
            if finding.file == document.name:
                notes.setdefault(finding.start[0], []).append(finding.message)
                marks.setdefault(finding.start[0], "named")
        count = document.text.count("\n") + 1
        near = {number + step for number in notes for step in range(-AROUND, AROUND + 1)}
        numbers = [number for number in range(1, count + 1) if count <= WHOLE or number in near]
        if numbers and numbers[-1] == count and not document.line(count):
            numbers.pop()
        return Listing(document.name, self._rows(document, numbers, marks, notes))

    def _rows(
        self,
        document: Document,
        numbers: Iterable[int],
        marks: dict[int, str],
        notes: dict[int, list[str]],
    ) -> list[Row]:
        mask = mask_of(document)
        hide = self._found.case.mask.hide
        rows: list[Row] = []
        for number in numbers:
            said = dict.fromkeys(notes.get(number, ()))
            row = Row(number, self.shown(hide(mask.line(number))), marks.get(number, ""), said)
            row.gap = bool(rows) and number > rows[-1].number + 1
            rows.append(row)
        return rows

    def _excerpts(self) -> Iterator[Listing]:
        """For each log, and for each file with what ECS says, the lines that mean something."""
        files: dict[str, list[tuple[Evidence, str]]] = {}
        for one, mark in self._evidence:
            if one.kind in {"log", "stop"} and one.line:
                files.setdefault(one.file, []).append((one, mark))
        case = self._found.case
        documents = {
            state.document.name: state.document
            for state in case.states
            if state.document is not None
        }
        for name, evidence in files.items():
            document = documents.get(name)
            if document is not None:
                yield Listing(name, self._stopped(document, evidence))
            else:
                yield Listing(name, self._log(case.tally, evidence))

    def _stopped(self, document: Document, evidence: list[tuple[Evidence, str]]) -> list[Row]:
        """Lines of what `describe-tasks` and the like print."""
        marks: dict[int, str] = {}
        notes: dict[int, list[str]] = {}
        for one, mark in evidence:
            marks.setdefault(one.line, mark)
            notes.setdefault(one.line, []).append(one.text)
        count = document.text.count("\n") + 1
        numbers = sorted({
            number
            for line in marks
            for number in range(max(line - NEAR, 1), min(line + NEAR, count) + 1)
            if document.line(number).strip()
        })  # fmt: skip
        rows = self._rows(document, numbers, marks, notes)
        depth = min((len(row.text) - len(row.text.lstrip()) for row in rows), default=0)
        for row in rows:
            row.text = row.text[depth:]
        return rows

    def _log(self, tally: Tally, evidence: list[tuple[Evidence, str]]) -> list[Row]:
        """Lines of a log, with those around them."""
        mask = self._found.case.mask
        places: dict[int, list[int]] = {}
        for place, line in tally.near.items():
            if line.file == evidence[0][0].file:
                places.setdefault(line.number, []).append(place)
        marks: dict[int, str] = {}
        alone: dict[tuple[int, str], Row] = {}
        for one, mark in evidence:
            fits = (
                place
                for place in places.get(one.line, ())
                if self._found.rename(mask.text(tally.near[place].text)) == one.text
            )
            place = next(fits, 0)
            if place:
                marks.setdefault(place, mark)
            else:
                alone.setdefault((one.line, one.text), Row(one.line, self.shown(one.text), mark))
        blocks = [[row] for row in alone.values()]
        for run in _runs(tally, marks):
            lines = [tally.near[place] for place in run]
            texts = mask.excerpt(line.text for line in lines)
            blocks.append([
                Row(line.number, self.shown(text), marks.get(place, ""))
                for place, line, text in zip(run, lines, texts, strict=True)
            ])  # fmt: skip
        blocks.sort(key=lambda block: block[0].number)
        for before, block in pairwise(blocks):
            block[0].gap = block[0].number > before[-1].number + 1
        return [row for block in blocks for row in block]


def _runs(tally: Tally, marked: Iterable[int]) -> list[list[int]]:
    """The places of these lines and of those around them that were kept, in runs without a gap."""
    found: list[list[int]] = []
    around = range(-NEAR, NEAR + 1)
    near = {mark: tally.near[mark].file for mark in marked}
    places = {mark + step: file for mark, file in near.items() for step in around}
    for place in sorted(places):
        line = tally.near.get(place)
        if line is None or line.file != places[place]:
            continue
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found
