"""What a reader of JSON has built so far: open brackets, values, where they stand."""

from __future__ import annotations

from fargate_lint.source.document import DEEPEST, Span
from fargate_lint.source.tokens import Tokens
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Path
    from fargate_lint.source.tokens import Token

#: What may come next in an object or a list (which has no KEY).
KEY, VALUE, AFTER = range(3)


class TooDeep(Exception):
    """The text nests deeper than anything that is meant."""


class Frame:
    """A list or an object that is being read; the document itself is the outermost list.

    `state` is what may come next. `loose` says that an ellipsis or a statement of a template came
    last, beside which a comma may be missing or too many; `gap` is where the first such stands.
    """

    __slots__ = (
        "also", "closer", "comma", "end", "gap", "implicit", "key", "key_span", "last", "loose",
        "path", "places", "shaped", "start", "state", "value",
    )  # fmt: skip

    def __init__(self, closer: str, start: int, path: Path) -> None:
        self.closer = closer
        self.also = ""
        self.start = start
        self.path = path
        self.value: Any = {} if closer == "}" else []
        self.state = KEY if closer == "}" else VALUE
        self.key = ""
        self.key_span: tuple[int, int] | None = None
        self.places: dict[str, tuple[int, int]] = {}
        self.comma: Token | None = None
        self.last = start
        self.end = start + 1
        self.loose = False
        self.shaped = False
        self.gap: tuple[int, int] | None = None
        self.implicit = False


class Structure:
    """The stack of what is open; the outermost list holds the document's value or values.

    `spans` has where each value stands, by its path. `partial` has the paths of the objects and
    lists that a template or an ellipsis leaves open.
    """

    def __init__(self, text: str, *, relaxed: bool) -> None:
        self.text = text
        self.tokens = Tokens(text, relaxed=relaxed)
        self.spans: dict[Path, Span] = {}
        self.partial: set[Path] = set()
        self.root = Frame("", 0, ())
        self.stack = [self.root]
        #: The end of the last token that was taken.
        self.last = 0

    def path(self) -> Path:
        """The path of the value that comes next."""
        frame = self.stack[-1]
        if frame.closer == "}":
            return (*frame.path, frame.key)
        if frame is self.root and not frame.value:
            return ()
        return (*frame.path, len(frame.value))

    def put(self, value: Any, start: int, end: int) -> None:
        """Add a value to what is open."""
        frame = self.stack[-1]
        self.spans[self.path()] = Span(frame.key_span, (start, end))
        if frame.closer == "}":
            # Branches of a template give one key two values.
            if frame.shaped and frame.key in frame.value:
                value = Unknown(self.text[start:end])
            frame.value[frame.key] = value
        else:
            frame.value.append(value)
        frame.state, frame.comma, frame.loose = AFTER, None, False
        frame.last, frame.end = start, end

    def push(self, closer: str, start: int, path: Path) -> Frame:
        """Open an object or a list."""
        frame = Frame(closer, start, path)
        self.stack.append(frame)
        if len(self.stack) > DEEPEST + 1:
            raise TooDeep
        return frame

    def pop(self, end: int) -> None:
        """Close what was opened last and add it to what is around it."""
        frame = self.stack.pop()
        if frame.gap is not None:
            self.partial.add(frame.path)
            if frame.closer == "]":
                self._append_unknown(frame, frame.gap)
        self.put(frame.value, frame.start, end)

    def _append_unknown(self, frame: Frame, gap: tuple[int, int]) -> None:
        self.spans[(*frame.path, len(frame.value))] = Span(None, gap)
        frame.value.append(Unknown(self.text[slice(*gap)] or "..."))

    def make_room(self) -> None:
        """Begin a list of values at the outermost level, unless it holds none or several."""
        root = self.root
        if len(root.value) != 1:
            return
        root.start = root.last
        self.tokens.fault(
            "wrapper-missing",
            "several values stand side by side",
            root.start,
            root.start + 1,
            "put [ and ] around all of them",
        )
        self.spans = {(0, *path): span for path, span in self.spans.items()}
        self.partial = {(0, *path) for path in self.partial}

    def result(self) -> Any:
        """The document's value, once everything is closed."""
        root = self.root
        if len(root.value) < 2:
            return root.value[0] if root.value else Unknown()
        if root.gap is not None:
            self.partial.add(())
            self._append_unknown(root, root.gap)
        self.spans[()] = Span(None, (root.start, root.end))
        return root.value
