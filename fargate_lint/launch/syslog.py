"""The bytes that the syslog output sends for a record.

https://docs.fluentbit.io/manual/data-pipeline/outputs/syslog
https://github.com/fluent/fluent-bit/blob/master/plugins/out_syslog/syslog.c
"""

from __future__ import annotations

from time import gmtime

from fargate_lint.launch import values
from fargate_lint.launch.onigmo import Undecided
from fargate_lint.launch.record import Float32, Record, Refused, encoded, shown
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from fargate_lint.launch.record import Value
    from fargate_lint.launch.sections import Section

    class Line(NamedTuple):
        """What is sent for one record, and what a reader of it should know."""

        data: bytes
        notes: list[str]
else:
    from collections import namedtuple

    Line = namedtuple("Line", "data notes")

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEVERITIES = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")
FACILITIES = (
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv",
    "ftp", "ntp", "security", "console", "", "local0", "local1", "local2", "local3", "local4",
    "local5", "local6", "local7",
)  # fmt: skip
DEFAULT_SEVERITY = 6
DEFAULT_FACILITY = 1
MAXSIZE = {"rfc3164": 1024, "rfc5424": 2048}
# The fields that record keys feed, in the order in which a key is tried for them.
FIELDS = ("severity", "facility", "hostname", "appname", "procid", "msgid", "message")
# Bytes that RFC 5424 fields hold at most.
FIELD_LIMITS = {"hostname": 255, "appname": 48, "procid": 128, "msgid": 32}
NUMBER_LIMIT = 46
SD_NAME_LIMIT = 32
SD_NAME = frozenset(range(0x21, 0x7F)) - frozenset(b'"=]')
SD_ESCAPED = str.maketrans({char: f"\\{char}" for char in '"\\]'})
BOM = b"\xef\xbb\xbf"
OLD = "1.9.10"


class Syslog:
    """One syslog output, made from its section. Raises Refused and Undecided."""

    __slots__ = (
        "form", "keys", "long_ids", "maxsize", "mode", "old", "presets", "sd_keys",
    )  # fmt: skip

    def __init__(self, section: Section, version: str) -> None:
        self.old = version.startswith("1.")
        self.mode = _chosen(section, "mode", "udp", ("tcp", "tls", "udp"))
        self.form = _chosen(section, "syslog_format", "rfc5424", ("rfc3164", "rfc5424"))
        self.keys = {field: _text(section, f"syslog_{field}_key") for field in FIELDS}
        self.sd_keys = {_known(entry.value) for entry in section.all("syslog_sd_key")}
        self.presets = {field: self._preset(section, field) for field in FIELDS[:-1]}
        self._check("severity", 7)
        self._check("facility", 23)
        longer = _text(section, "allow_longer_sd_id")
        self.long_ids = values.boolean(longer or "") is True
        #: None when nothing is cut: a size that cannot be read counts as a huge one.
        self.maxsize: int | None = MAXSIZE[self.form]
        size = values.size(_text(section, "syslog_maxsize") or "0", OLD if self.old else version)
        if size != 0:
            self.maxsize = None if size is None or size < 0 else size

    def _preset(self, section: Section, field: str) -> str | None:
        key = f"syslog_{field}_preset"
        preset = _text(section, key)
        if preset is not None and self.old:
            raise Refused(f"[config] syslog: unknown configuration property '{key}'")
        return preset

    def _check(self, field: str, most: int) -> None:
        preset = self.presets[field]
        level = values.integer(preset) if preset is not None else 0
        if not 0 <= level <= most:
            raise Refused(
                f"[is_valid_{field}] invalid {field} level {level}. It should be 0-{most}."
            )

    def line(self, record: Record, time: tuple[int, int]) -> Line:
        """What is sent for a record; `time` is seconds and nanoseconds. Raises Undecided."""
        fields, structured = self._fields(record)
        message = fields.get("message")
        notes = [] if message is not None else [self._why_empty(record)]
        raw = message or ""
        if not self.old and raw.startswith("<"):
            data = encoded(raw)
            notes.append("sent raw: a message that begins with `<` gets no header")
        elif self.form == "rfc3164":
            data = self._rfc3164(fields, time)
            if "hostname" not in fields:
                notes.append(_no_host(fields))
        else:
            data = self._rfc5424(fields, structured, time)
        if self.maxsize is not None and len(data) > self.maxsize:
            notes.append(f"cut: {self.maxsize} of {len(data)} bytes are sent (Syslog_Maxsize)")
            data = data[: self.maxsize]
        if b"\n" in data:
            count = data.count(b"\n") + 1
            notes.append(f"split: the receiver reads {count} lines, for the message has line feeds")
        return Line(data if self.mode == "udp" else data + b"\n", notes)

    def _fields(self, record: Record) -> tuple[dict[str, str], bytes]:
        """The text of each field that the record or a preset gives, and the structured data."""
        fields: dict[str, str] = {}
        structured = b""
        for key, value in record:
            if isinstance(value, Record):
                if key in self.sd_keys:
                    structured += self._structured(key, value)
                continue
            text = _converted(value)
            field = next((field for field in FIELDS if self.keys[field] == key), None)
            if text is None or field is None:
                continue
            if field in {"severity", "facility"}:
                level = _level(field, text)
                if level is not None:
                    fields.setdefault(field, str(level))
            else:
                fields.setdefault(field, text)
        for field, preset in self.presets.items():
            if preset is not None:
                number = field in {"severity", "facility"}
                fields.setdefault(field, str(values.integer(preset)) if number else preset)
        return fields, structured

    def _structured(self, name: str, members: Record) -> bytes:
        limit = None if self.long_ids else SD_NAME_LIMIT
        parts = [b"[", _sd_name(name, limit)]
        for key, value in members:
            text = _converted(value)
            if text is not None:
                quoted = encoded(text.translate(SD_ESCAPED))
                parts += [b" ", _sd_name(key, limit), b'="', quoted, b'"']
        return b"".join([*parts, b"]"])

    @staticmethod
    def _priority(fields: dict[str, str]) -> int:
        facility = int(fields.get("facility", DEFAULT_FACILITY))
        return facility * 8 + int(fields.get("severity", DEFAULT_SEVERITY))

    def _rfc3164(self, fields: dict[str, str], time: tuple[int, int]) -> bytes:
        when = _utc(time[0])
        header = (
            f"<{self._priority(fields)}>{MONTHS[when[1] - 1]} {when[2]:2d} "
            f"{when[3]:02d}:{when[4]:02d}:{when[5]:02d} "
        )
        if "hostname" in fields:
            header += fields["hostname"] + " "
        if "appname" in fields:
            process = f"[{fields['procid']}]" if "procid" in fields else ""
            header += f"{fields['appname']}{process}: "
        return encoded(header) + encoded(fields.get("message", ""))

    def _rfc5424(self, fields: dict[str, str], structured: bytes, time: tuple[int, int]) -> bytes:
        when = _utc(time[0])
        parts = [
            f"<{self._priority(fields)}>1 {when[0]}-{when[1]:02d}-{when[2]:02d}"
            f"T{when[3]:02d}:{when[4]:02d}:{when[5]:02d}.{time[1] // 1000:06d}Z".encode()
        ]
        for field, limit in FIELD_LIMITS.items():
            parts.append(encoded(fields[field])[:limit] if field in fields else b"-")
        parts.append(structured or b"-")
        if "message" in fields:
            parts.append(BOM + encoded(fields["message"]))
        return b" ".join(parts)

    def _why_empty(self, record: Record) -> str:
        key = self.keys["message"]
        if key is None:
            return "the message is empty: Syslog_Message_Key is not set"
        if not record.has(key):
            return f"the message is empty: the record has no `{key}`"
        for field in FIELDS[:-1]:
            if self.keys[field] == key:
                return f"the message is empty: `{key}` is used up by Syslog_{field.title()}_Key"
        return f"the message is empty: `{key}` is no text"


