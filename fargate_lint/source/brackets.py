"""Brackets that are missing, wrong or too many, and what was meant by them."""

from __future__ import annotations

from fargate_lint.source.structure import AFTER, KEY, VALUE, Structure
from fargate_lint.source.tokens import HOPELESS, TooFaulty
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.structure import Frame
    from fargate_lint.source.tokens import Token

CLOSER = {"{": "}", "[": "]"}
OPENER = {"}": "{", "]": "["}
# How many tokens are looked at to find out which bracket is the wrong one: for the first mistakes
# as many as a whole task definition has, for more of them only the next few.
FORESIGHT = 4000
SHORT_FORESIGHT = 24
LONG_LOOKS = 60
# An object in the brackets of a list, for `fits`.
OBJECT_IN_BRACKETS = "]}"


class Brackets(Structure):
    """The stack of what is open, with the ways to get over mistakes in it."""

    #: Behind the last closing bracket that closed nothing, and the last key without a value.
    stray = -1
    valueless = -1
    looks = 0

    def unexpected(self, token: Token) -> None:
        """Say that a token is out of place, and go on behind what belongs to it."""
        frame = self.stack[-1]
        if not frame.shaped:
            written = self.text[token.start : min(token.end, token.start + 40)]
            self.tokens.fault(
                "unexpected",
                f"`{written}` is out of place here",
                token.start,
                token.end,
                "look for a comma, a colon or a quote that is missing before it",
            )
        depth = int(token.kind in CLOSER)
        loose = 0
        while True:
            following = self.tokens.peek()
            if following.kind == "end" or (not depth and following.kind in {",", "}", "]"}):
                break
            if not depth and following.kind == "string" and self.tokens.peek(1).kind == ":":
                break
            depth += (following.kind in CLOSER) - (following.kind in OPENER)
            loose += not depth
            if loose > HOPELESS:
                raise TooFaulty(token.start)
            self.last = self.tokens.next().end
        if frame.closer == "}" and frame.state == VALUE:
            self.put(Unknown(), token.start, token.end)
        frame.state = AFTER
        frame.loose = True

    def missing_value(self, frame: Frame) -> None:
        """Give the key that was read last an unknown value."""
        assert frame.key_span is not None  # noqa: S101  (a key was read)
        # Several of them in a row are one mistake.
        if self.valueless < 0 or self.text[self.valueless : frame.key_span[0]].strip(", \t\r\n"):
            self.tokens.fault(
                "value-missing",
                f"`{frame.key}` has no value",
                *frame.key_span,
                "write a value after it",
            )
        self.valueless = frame.key_span[1]
        self.put(Unknown(), frame.key_span[1], frame.key_span[1])

    def complete(self, frame: Frame) -> None:
        """See to what an object or a list still lacks, or has too much, when it is closed."""
        if frame.closer == "}" and frame.state == VALUE:
            if frame.loose:
                self.put(Unknown(), frame.end, frame.end)
            else:
                self.missing_value(frame)
        elif frame.comma is not None and not frame.loose and not frame.implicit:
            self.tokens.fault(
                "comma-trailing",
                "a comma stands after the last element",
                frame.comma.start,
                frame.comma.end,
                "delete it",
                "",
            )

    def list_in_braces(self, frame: Frame) -> None:
        """Read an object that begins with a bracket as the list that it is."""
        self.tokens.fault(
            "bracket",
            "braces stand around a list",
            frame.start,
            frame.start + 1,
            "write [ and ] around the elements of a list",
        )
        frame.value, frame.closer, frame.also, frame.state = [], "]", "}", VALUE

    def object_in_brackets(self, frame: Frame) -> None:
        """Read a list that begins with `"key":` as the object that it is."""
        self.tokens.fault(
            "bracket",
            "brackets of a list stand around the members of an object",
            frame.start,
            frame.start + 1,
            "write { and } around the members of an object",
        )
        frame.value, frame.closer, frame.also, frame.state = {}, "}", "]", KEY

    def never_closed(self, frame: Frame, token: Token) -> None:
        """Say that something had to be closed before this token."""
        self.tokens.fault(
            "bracket",
            f"the `{OPENER[frame.closer]}` before this is not closed",
            token.start,
            token.end,
            f"write {frame.closer} before it",
            related=((frame.start, frame.start + 1, "opened here"),),
        )

    def mismatch(self, frame: Frame, token: Token) -> bool:
        """Get over a closing bracket that doesn't fit; whether it still has to be taken.

        It is a slip for the right one, or stands behind one that is missing, or is one too many,
        or its opening one is missing: what agrees best with the text that follows.
        """
        closers = self.closers()
        inner = len(closers) - 1
        while inner >= 0 and closers[inner] != token.kind:
            inner -= 1
        stray = self.fits(closers)
        slip = self.fits(closers[:-1]) if closers and not frame.implicit else -1
        missing = self.fits(closers[:inner]) if inner >= 0 else -1
        empty = frame.closer == "}" and frame.state == VALUE and token.kind == "]"
        if empty and stray >= max(slip, missing):
            self._never_opened(token.start, "[")
            self.put([], token.start, token.end)
            return False
        if missing >= max(slip, stray):
            self.never_closed(frame, token)
            while len(self.stack) > inner + 2:
                self.stack[-1].loose = True
                self.complete(self.stack[-1])
                self.pop(token.start)
            return True
        if slip >= stray:
            self._slip(frame, token)
        else:
            self._stray(token)
        return False

    def closers(self) -> list[str]:
        """What would close all that is open, from the outside in."""
        return [open_.closer for open_ in self.stack[1:]]

    def _never_opened(self, at: int, opener: str) -> None:
        self.tokens.fault(
            "bracket", f"a `{opener}` is missing before this", at, at, f"write {opener}", opener
        )

    def list_without_opener(self, frame: Frame, token: Token) -> bool:
        """Make the last value of an object the first element of a list, if that fits better.

        As in `"command": "sh", "-c"]`, asked when the second element was taken.
        """
        if frame.comma is None or frame.key not in frame.value:
            return False
        closers = self.closers()
        within = [CLOSER[token.kind]] if token.kind in CLOSER else []
        otherwise = [*closers[:-1], *within] if within else closers
        if self.fits([*closers, "]", *within]) <= self.fits(otherwise):
            return False
        self._never_opened(frame.last, "[")
        first, end = frame.value.pop(frame.key), frame.end
        list_ = self.push("]", frame.last, self.path())
        list_.implicit = True
        self.put(first, list_.start, end)
        return True

    def object_without_opener(self, token: Token) -> bool:
        """Begin an object at its first key where a value is due, if that fits better."""
        closers = self.closers()
        if self.fits([*closers, "}"]) <= self.fits(closers):
            return False
        self._never_opened(token.start, "{")
        self.push("}", token.start, self.path())
        return True

    def _slip(self, frame: Frame, token: Token) -> None:
        self.tokens.fault(
            "bracket",
            f"`{OPENER[frame.closer]}` is closed by `{token.kind}`",
            token.start,
            token.end,
            f"write {frame.closer}",
            frame.closer,
            ((frame.start, frame.start + 1, "opened here"),),
        )
        self.complete(frame)
        self.pop(token.end)

    def _stray(self, token: Token) -> None:
        # Several of them in a row are one mistake.
        if self.stray != self.last:
            self.tokens.fault(
                "bracket",
                f"`{token.kind}` closes nothing",
                token.start,
                token.end,
                "delete it",
                "",
            )
        self.stray = token.end

    def fits(self, closers: list[str]) -> int:
        """How many of the next tokens agree with these brackets being open."""
        self.looks += 1
        foresight = FORESIGHT if self.looks <= LONG_LOOKS else SHORT_FORESIGHT
        open_ = closers.copy()
        before = ""
        for ahead in range(foresight):
            token = self.tokens.peek(ahead)
            if token.kind == "end":
                return ahead if open_ else foresight
            if token.kind in CLOSER:
                open_.append(CLOSER[token.kind])
            elif token.kind in OPENER:
                if not open_ or token.kind != open_.pop()[0]:
                    return ahead
            elif token.kind == "string" and before != ":":
                is_member = self.tokens.peek(ahead + 1).kind == ":"
                if is_member != bool(open_ and "}" in open_[-1]):
                    return ahead
            elif token.kind == "," and not open_:
                return ahead
            before = token.kind
        return foresight

    def member_in_list(self, frame: Frame, token: Token) -> bool:
        """Find the object that `"key":` belongs to, in a list or at the outermost level.

        False when there's none and the member was passed over.
        """
        around = self.closers()[:-1]
        last = frame.value[-1] if frame.value else None
        inside = -1 if frame is self.root else self.fits([*around, "]", "}"])
        outside = self.fits(around) if around[-1:] == ["}"] else -1
        if frame is self.root and not frame.value:
            self._unwrapped(token)
        elif frame.implicit or (frame.value and outside >= inside and outside >= 0):
            self.list_ends_before(frame)
        elif (
            not frame.value
            and frame.comma is None
            and (self.fits([*around, OBJECT_IN_BRACKETS]) >= inside)
        ):
            self.object_in_brackets(frame)
        elif isinstance(last, dict) and token.value not in last:
            self._reopen(frame, token)
        elif frame is not self.root:
            self._never_opened(token.start, "{")
            self.push("}", token.start, self.path())
        else:
            self.unexpected(token)
            return False
        return True

    def _unwrapped(self, token: Token) -> None:
        self.tokens.fault(
            "wrapper-missing",
            f'`"{token.value}":` stands outside of any object',
            token.start,
            token.end,
            "put { and } around everything",
        )
        self.push("}", token.start, ()).implicit = True

    def list_ends_before(self, frame: Frame) -> None:
        """Close a list at the next member of the object around it."""
        if not frame.implicit:
            self.tokens.fault(
                "bracket",
                "this list is not closed before the next member",
                frame.end,
                frame.end,
                "write ]",
                "]",
                ((frame.start, frame.start + 1, "opened here"),),
            )
        self.pop(frame.end)
        self.stack[-1].state = KEY

    def _reopen(self, frame: Frame, token: Token) -> None:
        """Go on with an object that was closed too early."""
        self.tokens.fault(
            "bracket",
            f'this brace closes an object that goes on with `"{token.value}"`',
            frame.end - 1,
            frame.end,
            "delete it",
            "",
        )
        start = frame.last
        value = frame.value.pop()
        again = self.push("}", start, self.path())
        again.value = value
        again.places = dict.fromkeys(value, (start, start + 1))
        again.implicit = frame is self.root
