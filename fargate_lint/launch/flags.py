"""The words of two command lines that share letters: the launcher's and Fluent Bit's.

Several letters mean one thing to the launcher and another to Fluent Bit: `-o key value` here,
`-o plugin` there. What is in this module tells them apart by what stands beside them.
"""

from __future__ import annotations

from fargate_lint.source.patterns import lazily
from fargate_lint.source.similar import similar
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Each option by its short and its long form: the attribute of `Arguments` that it sets.
OPTIONS = {
    "-r": "run_path",
    "--run-path": "run_path",
    "-c": "in_config",
    "--in-config": "in_config",
    "-m": "out_config",
    "--out-config": "out_config",
    "-i": "inputs",
    "--input": "inputs",
    "-f": "filters",
    "--filter": "filters",
    "-o": "outputs",
    "--output": "outputs",
    "-s": "services",
    "--service": "services",
}
#: How many words follow an option, by what it sets.
ARITY = {
    "run_path": 1,
    "in_config": 1,
    "out_config": 1,
    "inputs": 2,
    "filters": 2,
    "outputs": 2,
    "services": 2,
}
# Fluent Bit's own flags. https://docs.fluentbit.io/manual/administration/configuring-fluent-bit
FLAGS = frozenset({
    "-d", "-D", "-h", "-H", "-J", "-q", "-S", "-v", "-V", "-W", "-Y", "-Z", "--daemon",
    "--disable-thread-safety-on-hot-reload", "--dry-run", "--enable-chunk-trace",
    "--enable-hot-reload", "--help", "--help-json", "--http", "--http_server", "--quiet",
    "--sosreport", "--supervisor", "--verbose", "--version",
})  # fmt: skip
VALUE_FLAGS = frozenset({
    "-b", "-c", "-C", "-e", "-f", "-F", "-i", "-l", "-L", "-m", "-M", "-o", "-p", "-P", "-r", "-R",
    "-s", "-t", "-T", "-w", "--config", "--coro_stack_size", "--custom", "--filter", "--flush",
    "--http_listen", "--http_port", "--input", "--log_file", "--match", "--output", "--parser",
    "--plugin", "--port", "--processor", "--prop", "--sp-task", "--storage_path", "--tag",
    "--trace", "--trace-input", "--trace-output", "--trace-output-property", "--workdir",
})  # fmt: skip
PROPERTY = frozenset({"-p", "--prop"})
PLUGIN_FLAGS = frozenset({"-i", "-F", "-o", "--input", "--filter", "--output"})

# Plugins that no option is called after: a launcher option followed by one is Fluent Bit's flag.
PLUGINS = frozenset({
    "aws", "cloudwatch", "cloudwatch_logs", "datadog", "dummy", "ecs", "es", "firehose", "forward",
    "grep", "kinesis", "kinesis_firehose", "kinesis_streams", "kubernetes", "loki", "lua", "nest",
    "newrelic", "nrlogs", "null", "opensearch", "record_modifier", "rewrite_tag", "s3", "splunk",
    "stdout", "syslog", "throttle",
})  # fmt: skip
# Keys of sections that have neither a capital nor a dot to tell them from a plugin's name.
KEYS = frozenset({
    "alias", "daemon", "exclude", "flush", "format", "grace", "host", "hot_reload", "http_listen",
    "http_port", "http_server", "key", "listen", "log_file", "log_key", "log_level", "match",
    "match_regex", "mem_buf_limit", "mode", "name", "parser", "parsers_file", "path",
    "plugins_file", "port", "record", "regex", "retry_limit", "streams_file", "syslog_format",
    "syslog_maxsize", "tag", "threaded", "tls", "unix_path", "uri", "workers",
})  # fmt: skip

BLANK = lazily(r"\s")
NUMBER = lazily(r"-?\d+(?:\.\d+)?")
PIECE = lazily(r"(?:[^\s\"']++|\"[^\"]*\"|'[^']*')+|[\"']")
# What editors and eyes make of `--`.
DASHES = frozenset({
    "--", "-", "---", "\u2010\u2010", "\u2013", "\u2013\u2013", "\u2014", "\u2212\u2212",
})  # fmt: skip
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
SHOWN = 32


def is_fluent_bit(word: str) -> bool:
    """Whether a word is a flag of Fluent Bit's, alone or with its value attached."""
    if word in FLAGS or word in VALUE_FLAGS:
        return True
    head = word.partition("=")[0] if word.startswith("--") else word[:2]
    return head in VALUE_FLAGS and head not in OPTIONS


