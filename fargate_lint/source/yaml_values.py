"""From the events of a YAML parser to values and their places, never deeper or larger than sane."""

from __future__ import annotations

import re

import yaml

from fargate_lint.source import yaml_faults
from fargate_lint.source.document import DEEPEST, Fault, Span
from fargate_lint.source.unknown import Tagged, Unknown, may_be_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.document import Path
    from fargate_lint.source.yaml_template import Template

#: How many values all aliases of a document may stand for together: a task definition has fewer.
MOST_ALIASED = 20_000
MOST_FAULTS = 1000
#: Styles of scalars whose end is not that of their last line.
_BLOCKS = frozenset("|>")
_CORE = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
#: How a number begins.
_NUMERIC = frozenset("+-.0123456789")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    ".nan": float("nan"), ".NaN": float("nan"), ".NAN": float("nan"),
} | {
    sign + word: float(("-" if sign == "-" else "") + "inf")
    for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")
}  # fmt: skip
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+\s+")
_DASH = re.compile(r"-\s*\Z")


def plain(text: str) -> Any:
    """The value of a scalar without quotes, by the core schema but for numbers like `012`."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    try:
        if _INTEGER.fullmatch(text):
            return int(text, 0)
        if _FLOAT.fullmatch(text):
            return float(text)
    except ValueError:  # Python refuses integers of more than 4300 digits
        return text
    return text


class Part:
    """One document of a text while it is read, and then."""

    __slots__ = ("faults", "partial", "spans", "value")

    def __init__(self) -> None:
        self.value: Any = None
        self.faults: list[Fault] = []
        self.spans: dict[Path, Span] = {}
        self.partial: set[Path] = set()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands between the marks of this document."""
        return self.value is None and not self.faults


class Frame:
    """A mapping or a sequence that is being read. `path` is None inside of a key."""

    __slots__ = (
        "anchor", "end", "height", "is_map", "key", "key_span", "merged", "path", "places",
        "plain_key", "shaped", "size", "start", "tag", "value",
    )  # fmt: skip

    def __init__(self, event: Any, path: Path | None, *, is_map: bool) -> None:
        self.is_map = is_map
        self.path = path
        self.value: Any = {} if is_map else []
        self.anchor: str | None = event.anchor
        own = event.tag is not None and event.tag not in {_CORE + "map", _CORE + "seq"}
        #: A tag of its own, or "".
        self.tag: str = event.tag if own else ""
        self.start: int = event.start_mark.index
        self.end: int = event.end_mark.index
        self.key: str | None = None
        self.plain_key = False
        self.key_span: tuple[int, int] | None = None
        self.places: dict[str, tuple[int, int]] = {}
        self.merged: list[tuple[dict[str, Any], Span]] = []
        self.shaped = False
        self.size = 1
        self.height = 1


class Node:
    """A finished value with its place; `size` and `height` count what is inside."""

    __slots__ = ("end", "height", "is_plain", "size", "start", "text", "value")

    def __init__(self, value: Any, start: int, end: int, text: str) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.text = text
        self.size = 1
        self.height = 0
        self.is_plain = False