def format(  # noqa: A001  (what it does)
    record: Record, section: Section, time: tuple[int, int], version: str
) -> Line:
    """What a syslog output with these options sends for a record. Raises Refused and Undecided."""
    return Syslog(section, version).line(record, time)


def _known(value: str | Unknown) -> str:
    if isinstance(value, Unknown):
        raise Undecided(f"the value `{value.text}` is not known")
    return value


def _text(section: Section, key: str) -> str | None:
    entry = section.last(key)
    return None if entry is None else _known(entry.value)


def _chosen(section: Section, key: str, default: str, choices: tuple[str, ...]) -> str:
    text = _text(section, key)
    word = (default if text is None else text).lower()
    if word not in choices:
        raise Refused(f"unknown syslog {key.removeprefix('syslog_')} {text}")
    return word


def _converted(value: Value) -> str | None:
    """A value as text. A number is written into a buffer of 48 bytes, of which 46 hold digits.

    A longer one is cut there, yet as many bytes as it has are sent: zeros, then whatever follows.
    """
    if isinstance(value, Float32):
        return None
    text = shown(value)
    if text is None or not isinstance(value, float) or len(text) <= NUMBER_LIMIT:
        return text
    if len(text) > NUMBER_LIMIT + 2:
        raise Undecided(f"the number {value} is too long for the output, which sends its memory")
    return text[:NUMBER_LIMIT] + "\0" * (len(text) - NUMBER_LIMIT)


def _level(field: str, text: str) -> int | None:
    """The number of a severity or facility: digits or a name; None for anything else."""
    names, most, digits = (SEVERITIES, 7, 1) if field == "severity" else (FACILITIES, 23, 2)
    if text.isascii() and text.isdigit() and len(text) <= digits:
        return int(text) if int(text) <= most else None
    lower = text.lower()
    return names.index(lower) if lower and lower in names else None


def _sd_name(name: str, limit: int | None) -> bytes:
    return bytes(byte if byte in SD_NAME else 0x5F for byte in encoded(name)[:limit])


def _utc(seconds: int) -> tuple[int, int, int, int, int, int]:
    try:
        return gmtime(seconds)[:6]
    except (OverflowError, ValueError, OSError):
        raise Undecided(f"there is no date for the time {seconds}") from None


def _no_host(fields: dict[str, str]) -> str:
    after = fields["appname"] + ":" if "appname" in fields else fields.get("message", "")
    word = after.split(maxsplit=1)[0] if after.strip() else ""
    taken = f": a receiver may take `{word[:40]}` for it" if word else ""
    return f"the line has no host{taken}"
