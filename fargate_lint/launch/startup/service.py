"""The SERVICE section, and what it asks the engine for.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file
"""

from __future__ import annotations

from fargate_lint.launch import plugins, values
from fargate_lint.launch.problem import CRASH
from fargate_lint.launch.startup import parser_files
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fargate_lint.launch.sections import Entry, Section
    from fargate_lint.launch.startup.state import Start

PAGE_SIZE = 4096
UNBOUND = "[downstream] could not bind address"
SYNC = frozenset({"normal", "full"})


def read(start: Start, sections: Iterable[Section]) -> None:
    """Take the keys of all SERVICE sections: they are one, and the last value of a key counts."""
    known = plugins.core(start.version, "service")
    for section in sections:
        for entry in section.entries:
            key = entry.key.lower()
            if key not in known:
                _ignored(start, section, entry)
                continue
            value = start.expand(entry.value, section, entry)
            start.service[key] = (entry, value)
            if not isinstance(value, str):
                if key in {"parsers_file", "plugins_file"}:
                    _unknown_file(start, key)
                continue
            if key == "parsers_file":
                _parsers_file(start, section, entry, value)
            elif key == "plugins_file":
                _plugins_file(start, section, entry, value)
            elif key == "streams_file":
                _missing_file(start, section, entry, value)
            elif known[key].type == "bool" and values.boolean(value) is None:
                start.warning(
                    "bad-bool", f"`{entry.key} {value}` is neither on nor off", section=section,
                    entry=entry,
                )  # fmt: skip
            elif key == "log_level" and value.lower() not in values.LOG_LEVELS:
                start.warning(
                    "bad-enum", f"`{value}` is no log level: `info` is taken", section=section,
                    entry=entry,
                )  # fmt: skip
    path = start.service.get("storage.path")
    start.storage_path = path[1] if path is not None else None


def _ignored(start: Start, section: Section, entry: Entry) -> None:
    if not start.sure:
        return
    suggestion = start.suggest(entry.key, plugins.core(start.version, "service"))
    start.warning(
        "ignored-option", f"SERVICE has no key `{entry.key}`: it is ignored",
        help=f"did you mean `{suggestion}`?" if suggestion else "", section=section, entry=entry,
        suggestion=suggestion,
    )  # fmt: skip


def _unknown_file(start: Start, key: str) -> None:
    if key == "parsers_file":
        start.parsers_known = False
    else:
        start.go = None


def _missing_file(
    start: Start, section: Section, entry: Entry, path: str
) -> str | bytes | Unknown | None:
    found = start.files.find(path)
    if found is None:
        said = ""
        if not start.old and not path.startswith("/"):
            said = "flb_cf_fluentbit.c:N errno=2] No such file or directory"
        start.warning(
            "file-missing", f"there is no file `{path}`: it is passed over", said,
            section=section, entry=entry,
        )  # fmt: skip
    return found


def _parsers_file(start: Start, section: Section, entry: Entry, path: str) -> None:
    text = _missing_file(start, section, entry, path)
    if isinstance(text, Unknown):
        start.parsers_known = False
    elif text is not None:
        name = path if path.startswith("/") else f"{start.files.folder}/{path}"
        for said in parser_files.read(start, text, name):
            start.warning(
                "parser-file", f"`{path}` has a fault: what comes after it is not defined", said,
                section=section, entry=entry,
            )  # fmt: skip


def _plugins_file(start: Start, section: Section, entry: Entry, path: str) -> None:
    if _missing_file(start, section, entry, path) is not None:
        # Which names the libraries in it register is written in them alone.
        start.go = None


def number(start: Start, key: str) -> tuple[Entry, str] | None:
    """A key of SERVICE with its value, None when it is not set or not known."""
    found = start.service.get(key)
    if found is None or not isinstance(found[1], str):
        return None
    return found[0], found[1]


def check_numbers(start: Start) -> None:
    """What is looked at once the whole configuration is read; the start ends with status 1."""
    stack = number(start, "coro_stack_size")
    if stack is not None and values.integer(stack[1]) < PAGE_SIZE:
        start.fatal(
            "bad-number", f"`{stack[0].key} {stack[1]}` is below {PAGE_SIZE}",
            "invalid coroutine stack size, aborting.", exit=1, entry=stack[0],
        )  # fmt: skip
    flush = number(start, "flush")
    if flush is not None and values.number(flush[1]) <= 0:
        start.fatal(
            "bad-flush", f"`{flush[0].key} {flush[1]}` is not above 0",
            "invalid flush value, aborting.", exit=1, help="give a number of seconds",
            entry=flush[0],
        )  # fmt: skip
    base, cap = number(start, "scheduler.base"), number(start, "scheduler.cap")
    first = values.integer(base[1]) if base is not None else 5
    if cap is not None and values.integer(cap[1]) == first - 1:
        start.warning(
            "scheduler-cap", f"Fluent Bit crashes at the first retry: the cap is the base, {first},"
            " less one",
            loss=True, help="make `scheduler.cap` larger than `scheduler.base`", entry=cap[0],
        )  # fmt: skip
    daemon = number(start, "daemon")
    if daemon is not None and values.boolean(daemon[1]):
        start.fatal(
            "daemon", "Fluent Bit goes to the background, so the container ends", exit=0,
            help="leave `Daemon` off in a container", entry=daemon[0],
        )  # fmt: skip


