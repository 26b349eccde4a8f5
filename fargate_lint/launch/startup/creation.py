"""Loading the configuration: instances are created, and the keys of the core are set.

What is refused here ends the program with status 1, before anything has started. 1.9 mostly drops
a bad value and goes on.
"""

from __future__ import annotations

from fargate_lint.launch import plugins, values
from fargate_lint.launch.startup.instance import Instance, Property
from fargate_lint.source.later import later
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from fargate_lint.launch import onigmo
    from fargate_lint.launch.plugins import Option
    from fargate_lint.launch.sections import Entry, Section
    from fargate_lint.launch.startup.state import Start
else:
    onigmo = later("fargate_lint.launch.onigmo")

# Keys that the core leaves to the plugin, which does not know them, when their value is empty.
NEEDED = frozenset({
    "alias", "ipv6", "log_level", "log_suppress_interval", "mem_buf_limit", "routable",
    "storage.pause_on_chunks_overlimit", "storage.total_limit_size", "storage.type", "tag",
    "thread.ring_buffer.capacity", "thread.ring_buffer.window", "threaded", "tls", "tls.debug",
    "tls.verify", "tls.verify_client_cert", "tls.verify_hostname", "workers",
})  # fmt: skip
# Texts of the core: newer versions warn when one replaces another.
TEXTS = frozenset({
    "alias", "host", "listen", "match", "tag", "tls.ca_file", "tls.ca_path", "tls.ciphers",
    "tls.crt_file", "tls.key_file", "tls.key_passwd", "tls.max_version", "tls.min_version",
    "tls.vhost",
})  # fmt: skip
SPECIAL = frozenset({"active", "condition", "routes"})
APART = ("net.", "oauth2")
STORAGE_TYPES = frozenset({"filesystem", "memory", "memrb"})
# What the name of no plugin holds, wherever it was loaded from.
NO_NAME = frozenset(" \t\"'#=,")
UNLIMITED = frozenset({"no_limits", "false", "off", "no_retries"})


def create(start: Start, kind: str, section: Section) -> Instance | None:
    """The instance that a section makes; None when it makes none, or none that is known."""
    entry = section.first("name")
    if entry is None:
        start.fatal(
            "missing-name", f"the section [{section.name}] has no `Name`",
            f"[config] section '{kind}' is missing the 'name' property", exit=1,
            help=_no_name(section), section=section,
        )  # fmt: skip
        return None
    name = start.expand(entry.value, section, entry)
    if not isinstance(name, str):
        start.unnamed += 1
        return None
    plugin = plugins.lookup(
        start.version, kind, name, aws=start.aws, go=start.go or (), tables=start.tables
    )
    if plugin is None or plugin.private:
        _unknown_plugin(start, kind, section, entry, name)
        return None
    count = len(getattr(start, f"{kind}s"))
    instance = Instance(kind, plugin, section, count, entry.text)
    address = name.partition("://")[2]
    if address and plugin.address:
        _address(instance, entry, address)
    keys = plugins.core(start.version, kind)
    for item in section.entries:
        lower = item.key.lower()
        if lower == "name":
            continue
        value = start.expand(item.value, section, item)
        made = Property(item.key if start.old else lower, value, item)
        if lower in keys or value == "" or lower in SPECIAL or lower.startswith(APART):
            _set(start, instance, made, keys)
        else:
            instance.properties.append(made)
    return instance


def _no_name(section: Section) -> str:
    for entry in section.entries:
        if entry.key.strip(":=").lower() == "name":
            return f"write `Name {entry.text}`: the key is `{entry.key}` as it stands"
    return "name the plugin"


def _unknown_plugin(start: Start, kind: str, section: Section, entry: Entry, name: str) -> None:
    same = plugins.same_as(name) if kind == "output" else ""
    may_be_loaded = kind == "output" and start.go is None and not set(name) & NO_NAME
    if not start.sure or may_be_loaded:
        start.unnamed += 1
        if start.sure and not same:
            _perhaps_misspelled(start, section, entry, name)
        return
    advice, suggestion = "", ""
    later = plugins.newer_plugin(kind, name, start.version, start.tables)
    if same:
        advice = f"load it with `-e /fluent-bit/{name.lower()}.so`, or use `{same}`"
        suggestion = same
    elif later:
        advice = f"Fluent Bit {later} has it"
    elif name != name.strip("\"'") or "#" in name:
        advice = "a value is the whole rest of the line: quotes and comments too"
        suggestion = name.partition("#")[0].strip(" \t\"'")
    else:
        suggestion = start.suggest(name, plugins.names(start.version, kind, start.tables))
        advice = f"did you mean `{suggestion}`?" if suggestion else ""
    what = f"there is no {kind} plugin `{name}`"
    if same:
        what = f"Go plugin `{name}` is not loaded"
    elif later:
        what = f"Fluent Bit {start.version} has no {kind} plugin `{name}`"
    word = "don't exists" if start.old else "doesn't exist"
    start.fatal(
        "go-plugin-not-loaded" if same else "plugin-too-new" if later else "unknown-plugin", what,
        f"[config] section '{entry.text}' tried to instance a plugin name that {word}",
        exit=1, help=advice, section=section, entry=entry, suggestion=suggestion,
    )  # fmt: skip


