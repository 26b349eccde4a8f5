"""What a stream can show: colours, links, how many columns; and what must not reach it."""

from __future__ import annotations

import os
import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

PAGE = "https://github.com/fargate-lint/fargate-lint/blob/main/docs/rules/{name}.md"

STYLES = {
    "error": "1;91",
    "warning": "1;33",
    "info": "1;96",
    "strong": "1",
    "faint": "2",
    "gutter": "1;94",
    "help": "1;96",
    "good": "1;92",
}

# Columns to use where there is no terminal to ask: wide enough for a hand-written file, narrow
# enough for a log in a browser.
WIDTH = 120
NARROWEST = 40

# What would move the cursor, change colours or order, or not be seen at all: control characters,
# soft hyphens, marks of direction and width, line separators, halves of surrogate pairs, tags.
# https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# The beginning of a line that is a command to GitHub's runner, which skips blanks before it. `::1`,
# `::/0` and the `:::` of our own reports are none.
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
COMMAND = r"(?m)^([^\S\n]*):(?=:[^\s:/\d])"
SHORT = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def escape(text: str) -> str:
    r"""`text` on one line, with everything that a terminal would obey written out (`\x1b`).

    Where it begins with what would be a command to GitHub's runner, that is written out too.
    """
    if text.isascii() and text.isprintable():
        return commandless(text)
    return commandless(re.sub(UNSEEN, lambda match: escaped(match[0]), text))


def commandless(text: str) -> str:
    r"""`text` with `\x3a:error::` for `::error::` at the beginning of each line."""
    return re.sub(COMMAND, r"\1\\x3a", text) if "::" in text else text


def escaped(character: str) -> str:
    r"""A character written out as in Python: `\n`, `\x1b`, `\u202e`."""
    short = SHORT.get(character)
    if short is not None:
        return short
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


class Terminal:
    """What a stream can show, as the stream itself and the environment tell.

    `interactive`: somebody may be looking; `rich`: colours and boxes are wanted (https://no-color.org,
    FORCE_COLOR); `colour`: the same without NO_COLOR; `links`: OSC 8 hyperlinks can be followed;
    `width` in columns.
    """

    __slots__ = ("colour", "dots", "interactive", "links", "middot", "rich", "width")

    def __init__(self, stream: TextIO, environ: Mapping[str, str] = os.environ) -> None:
        capable = environ.get("TERM") != "dumb"
        self.interactive = stream.isatty()
        # A report that goes to a file of its own stays plain, whatever is forced.
        forced = stream is sys.stdout and environ.get("FORCE_COLOR", "") not in {"", "0", "false"}
        self.rich = capable and (self.interactive or forced)
        self.colour = self.rich and not environ.get("NO_COLOR")
        # The console of Linux prints links as rubbish.
        followed = self.interactive and capable and environ.get("TERM") != "linux"
        wish = environ.get("FORCE_HYPERLINK", "")
        self.links = wish != "0" if wish else followed
        self.width = _columns(stream, environ) if self.interactive else WIDTH
        self.dots, self.middot = ("…", "·") if _shows(stream, "…·") else ("...", "-")

    def paint(self, style: str, text: str) -> str:
        """`text` in one of STYLES, or as it is."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and text else text

    def link(self, code: str, name: str, text: str) -> str:
        """`text` as a link to a rule's page, when we have one and links can be followed."""
        address = self.page(code, name)
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text

    def page(self, code: str, name: str) -> str:
        """The address of a rule's page; "" for other people's rules, and where links are no use."""
        if not self.links:
            return ""
        from fargate_lint.data.families import FAMILIES  # noqa: PLC0415  (only for a link)

        return PAGE.format(name=name) if code.rstrip("0123456789") in FAMILIES else ""


def _columns(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return max(int(columns), NARROWEST)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns or WIDTH, NARROWEST)
    except (OSError, ValueError):
        return WIDTH


def _shows(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
