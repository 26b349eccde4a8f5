"""The small parts of a pattern: escapes, character classes, names and references."""

from __future__ import annotations

from fargate_lint.launch.onigmo.charset import CLASSES, HEX, CharSet, ascii_only, property_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.launch.onigmo.charset import Test

    Node = tuple[Any, ...]

CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b"}
SHORTHANDS = {"d": "digit", "w": "word", "s": "space", "h": "xdigit"}
ANCHORS = {
    "A": "text start",
    "z": "text end",
    "Z": "last line end",
    "b": "word edge",
    "B": "no word edge",
    "G": "search start",
    "K": "keep",
}
CLASS_DEPTH_LIMIT = 20


class Invalid(Exception):
    """The pattern is not a regular expression: Onigmo refuses it."""


class Unsupported(Exception):
    """Onigmo takes the pattern, but what it would find is not simulated."""


class Options:
    """What `i`, `m`, `x` and `a`, `d`, `u` have switched on at a place."""

    __slots__ = ("dotall", "extended", "ignore_case", "range")

    def __init__(
        self,
        *,
        ignore_case: bool = False,
        dotall: bool = False,
        extended: bool = False,
        range: str = "d",  # noqa: A002  (Onigmo's word: the range that classes have)
    ) -> None:
        self.ignore_case = ignore_case
        self.dotall = dotall
        self.extended = extended
        self.range = range

    def copy(self) -> Options:
        """The same options, free to be changed."""
        return Options(
            ignore_case=self.ignore_case,
            dotall=self.dotall,
            extended=self.extended,
            range=self.range,
        )

    def set(self, flag: str, *, on: bool) -> None:
        """Switch one letter on or off."""
        if flag == "i":
            self.ignore_case = on
        elif flag == "m":
            self.dotall = on
        elif flag == "x":
            self.extended = on
        else:
            self.range = flag