def _perhaps_misspelled(start: Start, section: Section, entry: Entry, name: str) -> None:
    """An output that some library may bring, but for a name that is nearly a known one."""
    suggestion = start.suggest(name, plugins.names(start.version, "output", start.tables))
    if suggestion and plugins.is_slip(name, suggestion):
        start.warning(
            "unknown-plugin", f"there is no output plugin `{name}`, unless a library brings it",
            help=f"did you mean `{suggestion}`?", section=section, entry=entry,
            suggestion=suggestion,
        )  # fmt: skip


def _address(instance: Instance, entry: Entry, address: str) -> None:
    host, colon, port = address.partition("/")[0].rpartition(":")
    if not colon:
        host, port = port, ""
    if host:
        instance.core["host"] = Property("host", host, entry)
    if port:
        instance.core["port"] = Property("port", port, entry)


def _set(start: Start, instance: Instance, item: Property, keys: Mapping[str, Option]) -> None:
    """One `key value` given to an instance, where Fluent Bit itself may read it: one of `keys`."""
    empty = item.value == ""
    kind = instance.kind
    if kind != "filter" and not empty:
        if item.lower.startswith("net.") and (kind == "output" or not start.old):
            instance.net.append(item)
            return
        if start.new and item.lower.startswith("oauth2"):
            instance.oauth2.append(item)
            return
    own = instance.plugin.option(item.lower) is not None
    if item.lower in SPECIAL and not start.old and not own:
        return
    # `modify` has an option `condition`, which is also a key of the core.
    core = item.lower in keys and not (own and item.lower in SPECIAL)
    if not core or (empty and kind != "filter" and item.lower in NEEDED):
        instance.properties.append(item)
        return
    if item.lower == "match_regex":
        _match_regex(start, instance, item)
        return
    before = instance.core.get(item.lower)
    if before is not None:
        _replaced(start, instance, before, item)
    check = CHECKS.get(item.lower)
    if check is not None and isinstance(item.value, str):
        refused = check(start, instance, item.value)
        if refused:
            _refuse(start, instance, item, refused)
            return
    if empty and item.lower == "match" and kind == "output":
        instance.core.pop("match", None)
        return
    instance.core[item.lower] = item
    note = NOTES.get(item.lower)
    if note is not None and isinstance(item.value, str) and item.value:
        note(start, instance, item, item.value)


def _match_regex(start: Start, instance: Instance, item: Property) -> None:
    """The last one counts, and one that can't be compiled is none."""
    instance.match_regex = not isinstance(item.value, str) or (
        item.value != "" and onigmo.compile(item.value, start.version) is not None
    )
    if not instance.match_regex:
        start.warning(
            "bad-regex", f"`{item.value}` is no regular expression, so there is no Match_Regex",
            help="a wildcard pattern goes into `Match`", section=instance.section, entry=item.entry,
        )  # fmt: skip


def _replaced(start: Start, instance: Instance, before: Property, item: Property) -> None:
    said = ""
    if not start.old and item.lower in TEXTS and isinstance(item.value, str):
        text = before.value if isinstance(before.value, str) else before.value.text
        said = (
            f"[utils] property '{item.lower}' is already specified with value '{text}'. "
            f"Overwriting with '{item.value}'"
        )
    start.warning(
        "duplicate-option", f"`{item.entry.key}` is set twice: the last one counts", said,
        section=instance.section, entry=item.entry,
    )  # fmt: skip