def check_storage(start: Start) -> None:
    """What the storage layer refuses, for the engine and for each input."""
    sync = number(start, "storage.sync")
    if sync is not None and sync[1].lower() not in SYNC:
        start.fatal(
            "storage-sync", f"`{sync[1]}` is no way of synchronizing: normal or full",
            "[storage] invalid synchronization mode", entry=sync[0],
        )  # fmt: skip
    path = number(start, "storage.path")
    if path is not None and start.files.writable(path[1]) is False:
        start.fatal(
            "storage-path", f"nothing can be written below `{path[1]}`",
            f"[storage] [chunkio] cannot initialize root path {path[1]}", entry=path[0],
        )  # fmt: skip
    if start.storage_path is not None and start.storage_path != "":
        return
    if not start.complete:
        return
    for instance in start.inputs:
        kind = instance.core.get("storage.type")
        if kind is not None and isinstance(kind.value, str) and kind.value.lower() == "filesystem":
            start.fatal(
                "storage-without-path",
                f"`{instance.label}` keeps its data in files, but SERVICE has no `storage.path`",
                f"[storage] instance '{instance.label}' requested filesystem storage but no "
                "filesystem path was defined.",
                help="set `storage.path` in SERVICE", section=instance.section, entry=kind.entry,
            )  # fmt: skip


def check_http_server(start: Start) -> None:
    """The port of the monitoring server, which is opened when all else runs."""
    server = number(start, "http_server")
    if server is None or values.boolean(server[1]) is not True:
        return
    listen = number(start, "http_listen")
    port = number(start, "http_port")
    if port is not None and _bad_port(start, port[1]):
        said = f"[http_server] invalid monitoring tcp_port '{port[1]}'"
        if not start.new:
            address = listen[1] if listen is not None else "0.0.0.0"  # noqa: S104  (its default)
            said = f"[  Error] [server] Failed to bind server socket to {address}:{port[1]}."
        start.fatal(
            "bad-port", f"`{port[0].key} {port[1]}` is no port", said,
            exit=CRASH if start.new else 1, entry=port[0],
        )  # fmt: skip
        return
    wanted = values.integer(port[1]) if port is not None else 2020
    if not isinstance(start.service.get("http_port", (None, ""))[1], str):
        return
    address = listen[1] if listen is not None else "0.0.0.0"  # noqa: S104  (its default)
    if listen is not None and no_address(address):
        message = f"`{listen[0].key} {address}` is no address"
        if start.new:
            start.warning("bad-address", message, UNBOUND, entry=listen[0])
        else:
            said = f"[  Error] [server] Failed to bind server socket to {address}:{wanted}."
            start.fatal("bad-address", message, said, exit=1, entry=listen[0])
        return
    taken = in_use(start, address, wanted)
    if taken is None:
        return
    message = f"port {wanted} of the HTTP server is taken by `{taken}`"
    entry = port[0] if port is not None else server[0]
    if start.new:
        start.warning("port-taken", message, UNBOUND, entry=entry)
        return
    said = f"[  Error] [server] Failed to bind server socket to {address}:{wanted}."
    start.fatal("port-taken", message, said, exit=1, entry=entry)


def no_address(text: str) -> bool:
    """Whether nothing can listen there: digits and dots that make no IPv4 address.

    No name ends in a part of digits, so nobody can resolve it either.
    https://www.rfc-editor.org/rfc/rfc1123#section-2.1
    """
    parts = text.split(".")
    if not all(part.isdecimal() and part.isascii() for part in parts):
        return False
    return (
        len(parts) > 4
        or any(len(part) > 10 or int(part) > 255 for part in parts[:-1])
        or (len(parts[-1]) > 10 or int(parts[-1]) >= 256 ** (5 - len(parts)))
    )


def in_use(start: Start, address: str, port: int, protocol: str = "tcp") -> str | None:
    """The name of the input that listens at this address already."""
    for (host, number_, kind), instance in start.ports.items():
        if (
            number_ == port
            and kind == protocol
            and (host == address or "0.0.0.0" in {host, address})  # noqa: S104  (any address)
        ):
            return instance.name
    return None


def _bad_port(start: Start, text: str) -> bool:
    digits = text.strip().isdecimal() and text.isascii()
    if start.new:
        return not digits or not 0 < int(text[:9]) <= 65535
    return bool(text) and not digits