class Atoms:
    """The reader's position, and what can be read there without knowing what is around it."""

    def __init__(self, text: str, options: Options, *, only_named: bool = False) -> None:
        self.text = text
        self.at = 0
        self.options = options
        self.groups = 0
        self.names: dict[str, list[int]] = {}
        #: With a named group in the pattern, plain parentheses capture nothing.
        self.only_named = only_named
        self._references: list[tuple[list[int], str]] = []

    def at_end(self) -> bool:
        """Whether everything was read."""
        return self.at >= len(self.text)

    def peek(self) -> str:
        """The next character."""
        return self.text[self.at]

    def peek_is(self, word: str) -> bool:
        """Whether `word` comes next."""
        return self.text.startswith(word, self.at)

    def next(self) -> str:
        """The next character, taken."""
        self.at += 1
        return self.text[self.at - 1]

    def take(self, word: str) -> bool:
        """Take `word` if it comes next."""
        if self.peek_is(word):
            self.at += len(word)
            return True
        return False

    # Names and references

    def new_group(self, name: str | None) -> int:
        """The number of a new capture group."""
        self.groups += 1
        if name is not None:
            self.names.setdefault(name, []).append(self.groups)
        return self.groups

    def group_name(self, end: str) -> str:
        """A name up to `end`: word characters, the first no digit."""
        stop = self.text.find(end, self.at)
        name = self.text[self.at : stop] if stop >= 0 else ""
        if not name:
            raise Invalid("group name is empty")
        if name[0].isdigit() or not all(CLASSES["word"](char) for char in name):
            raise Invalid(f"invalid group name <{name}>")
        self.at = stop + 1
        return name

    def reference(self, name: str) -> list[int]:
        """The numbers that `name` will mean when the pattern has been read."""
        numbers: list[int] = []
        self._references.append((numbers, name))
        return numbers

    def check_references(self) -> None:
        """Fill the references in, now that all groups are known. Raises Invalid."""
        for numbers, name in self._references:
            if name in self.names:
                numbers.extend(self.names[name])
            elif name.lstrip("-").isdecimal():
                number = int(name[:9])
                if self.names:
                    raise Invalid("numbered backref/call is not allowed")
                if not 0 < abs(number) <= self.groups:
                    raise Invalid("invalid backref number/name")
                numbers.append(number if number > 0 else self.groups + 1 + number)
            else:
                raise Invalid(f"undefined name <{name}> reference")

    # Escapes

    def escape(self) -> Node:
        """What stands after a backslash outside a character class."""
        if self.at_end():
            raise Invalid("end pattern at escape")
        char = self.next()
        if char in ANCHORS:
            return ("assert", ANCHORS[char])
        if char in "123456789":
            number = self._decimal(char)
            if number is not None:
                return ("backref", self.reference(str(number)), self.options.ignore_case)
        if char == "k" and self.peek_is("<"):
            return self._named_reference(">")
        if char == "k" and self.peek_is("'"):
            return self._named_reference("'")
        if char == "g" and not self.at_end() and self.peek() in "<'":
            raise Unsupported("subexpression call")
        if char == "X":
            raise Unsupported("grapheme cluster")
        if char == "R":
            line = CharSet()
            line.ranges = [("\n", "\r"), ("\x85", "\x85"), ("\u2028", "\u2029")]
            crlf = ("seq", [("char", "\r", False), ("char", "\n", False)])
            return ("atomic", ("alt", [crlf, ("set", line)]))
        test = self._shorthand(char)
        if test is not None:
            one = CharSet()
            one.tests.append(test)
            return ("set", one)
        return ("char", self._coded(char), self.options.ignore_case)

    def _decimal(self, first: str) -> int | None:
        """The number of a back reference, or None when the digits are an octal code."""
        digits = first
        while not self.at_end() and self.peek().isdecimal() and self.peek().isascii():
            digits += self.next()
        number = int(digits[:9])
        if number <= max(9, self.groups):
            return number
        self.at -= len(digits) - 1
        return None

    def _named_reference(self, end: str) -> Node:
        stop = self.text.find(end, self.at + 1)
        if stop < 0:
            raise Invalid("group name is empty")
        name = self.text[self.at + 1 : stop]
        self.at = stop + 1
        return ("backref", self.reference(name), self.options.ignore_case)

    def _shorthand(self, char: str) -> Test | None:
        if char in "pP" and self.peek_is("{"):
            return self._property(negated=char == "P")
        name = SHORTHANDS.get(char.lower())
        if name is None:
            return None
        plain = CLASSES[name] if self.options.range == "u" else ascii_only(CLASSES[name])
        return plain if char.islower() else lambda char: not plain(char)

    def _property(self, *, negated: bool) -> Test:
        end = self.text.find("}", self.at)
        if end < 0:
            raise Invalid("invalid character property name")
        name = self.text[self.at + 1 : end]
        self.at = end + 1
        if name.startswith("^"):
            negated = not negated
            name = name[1:]
        test = property_test(name)
        if test is None:
            raise Unsupported(f"character property {name}")
        return (lambda char: not test(char)) if negated else test

    def _coded(self, char: str) -> str:
        """The one character that an escape stands for."""
        if char in CONTROLS:
            return CONTROLS[char]
        if char == "x" and self.take("{"):
            code = self._hex(8)
            if not code or not self.take("}"):
                raise Invalid("invalid code point value")
            return self._code_point(code)
        if char == "x":
            code = self._hex(2)
            if code and int(code, 16) > 0x7F:
                raise Unsupported("single bytes of a character")
            return self._code_point(code or "0")
        if char == "u":
            code = self._hex(4)
            if len(code) != 4:
                raise Invalid("too short digit string")
            return self._code_point(code)
        if char in "01234567":
            digits = char
            while len(digits) < 3 and not self.at_end() and self.peek() in "01234567":
                digits += self.next()
            return chr(int(digits, 8) & 0xFF)
        if char == "c" or (char == "C" and self.take("-")):
            if self.at_end():
                raise Invalid("end pattern at control")
            return chr(ord(self.next()) & 0x1F)
        if char == "M" and self.peek_is("-"):
            raise Unsupported("single bytes of a character")
        return char

    def _hex(self, most: int) -> str:
        start = self.at
        while not self.at_end() and self.at - start < most and self.peek() in HEX:
            self.at += 1
        return self.text[start : self.at]

    @staticmethod
    def _code_point(code: str) -> str:
        number = int(code, 16)
        if number > 0x10FFFF:
            raise Invalid("invalid code point value")
        return chr(number)

    # Character classes

    def char_class(self, depth: int) -> CharSet:
        """The class whose opening bracket was just read."""
        if depth > CLASS_DEPTH_LIMIT:
            raise Unsupported("deeply nested character class")
        result = CharSet(negated=self.take("^"), ignore_case=self.options.ignore_case)
        part = result
        if self.peek_is("]") and "]" not in self.text[self.at + 1 :]:
            raise Invalid("empty char-class")
        first = True
        while True:
            if self.at_end():
                raise Invalid("premature end of char-class")
            if self.peek() == "]" and not first:
                self.at += 1
                return result
            first = False
            if self.take("&&"):
                part = CharSet(ignore_case=self.options.ignore_case)
                result.also.append(part)
            else:
                self._class_item(part, depth)

    def _class_item(self, part: CharSet, depth: int) -> None:
        low = self._class_atom(part, depth)
        if low is None:
            return
        if not self.peek_is("-") or self.peek_is("-]"):
            part.add(low)
            return
        self.at += 1
        if self.at_end():
            raise Invalid("premature end of char-class")
        high = self._class_atom(part, depth)
        if high is None:
            # A class cannot end a range: both the start and the dash are themselves.
            part.add(low)
            part.add("-")
        elif high < low:
            raise Invalid("empty range in char class")
        else:
            part.add(low, high)

    def _class_atom(self, part: CharSet, depth: int) -> str | None:
        """One character, or None when a whole class was added to `part`."""
        char = self.next()
        if char == "[":
            test = self._posix()
            part.tests.append(test if test is not None else self.char_class(depth + 1).has)
            return None
        if char != "\\":
            return char
        if self.at_end():
            raise Invalid("end pattern at escape")
        char = self.next()
        if char == "b":
            return "\b"
        if char in "RX":
            raise Unsupported("line breaks in a character class")
        test = self._shorthand(char)
        if test is None:
            return self._coded(char)
        part.tests.append(test)
        return None

    def _posix(self) -> Test | None:
        if not self.peek_is(":"):
            return None
        end = self.text.find(":]", self.at + 1)
        name = self.text[self.at + 1 : end] if end > 0 else ""
        negated = name.startswith("^")
        test = CLASSES.get(name[1:] if negated else name)
        if test is None:
            return None
        self.at = end + 2
        plain = ascii_only(test) if self.options.range == "a" else test
        return (lambda char: not plain(char)) if negated else plain
