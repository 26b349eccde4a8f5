"""Text back to the bytes of the file that it came from."""

from __future__ import annotations

# In the order in which `text.decode` tries them: what a file begins with, and how it goes on.
ENCODINGS = (
    (b"", "utf-8"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
    (b"", "cp1252"),
    (b"", "latin-1"),
)


def encode(text: str, before: str, data: bytes) -> bytes | None:
    """`text` in the encoding in which `before` is `data`, with the same byte order mark.

    None when there is no such encoding, or when it hasn't all letters of `text`.
    """
    for mark, codec in ENCODINGS:
        try:
            if data.startswith(mark) and mark + before.encode(codec) == data:
                return mark + text.encode(codec)
        except UnicodeEncodeError:
            continue
    return None