class Stop(Exception):
    """What follows in a document is not worth reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Reading:
    """The documents of a text in `parts`; `failure` is the fault that ended the reading early."""

    def __init__(self, source: str, template: Template) -> None:
        self.parts: list[Part] = []
        self.failure: Fault | None = None
        self._source = source
        self._template = template
        #: Whether no scalar can have a template in it.
        self._plain = not (may_be_in(source) or "\\" in source)
        self._part = Part()
        self._stack: list[Frame] = []
        self._anchors: dict[str, Node] = {}
        self._aliased = 0
        self._run()

    def _run(self) -> None:
        text = self._template.text
        self.failure = yaml_faults.unreadable(self._source, text)
        if self.failure is None:
            loader = (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)(text)
            get = loader.get_event
            try:
                while (event := get()) is not None:
                    if type(event) is not yaml.ScalarEvent or not self._take_plainly(event):
                        self._take(event)
            except yaml.YAMLError as error:
                self.failure = yaml_faults.syntax(self._source, error)
            except Stop as stop:
                self.failure = stop.fault
            finally:
                loader.dispose()
        if self.failure is not None:
            self._part.value = None
            self._part.faults.append(self.failure)
            self.parts.append(self._part)

    def lay_on_tabs(self, tabs: Fault) -> None:
        """Blame tabs for what was got over, or for what ended the reading."""
        self.parts = self.parts or [Part()]
        if self.failure is not None:
            tabs.fatal = True
            self.parts[-1].faults.remove(self.failure)
            self.failure = tabs
            self.parts[-1].faults.append(tabs)
        else:
            self.parts[0].faults.append(tabs)

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._deliver(self._scalar(event), event.anchor)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, is_map=kind is yaml.MappingStartEvent)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close(event)
        elif kind is yaml.AliasEvent:
            self._deliver(self._alias(event), None)
        elif kind is yaml.DocumentStartEvent:
            self._part = Part()
            self._anchors.clear()
        elif kind is yaml.DocumentEndEvent:
            self.parts.append(self._part)
            self._part = Part()

    def _take_plainly(self, event: Any) -> bool:
        """Take a scalar that is what it looks like, as nearly all are; False for another one."""
        if (
            not self._plain
            or event.anchor
            or event.tag
            or event.style in _BLOCKS
            or not self._stack
        ):
            return False
        frame = self._stack[-1]
        text, start, end = event.value, event.start_mark.index, event.end_mark.index
        frame.size += 1
        frame.end = max(frame.end, end)
        if frame.is_map and frame.key is None:
            self._key(frame, text, (start, end), is_plain=event.implicit[0])
            return True
        value = plain(text) if event.implicit[0] else text
        if frame.path is not None:
            step = frame.key if frame.key is not None else len(frame.value)
            self._part.spans[(*frame.path, step)] = Span(frame.key_span, (start, end))
        if frame.is_map:
            frame.value[frame.key] = value
            frame.key = None
        else:
            frame.value.append(value)
        return True

    def _scalar(self, event: Any) -> Node:
        start, end = self._trimmed(event)
        text: str = event.value
        tag = event.tag or ""
        value: Any = text
        if tag and tag != "!" and not tag.startswith(_CORE):
            value = Tagged(self._source[start:end], tag, self._template.restore(text))
        elif event.implicit[0] or tag[len(_CORE) :] in {"int", "float", "bool", "null"}:
            value = plain(text)
        elif tag not in {"", "!", _CORE + "str"}:
            value = Unknown(self._source[start:end])
        if isinstance(value, str):
            value = self._template.value(value, start, end)
        node = Node(value, start, end, self._template.restore(text))
        node.is_plain = bool(event.implicit[0])
        return node

    def _trimmed(self, event: Any) -> tuple[int, int]:
        """The span of a scalar: a block goes on to the next token, an anchor is no value."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in {"|", ">"}:
            end = start + len(self._source[start:end].rstrip())
        if event.anchor and (anchor := _ANCHOR.match(self._source, start, end)):
            start = anchor.end()
        return start, end

    def _alias(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        name = event.anchor
        written = self._source[start:end]
        node = Node(Unknown(written), start, end, written)
        target = self._anchors.get(name)
        if target is None:
            inside = any(frame.anchor == name for frame in self._stack)
            if len(self._part.faults) < MOST_FAULTS:
                self._part.faults.append(yaml_faults.alias(name, start, end, inside=inside))
            return node
        self._aliased += target.size
        if self._aliased > MOST_ALIASED:
            raise Stop(yaml_faults.too_many_aliases(MOST_ALIASED, start, end))
        if target.height + len(self._stack) > DEEPEST:
            raise Stop(yaml_faults.too_deep(DEEPEST, start))
        node.value, node.size, node.height = target.value, target.size, target.height
        return node

    def _open(self, event: Any, *, is_map: bool) -> None:
        if len(self._stack) >= DEEPEST:
            raise Stop(yaml_faults.too_deep(DEEPEST, event.start_mark.index))
        path = self._path()
        self._begin_element(event.start_mark.index)
        self._stack.append(Frame(event, path, is_map=is_map))

    def _path(self) -> Path | None:
        """The path of the value that comes next; None for a key and what is in it."""
        if not self._stack:
            return ()
        frame = self._stack[-1]
        if frame.path is None or (frame.is_map and frame.key is None):
            return None
        return (*frame.path, frame.key if frame.key is not None else len(frame.value))

    def _begin_element(self, start: int) -> None:
        """Notice a statement of a template before a key or an element."""
        if not self._template.openings or not self._stack:
            return
        frame = self._stack[-1]
        if not frame.is_map:
            dash = _DASH.search(self._source, max(0, start - 100), start)
            start = dash.start() if dash else start
        elif frame.key is not None:
            return
        frame.shaped |= start in self._template.openings

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        flow = event.end_mark.index > event.start_mark.index
        end = event.end_mark.index if flow else frame.end
        value: Any = frame.value
        if frame.merged:
            value = self._merge(frame)
        if frame.shaped and frame.path is not None:
            self._part.partial.add(frame.path)
        if frame.shaped and not frame.is_map:
            value.append(Unknown())
        written = self._source[frame.start : end] if frame.tag or frame.path is None else ""
        value = Tagged(written, frame.tag, value) if frame.tag else value
        node = Node(value, frame.start, end, written)
        node.size, node.height = frame.size, frame.height
        self._deliver(node, frame.anchor)

    def _merge(self, frame: Frame) -> dict[str, Any]:
        """A mapping with what `<<` brings into it: https://yaml.org/type/merge.html."""
        merged: dict[str, Any] = {}
        for mapping, span in frame.merged:
            for key, value in mapping.items():
                merged.setdefault(key, value)
                if frame.path is not None:
                    self._part.spans.setdefault((*frame.path, key), span)
        merged.update(frame.value)
        return merged

    def _deliver(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._stack:
            self._part.value = node.value
            self._part.spans[()] = Span(None, (node.start, node.end))
            return
        frame = self._stack[-1]
        frame.end = max(frame.end, node.end)
        frame.size += node.size
        frame.height = max(frame.height, node.height + 1)
        if frame.is_map and frame.key is None:
            self._begin_element(node.start)
            self._key(frame, node.text, (node.start, node.end), is_plain=node.is_plain)
            return
        path = self._path()
        if path is not None:
            self._part.spans[path] = Span(frame.key_span, (node.start, node.end))
        if not frame.is_map:
            self._begin_element(node.start)
            frame.value.append(node.value)
        elif not (frame.plain_key and frame.key == "<<" and self._merges(frame, node)):
            # Branches of a template give one key two values.
            doubled = self._template.has_statements and frame.key in frame.value
            written = self._source[node.start : node.end]
            frame.value[frame.key] = Unknown(written) if doubled else node.value
        frame.key = None

    def _merges(self, frame: Frame, node: Node) -> bool:
        brought = node.value if isinstance(node.value, list) else [node.value]
        if not all(isinstance(mapping, dict) for mapping in brought):
            return False
        span = Span(frame.key_span, (node.start, node.end))
        frame.merged += [(mapping, span) for mapping in brought]
        return True

    def _key(self, frame: Frame, key: str, span: tuple[int, int], *, is_plain: bool) -> None:
        first = frame.places.setdefault(key, span)
        frame.key, frame.key_span, frame.plain_key = key, span, is_plain
        if first != span and key != "<<":
            if self._template.has_statements:
                frame.shaped = True
            elif len(self._part.faults) < MOST_FAULTS:
                self._part.faults.append(yaml_faults.duplicate(key, span, first))
