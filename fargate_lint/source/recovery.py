"""JSON as people have it: a reader that gets over mistakes and says each of them once."""

from __future__ import annotations

from json import dumps

from fargate_lint.source import literals
from fargate_lint.source.brackets import CLOSER, OPENER, Brackets
from fargate_lint.source.document import DEEPEST, Fault
from fargate_lint.source.structure import AFTER, KEY, VALUE, TooDeep
from fargate_lint.source.tokens import HOPELESS, TooFaulty
from fargate_lint.source.unknown import PLACEHOLDER, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.source.structure import Frame
    from fargate_lint.source.tokens import Token

VALUES = frozenset({"{", "[", "string", "word", "template"})
# Text that only some renderings of a template have makes these uncertain.
UNCERTAIN = frozenset({"bracket", "truncated", "duplicate-key"})
# The method that takes a token, by its kind: by name, since bound ones would be held for ever.
STEPS = {
    "{": "_open", "[": "_open", "}": "_close", "]": "_close", ",": "_comma", ";": "_semicolon",
    ":": "_misplaced", "=": "_misplaced", "string": "_scalar", "word": "_scalar",
    "template": "_scalar", "ellipsis": "_ellipsis", "statement": "_statement", "end": "_end",
}  # fmt: skip


class Recovery(Brackets):
    """One reading of a text: `value`, `faults`, `partial` and `spans`."""

    def __init__(self, text: str, *, relaxed: bool = False) -> None:
        super().__init__(text, relaxed=relaxed)
        self.value: Any = None
        self._templated = False
        self._done = False
        self._run()

    @property
    def faults(self) -> list[Fault]:
        """The faults in the order of their places."""
        found = self.tokens.faults
        if self._templated:
            found = [fault for fault in found if fault.kind not in UNCERTAIN]
        return sorted(found, key=lambda fault: fault.start)

    def _run(self) -> None:
        if not self._begins_like_json():
            message = "this is not JSON" if self.text.strip() else "the file is empty"
            self._give_up("not-json", message, 0, self.text.find("\n"), "begin with {")
            return
        try:
            while not self._done:
                token = self.tokens.next()
                getattr(self, STEPS[token.kind])(token)
                self.last = max(self.last, token.end)
        except TooDeep:
            at = self.stack[-1].start
            message = f"brackets nest more than {DEEPEST} deep"
            self._give_up("depth", message, at, at + 1, "flatten it")
        except TooFaulty as found:
            (at,) = found.args
            message = f"more than {HOPELESS:,} mistakes up to here: nothing of this file is read"
            self._give_up("hopeless", message, at, at + 1, "write it anew, or check another file")

    def _give_up(self, kind: str, message: str, start: int, end: int, remedy: str) -> None:
        end = len(self.text) if end < 0 else end
        self.tokens.faults = [Fault(kind, message, start, end, help=remedy, fatal=True)]
        self._templated = False

    def _begins_like_json(self) -> bool:
        ahead = 0
        while ahead < 50 and self.tokens.peek(ahead).kind in {
            "statement", "ellipsis", "template", ",",
        }:  # fmt: skip
            ahead += 1
        token = self.tokens.peek(ahead)
        if token.kind == "string":
            return self.text[token.start] not in "'`"
        if token.kind == "word":
            alone = self.tokens.peek(ahead + 1).kind == "end"
            return alone and not literals.read(token.value)[1]
        return token.kind in CLOSER or (token.kind == "end" and ahead > 0)

    def _scalar(self, token: Token) -> None:
        frame = self.stack[-1]
        if frame.closer == "}":
            self._scalar_in_object(frame, token)
        elif token.kind == "string" and self.tokens.peek().kind == ":":
            if frame is self.root and frame.value and not isinstance(frame.value[-1], dict):
                self._trailing(token)
            elif self.member_in_list(frame, token):
                self._key(self.stack[-1], token)
        elif self._may_begin(frame, token):
            value, end = self._read_scalar(token)
            self.put(value, token.start, end)

    def _may_begin(self, frame: Frame, token: Token) -> bool:
        """Whether an element of a list begins here; says so when a comma is missing before it."""
        if frame is self.root:
            if frame.state == AFTER and token.kind != "{" and not frame.loose:
                self._trailing(token)
                return False
            self.make_room()
        elif frame.state == AFTER and not frame.loose and not self._beside_template(frame, token):
            self._comma_missing(frame)
        return True

    def _beside_template(self, frame: Frame, token: Token) -> bool:
        """Whether a template expression is a neighbour: it may write the comma too."""
        before = frame.value.get(frame.key) if frame.closer == "}" else frame.value[-1]
        written_bare = isinstance(before, Unknown) and self.text[frame.end - 1] != '"'
        return token.kind == "template" or written_bare

    def _comma_missing(self, frame: Frame) -> None:
        self.tokens.fault(
            "comma-missing", "a comma is missing here", frame.end, frame.end, "write a comma", ","
        )

    def _scalar_in_object(self, frame: Frame, token: Token) -> None:
        following = self.tokens.peek().kind
        if frame.state == VALUE:
            if token.kind != "string" or following != ":":
                value, end = self._read_scalar(token)
                self.put(value, token.start, end)
                return
            if self.object_without_opener(token):
                frame = self.stack[-1]
            else:
                self.missing_value(frame)
        elif frame.state == AFTER:
            lenient = frame.loose or self._beside_template(frame, token)
            if following not in {":", "="}:
                if lenient and frame.key:
                    frame.value[frame.key] = Unknown(self.text[frame.last : token.end])
                else:
                    self.unexpected(token)
                return
            if not lenient:
                self._comma_missing(frame)
        elif following in {",", "]"} and self.list_without_opener(frame, token):
            self.stack[-1].state = VALUE
            self._scalar(token)
            return
        self._key(frame, token)

    def _read_scalar(self, token: Token) -> tuple[Any, int]:
        """The value of a token and the end of what was taken for it."""
        if token.kind == "template":
            return Unknown(token.value), token.end
        if token.kind == "string":
            text = token.value
            marked = isinstance(text, str) and PLACEHOLDER.search(text)
            return (Unknown(text) if marked else text), token.end
        value, kind, remedy, fix = literals.read(token.value)
        end = token.end
        cut_off = self.tokens.peek().kind == "end" and literals.is_beginning(token.value)
        if not kind or cut_off:
            return (value if not kind else Unknown(token.value)), end
        if isinstance(value, Unknown):
            end = self._bare_text_end(token)
            value = Unknown(self.text[token.start : end])
            # `integer` or `your-role` stands for a value; `nginx:latest` is one.
            is_value = kind == "literal" and any(char in ":/." for char in value.text)
            fix = dumps(value.text, ensure_ascii=False) if is_value else None
        written = self.text[token.start : min(end, token.start + 40)]
        what = "number" if kind == "number" else "value"
        self.tokens.fault(
            kind, f"`{written}` is not a {what} in JSON", token.start, end, remedy, fix
        )
        return value, end

    def _bare_text_end(self, token: Token) -> int:
        """The end of text without quotes that goes on behind its first word on the same line."""
        end = token.end
        for _ in range(HOPELESS):
            following = self.tokens.peek()
            if following.kind not in {"word", ":", "=", "template"}:
                return end
            if "\n" in self.text[end : following.start]:
                return end
            end = self.tokens.next().end
        raise TooFaulty(token.start)

    def _key(self, frame: Frame, token: Token) -> None:
        following = self.tokens.peek()
        if token.kind == "template" and following.kind != ":":
            self._leave_open(frame, token)
            return
        if following.kind == "string" and self.tokens.peek(1).kind == ":":
            self.unexpected(token)
            return
        key = token.value.text if isinstance(token.value, Unknown) else token.value
        span = (token.start, token.end)
        if token.kind == "word":
            self.tokens.fault(
                "key-unquoted",
                f"the key `{key}` has no quotes",
                *span,
                "put it in double quotes",
                dumps(key, ensure_ascii=False),
            )
        if key in frame.value and not frame.shaped:
            self.tokens.fault(
                "duplicate-key",
                f"`{key}` is given twice, and only the last one counts",
                *span,
                "delete one of them",
                related=((*frame.places[key], "the first one"),),
            )
        frame.places.setdefault(key, span)
        frame.key, frame.key_span = key, span
        frame.state, frame.comma, frame.loose = VALUE, None, False
        self._colon(frame, following)

    def _colon(self, frame: Frame, following: Token) -> None:
        """Take the colon behind a key, or say that it is missing."""
        assert frame.key_span is not None  # noqa: S101  (a key was read)
        end = frame.key_span[1]
        if following.kind in {":", "="}:
            self.last = self.tokens.next().end
        if following.kind == "=":
            written = self.text[following.start : following.end]
            message = f"`{written}` stands where a colon belongs"
            self.tokens.fault(
                "colon-missing", message, following.start, following.end, "write a colon", ":"
            )
        elif following.kind in VALUES:
            message = f"a colon is missing after `{frame.key}`"
            self.tokens.fault("colon-missing", message, end, end, "write a colon", ":")
        elif following.kind in {",", ";", "}", "]"}:
            self.missing_value(frame)

    def _comma(self, token: Token) -> None:
        frame = self.stack[-1]
        if self._ends_empty_list(frame):
            self.list_ends_before(frame)
            frame = self.stack[-1]
            frame.state = AFTER
        if frame.closer == "}" and frame.state == VALUE and not frame.loose:
            self.missing_value(frame)
        elif frame.closer == "}" and frame.state == VALUE:
            self.put(Unknown(), frame.end, frame.end)
        elif frame.state != AFTER and not frame.loose:
            self._comma_extra(token)
            return
        frame.state = KEY if frame.closer == "}" else VALUE
        frame.comma = token

    def _comma_extra(self, token: Token) -> None:
        message = "this comma separates nothing"
        self.tokens.fault("comma-extra", message, token.start, token.end, "delete it", "")

    def _ends_empty_list(self, frame: Frame) -> bool:
        """Whether a comma stands behind a `[` that nothing closed: `"links": [, "cpu": 1`."""
        return (
            frame.closer == "]"
            and not frame.value
            and frame.comma is None
            and self.stack[-2].closer == "}"
            and self.tokens.peek().kind == "string"
            and self.tokens.peek(1).kind == ":"
        )

    def _semicolon(self, token: Token) -> None:
        frame = self.stack[-1]
        if frame.state != AFTER or frame is self.root:
            self._misplaced(token)
            return
        message = "a semicolon stands where a comma belongs"
        self.tokens.fault("comma-missing", message, token.start, token.end, "write a comma", ",")
        self._comma(token)

    def _misplaced(self, token: Token) -> None:
        if self.stack[-1] is self.root:
            self._trailing(token)
        else:
            self.unexpected(token)

    def _open(self, token: Token) -> None:
        frame = self.stack[-1]
        if frame.closer != "}":
            if not self._may_begin(frame, token):
                return
        elif frame.state != VALUE and not (frame.state == AFTER and frame.loose and frame.key):
            around = self.stack[-2]
            if frame.state == KEY and not frame.value and not frame.implicit and not frame.loose:
                self.list_in_braces(frame)
            elif frame.state == KEY and self.list_without_opener(frame, token):
                self.stack[-1].state = VALUE
            elif around.closer == "]" and token.kind == "{" and not frame.implicit:
                self.never_closed(frame, token)
                self.pop(frame.end)
            else:
                self.unexpected(token)
                return
        self.push(CLOSER[token.kind], token.start, self.path())

    def _close(self, token: Token) -> None:
        frame = self.stack[-1]
        if token.kind not in {frame.closer, frame.also}:
            if not self.mismatch(frame, token):
                return
            frame = self.stack[-1]
        self.complete(frame)
        self.pop(token.end)

    def _ellipsis(self, token: Token) -> None:
        frame = self.stack[-1]
        self.tokens.fault(
            "ellipsis",
            f"`{self.text[token.start : token.end]}` stands for something that was left out",
            token.start,
            token.end,
            "write what belongs here, or delete it",
        )
        if frame.closer == "}" and frame.state == VALUE:
            self.put(Unknown(self.text[token.start : token.end]), token.start, token.end)
            frame.loose = True
        else:
            self._leave_open(frame, token)

    def _statement(self, token: Token) -> None:
        self._templated = True
        self.stack[-1].shaped = True
        self._leave_open(self.stack[-1], token)

    def _leave_open(self, frame: Frame, token: Token) -> None:
        frame.loose = True
        if frame.gap is None:
            frame.gap = (token.start, token.end)

    def _trailing(self, token: Token) -> None:
        end = len(self.text.rstrip())
        message = "text follows the end of the document"
        self.tokens.fault("trailing-text", message, token.start, end, "delete it", "")
        self._end(token)

    def _end(self, token: Token) -> None:
        """Close what is still open at the end of the text."""
        del token
        self._done = True
        self._truncated()
        while len(self.stack) > 1:
            frame = self.stack[-1]
            if frame.closer == "}" and frame.state == VALUE and not self._is_cut_key(frame):
                self.put(Unknown(), self.last, self.last)
            self.pop(self.last)
        root = self.root
        if len(root.value) == 1 and root.comma is not None and not root.loose:
            self._comma_extra(root.comma)
        self.value = self.result()

    def _is_cut_key(self, frame: Frame) -> bool:
        key = frame.key_span
        return key is not None and key[0] == self.tokens.cut and frame.gap is not None

    def _break_off(self, frames: list[Frame], cut: int | None) -> None:
        """Mark what the end of the text comes in the middle of: there may have been more."""
        for frame in frames:
            frame.gap = frame.gap or (self.last, self.last)
        last = self.stack[-1]
        if cut is not None and last.state == AFTER and last.last == cut:
            place = last.key if last.closer == "}" else -1
            last.value[place] = Unknown(f"{self.text[cut + 1 :]}...")

    def _truncated(self) -> None:
        cut = self.tokens.cut
        unclosed = [frame for frame in self.stack[1:] if not frame.implicit]
        if not unclosed and cut is None:
            return
        closers = "".join(frame.closer for frame in reversed(unclosed))
        related = [(frame.start, frame.start + 1, "opened here") for frame in unclosed[-1:]]
        if cut is not None:
            closers = '"' + closers
            related.insert(0, (cut, cut + 1, "this string begins here"))
        end = self.text[self.last - 1]
        whole = self.stack[-1].state == AFTER and (cut is not None or end in '"}]')
        # A bracket or two are easily forgotten, more are those of a text that was cut off.
        if cut is not None or not whole or end == '"' or len(unclosed) > 2:
            self._break_off(unclosed, cut)
        inside = "in a string" if cut is not None else f"before `{OPENER[closers[0]]}` is closed"
        self.tokens.fault(
            "truncated",
            f"the text ends {inside}",
            self.last,
            self.last,
            f"write {closers} at the end, or what is missing before it",
            closers if whole else None,
            tuple(related),
        )
