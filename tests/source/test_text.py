from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.source.text import decode

TEXT = '{"name": "café", "log": "日本"}\r\n'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"\xff\xfe" + TEXT.encode("utf-16-le"),
            "the file is UTF-16, but is read as UTF-8",
        ),
        (
            b"\xfe\xff" + TEXT.encode("utf-16-be"),
            "the file is UTF-16, but is read as UTF-8",
        ),
        (
            b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
            "the file is UTF-32, but is read as UTF-8",
        ),
        (
            b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"),
            "the file is UTF-32, but is read as UTF-8",
        ),
        (TEXT.encode("utf-16-le"), "the file is UTF-16, but is read as UTF-8"),
        (TEXT.encode("utf-16-be"), "the file is UTF-16, but is read as UTF-8"),
    ],
)
def test_other_encodings_are_read_and_said(data: bytes, message: str) -> None:
    text, faults = decode(data)
    assert text == TEXT
    assert [(fault.kind, fault.message, fault.fatal) for fault in faults] == [
        ("encoding", message, False)
    ]


def test_a_byte_order_mark_is_said() -> None:
    text, (fault,) = decode(b"\xef\xbb\xbf" + TEXT.encode())
    assert text == TEXT
    assert (fault.kind, fault.fatal) == ("byte-order-mark", False)
    assert fault.message == "the file begins with a byte order mark, which its readers refuse"


def test_clean_text_has_no_faults() -> None:
    assert decode(TEXT.encode()) == (TEXT, [])
    assert decode(b"") == ("", [])


def test_bytes_of_windows_are_read_as_they_were_meant() -> None:
    text, (fault,) = decode(b'{"name": "caf\xe9 \x93x\x94"}')
    assert text == '{"name": "café “x”"}'
    assert (fault.kind, fault.start, fault.end) == ("encoding", 13, 13)
    assert fault.message == "byte 0xE9 is not UTF-8; it was read as `é`"
    assert decode(b"\x81\xe9")[0] == "\x81é"


@pytest.mark.parametrize(
    "data", [b"\x7fELF\x02\0\0\0", b"a\0b", b"\xff\xfea", b"\xff\xfe\0\xd8", b"\x89PNG\r\n\x1a\n"]
)
def test_binary_files_are_not_read(data: bytes) -> None:
    text, (fault,) = decode(data)
    assert text == ""
    assert (fault.kind, fault.fatal) == ("binary", True)


def test_only_one_byte_order_mark_is_taken_off() -> None:
    assert decode(b"\xef\xbb\xbf" * 5000)[0] == "\ufeff" * 4999


@given(st.text())
def test_every_text_in_utf_8_is_read(text: str) -> None:
    text = text.replace("\0", "").removeprefix("\ufeff").encode(errors="replace").decode()
    assert decode(text.encode()) == (text, [])


@given(st.binary())
def test_any_bytes_are_decoded(data: bytes) -> None:
    text, faults = decode(data)
    for fault in faults:
        assert 0 <= fault.start <= fault.end <= len(text)