def separated(words: Sequence[tuple[int, str | Unknown]]) -> list[tuple[int, str | Unknown]]:
    """Fluent Bit's words with a flag and its value as two, also where they are one: `--match=*`."""
    found: list[tuple[int, str | Unknown]] = []
    is_value = False
    for index, word in words:
        flag, value = ("", "") if is_value or isinstance(word, Unknown) else _attached(word)
        found += [(index, flag), (index, value)] if flag else [(index, word)]
        is_value = not is_value and word in VALUE_FLAGS
    return found


def _attached(word: str) -> tuple[str, str]:
    """The flag and the value that one word holds, ("", "") for any other word."""
    flag, value = word[:2], word[2:]
    if word.startswith("--"):
        flag, equals, value = word.partition("=")
        return (flag, value) if equals and flag in VALUE_FLAGS else ("", "")
    return (flag, value) if value and flag in VALUE_FLAGS else ("", "")


def is_key(word: str) -> bool:
    """Whether a word looks like the key of a section rather than like a plugin's name."""
    lowered = word.lower()
    return lowered not in PLUGINS and (lowered in KEYS or "." in word or lowered != word)


def meant(flag: str, value: str | Unknown) -> str:
    """The flag of Fluent Bit's of which this is the other case, as its value tells; "" for none.

    `-f` is its flush interval, which the launcher calls filters, and `-P` its HTTP port.
    """
    if isinstance(value, Unknown):
        return ""
    if flag == "-P":
        return "-p" if "=" in value else ""
    return flag.swapcase() if flag in {"-f", "-O"} and value.lower() in PLUGINS else ""


def is_late(name: str, first: str | Unknown) -> bool:
    """Whether this word after `--` is the first value of an option of the launcher's.

    `-c` is Fluent Bit's there, and so are `-m` and `-r` unless what follows is a path.
    """
    if isinstance(first, Unknown):
        return False
    if ARITY[name] == 2:
        return is_key(first)
    return name != "in_config" and first.startswith("/") and "*" not in first


def is_plugin_flag(flag: str, name: str, values: Sequence[str | Unknown], *, follows: bool) -> bool:
    """Whether an option on the launcher's side, which sets `name`, is a flag of Fluent Bit's.

    `follows` tells whether other flags of Fluent Bit's stand right before it.
    """
    first = values[0]
    if isinstance(first, Unknown) or BLANK.search(first) or "=" in first:
        return False
    if name == "out_config":
        return "*" in first or (follows and "/" not in first)
    if ARITY[name] == 1:
        return False
    if len(values) == 2:
        return first.lower() in PLUGINS
    if name == "services" or (flag == "-f" and NUMBER.fullmatch(first)):
        return NUMBER.fullmatch(first) is not None
    return not is_key(first)


def nearest(flag: str) -> str:
    """The option that a misspelled one resembles most, "" when none does."""
    plain = "".join("-" if letter in HYPHENS else letter for letter in flag)
    for candidate in (plain, "-" + plain, plain[1:], plain.lower(), plain.replace("_", "-")):
        if candidate in OPTIONS:
            return candidate
    if len(plain) < 4 or len(plain) > SHOWN:
        return ""
    return similar(plain.lower(), (name for name in OPTIONS if name[1] == "-"), 0.7)


def split(text: str, most: int = -1) -> list[str]:
    """The words of a command written as one text, without quotes; at most `most` splits."""
    if most >= 0:
        return text.split(None, most)
    return [piece.group().replace('"', "").replace("'", "") for piece in PIECE.finditer(text)]


def command(text: str) -> list[str]:
    """The words of a Fluent Bit command written as one text; a property keeps its blanks."""
    found: list[str] = []
    for piece in split(text):
        if found[-2:-1] and found[-2] in PROPERTY and not piece.startswith("-"):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def shown(text: str, most: int = SHOWN) -> str:
    """A value in backticks, of at most so many characters."""
    if not text:
        return '`""`'
    return f"`{text if len(text) <= most else text[: most - 1] + chr(0x2026)}`"


def listed(words: Sequence[str]) -> str:
    """Words as JSON strings."""
    from json import dumps  # noqa: PLC0415  (for faulty files only)

    return ", ".join(dumps(word, ensure_ascii=False) for word in words)
