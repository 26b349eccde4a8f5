"""The plugins of Fluent Bit and their options, for each version that has tables.

The tables are read when the first question about their kind is asked, and kept.
"""

from __future__ import annotations

import json
import os

from fargate_lint.source.similar import similar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.data.private import PrivatePlugin, Tables

VERSIONS = ("1.9.10", "4.2.8", "5.0.9")
KINDS = ("input", "filter", "output")
DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")

# As much as this a slip has in common with what was meant.
SLIP = 0.8
# More names than there are plugins: others are those of hostile files.
KEPT = 2048

_tables: dict[str, dict[str, Any]] = {}
_go_plugins: dict[str, Plugin] = {}
_plugins: dict[tuple[str, str, str, bool, PrivatePlugin | None], Plugin | None] = {}
_core: dict[tuple[str, str], dict[str, Option]] = {}


class Option:
    """One option: `type` is `str`, `int`, `bool`, `size`, `time`, `double`, `prefix`, `clist`,
    `slist`, `slist_N` (N words), `deprecated`, or what a core key takes.
    """

    __slots__ = ("default", "multiple", "name", "type", "validated")

    def __init__(self, name: str, described: str) -> None:
        kind, equals, default = described.partition("=")
        #: As the plugin declares it.
        self.name = name
        self.default = default if equals else None
        #: A bad value is refused at start.
        self.validated = not kind.endswith("?")
        kind = kind.removesuffix("?")
        #: The option may be given more than once.
        self.multiple = kind.endswith("*")
        self.type = kind.removesuffix("*")

    @property
    def words(self) -> int:
        """How many words a value needs, 0 when any number will do."""
        _, _, number = self.type.partition("list_")
        return int(number) if number else 0


class Plugin:
    """What a version knows of one plugin; `options` are by lower-case name, as declared."""

    __slots__ = (
        "address", "go", "host", "http_server", "in_build", "kind", "name", "network", "options",
        "port", "prefixes", "private", "strict", "tls",
    )  # fmt: skip

    def __init__(self, kind: str, name: str, described: dict[str, Any], go: bool = False) -> None:
        self.kind = kind
        self.name = name
        self.options = _options(described["options"])
        #: Options whose name is a beginning, such as `rdkafka.`
        self.prefixes = tuple(n for n, option in self.options.items() if option.type == "prefix")
        #: A Go plugin, which exists only when its `.so` is loaded with -e.
        self.go = go
        #: An unknown option stops the start; Go plugins never look at what they do not know.
        self.strict: bool = described.get("strict", not go)
        #: Can't be used in a configuration.
        self.private: bool = described.get("private", False)
        #: Whether it is in every build; None when it depends on how the program was built.
        self.in_build: bool | None = described.get("in_build", True) or None
        self.http_server: bool = described.get("http_server", False)
        #: `Name syslog://host:port` is understood.
        self.address: bool = described.get("address", False)
        self.host: str = described.get("host", "")
        self.port: int = described.get("port", 0)
        #: `optional`, `always`, or "" when the plugin has no TLS of its own.
        self.tls: str = described.get("tls", "")
        #: An input that listens (`server`), one that connects (`client`), or "".
        self.network: str = described.get("network", "")

    def option(self, key: str) -> Option | None:
        """The option with this name, compared without regard to case, or None."""
        lower = key.lower()
        found = self.options.get(lower)
        if found is None:
            for prefix in self.prefixes:
                if lower.startswith(prefix) and len(lower) > len(prefix):
                    return self.options[prefix]
        # The beginning alone is the name of no option.
        return None if found is not None and found.type == "prefix" else found


def table_version(version: str) -> str:
    """The version whose tables stand for `version`: itself, or the newest."""
    return version if version in VERSIONS else VERSIONS[-1]


def lookup(
    version: str,
    kind: str,
    name: str,
    *,
    aws: bool = False,
    go: Iterable[str] = (),
    tables: Tables | None = None,
) -> Plugin | None:
    """The plugin that `Name name` means in a section of this kind (`input`, `filter`, `output`).

    `aws` adds what AWS for Fluent Bit 2.x added to 1.9.10; `go` names the Go plugins that are
    loaded; a plugin in `tables` replaces Fluent Bit's own of that name. None means that the start
    ends with an unknown plugin.
    """
    lower = name.lower()
    if "://" in lower and kind != "filter":
        lower = lower.partition("://")[0]
    version = table_version(version)
    private = tables.plugins(version, kind).get(lower) if tables is not None else None
    if private is None and kind == "output" and lower in go:
        return go_plugin(lower) or Plugin(kind, lower, {"options": {}}, go=True)
    key = (version, kind, lower, aws and version == VERSIONS[0], private)
    if key not in _plugins:
        if len(_plugins) >= KEPT:
            _plugins.clear()
        _plugins[key] = _read(*key)
    return _plugins[key]