def _refuse(
    start: Start, instance: Instance, item: Property, refused: tuple[str, str, str]
) -> None:
    kind, message, said = refused
    line = (
        f"[config] could not configure property '{item.key}' on {instance.kind} plugin "
        f"with section name '{instance.raw_name}'"
    )
    said = f"{said}\n{line}" if said else line
    if start.old:
        start.warning(
            kind, f"{message}; it is not used", said, section=instance.section, entry=item.entry
        )
        return
    start.fatal(kind, message, said, exit=1, section=instance.section, entry=item.entry)


def _retry_limit(start: Start, instance: Instance, item: Property, value: str) -> None:
    if value.lower() not in UNLIMITED and values.integer(value) <= 0:
        start.warning(
            "bad-retry-limit", f"`Retry_Limit {value}` is no limit: one retry is made",
            "[config] invalid retry_limit. set default.",
            help="give a number above 0, `no_limits` or `no_retries`", section=instance.section,
            entry=item.entry,
        )  # fmt: skip


def _no_limit(start: Start, instance: Instance, item: Property, value: str) -> None:
    if start.old and values.size(value, start.version) == 0 and values.number(value) > 0:
        start.warning(
            "bad-size", f"`{item.entry.key} {value}` is 0, which is no limit, in Fluent Bit 1.9",
            help="give a whole number before the unit", section=instance.section, entry=item.entry,
        )  # fmt: skip


def _port(start: Start, instance: Instance, item: Property, value: str) -> None:
    if values.integer(value) == 0:
        start.warning(
            "bad-number", f"`Port {value}` is no port: {instance.plugin.port or 'the default'} is "
            "taken",
            section=instance.section, entry=item.entry,
        )  # fmt: skip


def _tls_word(start: Start, instance: Instance, item: Property, value: str) -> None:
    switch = values.boolean(value)
    if switch is None or (start.old and value.lower() == "yes"):
        start.warning(
            "bad-bool", f"`tls {value}` leaves TLS off", help="write `tls on`",
            section=instance.section, entry=item.entry,
        )  # fmt: skip


def _log_level(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    del start, instance
    if value.lower() in values.LOG_LEVELS:
        return None
    return "bad-enum", f"`{value}` is no log level", ""


def _size(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    del instance
    if values.size(value, start.version) is not None:
        return None
    return "bad-size", f"`{value}` is no size: write a number and K, M or G", ""


def _total_limit(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    return None if values.boolean(value) is False else _size(start, instance, value)


def _storage_type(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    del start, instance
    if value.lower() in STORAGE_TYPES:
        return None
    return "bad-enum", f"`{value}` is no storage type: filesystem, memory or memrb", ""


def _pause(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    if start.old:
        # 1.9 looks at it only when the storage type was set before.
        storage = instance.core.get("storage.type")
        text = storage.value if storage is not None else ""
        if isinstance(text, Unknown) or text.lower() != "filesystem":
            return None
    return _boolean(start, instance, value)


def _boolean(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    del start, instance
    if values.boolean(value) is not None:
        return None
    return "bad-bool", f"`{value}` is neither on nor off", ""


def _capacity(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    del start, instance
    if values.integer(value) > 0:
        return None
    return "bad-number", f"`{value}` is not above 0", ""


def _window(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    del start, instance
    if 0 < values.integer(value) <= 100:
        return None
    said = "[input] thread.ring_buffer.window must be between 1 and 100"
    return "bad-number", f"`{value}` is not between 1 and 100", said


def _interval(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    del start, instance
    return ("bad-number", f"`{value}` is no time", "") if values.seconds(value) == -1 else None


def _tls(start: Start, instance: Instance, value: str) -> tuple[str, str, str] | None:
    on = value.lower() in {"true", "on"} if start.old else values.boolean(value) is True
    if not on or instance.plugin.tls or instance.plugin.go:
        return None
    word = "don't" if start.old else "does not"
    said = f"[config] {instance.name} {word} support TLS"
    return "tls-unsupported", f"`{instance.plugin.name}` has no TLS of its own", said


NOTES = {
    "mem_buf_limit": _no_limit,
    "port": _port,
    "retry_limit": _retry_limit,
    "tls": _tls_word,
}
CHECKS = {
    "log_level": _log_level,
    "log_suppress_interval": _interval,
    "mem_buf_limit": _size,
    "storage.pause_on_chunks_overlimit": _pause,
    "storage.total_limit_size": _total_limit,
    "storage.type": _storage_type,
    "thread.ring_buffer.capacity": _capacity,
    "thread.ring_buffer.window": _window,
    "threaded": _boolean,
    "tls": _tls,
}