def go_plugin(name: str) -> Plugin | None:
    """One of the Go plugins of the AWS image, or None."""
    lower = name.lower()
    found = _go_plugins.get(lower)
    described = None if found is not None else _table("go").get(lower)
    if isinstance(described, dict):
        found = _go_plugins[lower] = Plugin("output", lower, described, go=True)
    return found


def same_as(name: str) -> str:
    """The C plugin that does what the AWS image's Go plugin of this name does, or ""."""
    described = _table("go").get(name.lower())
    like = described["like"] if isinstance(described, dict) else ""
    return str(like)


def names(version: str, kind: str, tables: Tables | None = None) -> list[str]:
    """The names that a section of this kind can have, those in `tables` too."""
    version = table_version(version)
    table = _table(f"{version}_{kind}s")["plugins"]
    own = [name for name, described in table.items() if not described.get("private")]
    return own if tables is None else [*own, *tables.plugins(version, kind)]


def core(version: str, what: str) -> dict[str, Option]:
    """Keys that Fluent Bit itself reads, by lower-case name.

    `what` is `service`, a kind of section, `net.input`, `net.output`, `oauth2.input`,
    `oauth2.output` or `http_server`.
    """
    key = (table_version(version), what)
    if key not in _core:
        _core[key] = _options(_table("core")[key[0]][what])
    return _core[key]


def newer(kind: str, plugin: str, option: str, version: str, tables: Tables | None = None) -> str:
    """The first version after `version` in which the plugin (or the core) has the option, or ""."""
    later = VERSIONS[VERSIONS.index(table_version(version)) + 1 :]
    for candidate in later:
        found = lookup(candidate, kind, plugin, tables=tables)
        if found is None:
            continue
        if found.option(option) or is_core(candidate, kind, option, found):
            return candidate
    return ""


def newer_plugin(kind: str, name: str, version: str, tables: Tables | None = None) -> str:
    """The first version after `version` that has the plugin, or ""."""
    later = VERSIONS[VERSIONS.index(table_version(version)) + 1 :]
    for candidate in later:
        found = lookup(candidate, kind, name, tables=tables)
        if found is not None and not found.private:
            return candidate
    return ""


def is_core(version: str, kind: str, key: str, plugin: Plugin) -> bool:
    """Whether Fluent Bit itself knows the key for instances of this plugin."""
    lower = key.lower()
    if lower in core(version, kind):
        return True
    if kind == "filter":
        return False
    if lower in core(version, f"oauth2.{kind}"):
        return True
    if plugin.http_server and lower in core(version, "http_server"):
        return True
    return lower in net_keys(version, plugin)


def net_keys(version: str, plugin: Plugin) -> dict[str, Option]:
    """The `net.*` keys that instances of this plugin have."""
    if plugin.kind == "output":
        return core(version, "net.output")
    if not core(version, "net.input"):
        return {}
    if plugin.network == "server":
        return core(version, "net.input")
    return core(version, "net.output") if plugin.network == "client" else {}


def suggest(word: str, candidates: Iterable[str]) -> str:
    """The candidate that `word` was probably meant to be, or ""."""
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    # What differs only in how words are parted is meant, whatever the share of equal letters.
    bare = word.lower().replace("_", "").replace("-", "").replace(".", "")
    for lower, candidate in by_lower.items():
        if lower.replace("_", "").replace("-", "").replace(".", "") == bare:
            return candidate
    return by_lower.get(similar(word.lower(), by_lower, 0.72), "")


def is_slip(word: str, meant: str) -> bool:
    """Whether a word is surely another one, misspelled or cut short."""
    import difflib  # noqa: PLC0415  (only when something is wrong)

    lower, right = word.lower(), meant.lower()
    if sorted(lower) == sorted(right) or right.startswith(f"{lower}_"):
        return True
    return difflib.SequenceMatcher(None, lower, right).ratio() >= SLIP


def _options(described: dict[str, str]) -> dict[str, Option]:
    return {name.lower(): Option(name, text) for name, text in described.items()}


def _table(name: str) -> dict[str, Any]:
    if name not in _tables:
        path = os.path.join(DATA, f"fluent_bit_{name}.json")
        with open(path, encoding="utf-8") as stream:
            _tables[name] = json.load(stream)
    return _tables[name]


def _read(
    version: str, kind: str, name: str, aws: bool, private: PrivatePlugin | None
) -> Plugin | None:
    if private is not None:
        return Plugin(kind, name, private.described, private.go)
    described = _table(f"{version}_{kind}s")["plugins"].get(name)
    if described is None:
        return None
    if aws:
        added = _table("aws")[f"{kind}s"].get(name)
        if added:
            described = {**described, "options": {**described["options"], **added}}
    return Plugin(kind, name, described)
