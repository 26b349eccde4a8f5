"""What inputs refuse when they start.

https://docs.fluentbit.io/manual/pipeline/inputs
"""

from __future__ import annotations

import posixpath

from fargate_lint.launch import values
from fargate_lint.launch.startup import parser_files, service
from fargate_lint.launch.startup.refusal import lacking, lacks, one_of, refuse
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.launch.startup.instance import Instance
    from fargate_lint.launch.startup.state import Start

ANY = "0.0.0.0"  # noqa: S104  (what these plugins listen on when they are told nothing)
FORMATS = frozenset({"json", "none"})
SYSLOG_MODES = frozenset({"unix_tcp", "unix_udp", "tcp", "udp"})
JOURNAL_MODES = frozenset({"delete", "truncate", "persist", "memory", "wal", "off"})


def start_input(start: Start, instance: Instance) -> None:
    """Note what this input refuses."""
    _tls(start, instance)
    check = CHECKS.get(instance.plugin.name)
    if check is not None:
        check(start, instance)
    elif instance.plugin.network == "server" and instance.plugin.port:
        listen(start, instance, "udp" if instance.plugin.name == "udp" else "tcp")


def listen(start: Start, instance: Instance, protocol: str = "tcp") -> None:
    """Take the port, which nobody else may have."""
    host = instance.core.get("listen")
    port = instance.core.get("port")
    if (host is not None and isinstance(host.value, Unknown)) or (
        port is not None and isinstance(port.value, Unknown)
    ):
        return
    address = (host.value if host is not None else "") or instance.plugin.host or ANY
    number = values.integer(str(port.value)) if port is not None else 0
    number = number or instance.plugin.port
    where = f"could not bind address {address}:{number}. Aborting"
    said = f"{instance.prefix} {where}" if start.old else f"[downstream] {where}"
    if service.no_address(str(address)):
        start.fatal(
            "bad-address", f"`{address}` is no address", said, section=instance.section,
            entry=host.entry if host is not None else None,
        )  # fmt: skip
        return
    shared = next((item for item in instance.net if item.lower == "net.share_port"), None)
    if shared is not None and values.boolean(str(shared.value)):
        return
    taken = service.in_use(start, str(address), number, protocol)
    if taken is None:
        start.ports[str(address), number, protocol] = instance
        return
    start.fatal(
        "port-taken", f"port {number} is taken by `{taken}`", said,
        help="give one of them another port", section=instance.section,
        entry=port.entry if port is not None else None,
    )  # fmt: skip


def _tls(start: Start, instance: Instance) -> None:
    if start.old or instance.plugin.network != "server" or not instance.enabled("tls"):
        return
    for key, what in (("tls.crt_file", "certificate"), ("tls.key_file", "private key")):
        if key not in instance.core or instance.core[key].value == "":
            start.fatal(
                "required-option", f"`tls` needs `{key}`",
                f"[input {instance.name}] error initializing TLS context ({what} file missing)",
                section=instance.section, entry=instance.core["tls"].entry, options=(key,),
            )  # fmt: skip
            return


def _forward(start: Start, instance: Instance) -> None:
    path = instance.get("unix_path")
    if path is None:
        listen(start, instance)
        return
    if not isinstance(path.value, str):
        return
    if start.files.folder_exists(posixpath.dirname(path.value)) is False:
        message = f"there is no folder for the socket `{path.value}`"
        if start.old:
            refuse(
                start, instance, "socket-folder", message,
                f"could not listen on unix://{path.value}", path,
            )  # fmt: skip
        else:
            start.warning(
                "socket-folder", f"{message}: nothing is received",
                f"Cannot bind to or listen on {path.value}", loss=True,
                section=instance.section, entry=path.entry,
            )  # fmt: skip


def _tcp(start: Start, instance: Instance) -> None:
    said = "unrecognized format value '{}'"
    one_of(start, instance, "format", FORMATS, said, "`{}` is no format: json or none")
    listen(start, instance)


def _syslog(start: Start, instance: Instance) -> None:
    mode = instance.get("mode")
    text = mode.value if mode is not None else "unix_udp"
    if not isinstance(text, str):
        return
    if text.lower() not in SYSLOG_MODES:
        start.fatal(
            "bad-enum", f"`{text}` is no mode of the syslog input",
            f"[in_syslog] Unknown syslog mode {text}", section=instance.section,
            entry=mode.entry if mode is not None else None,
        )  # fmt: skip
        return
    local = text.lower().startswith("unix")
    parser = instance.get("parser")
    name = parser.value if parser is not None else None
    if name is None:
        name = "syslog-rfc3164-local" if local else "syslog-rfc5424"
    if isinstance(name, str) and not parser_files.known(start, name):
        if start.complete:
            start.fatal(
                "undefined-parser", f"the parser `{name}` is not defined",
                "[in_syslog] parser not set", help="name its file in `Parsers_File` of SERVICE",
                section=instance.section, entry=parser.entry if parser is not None else None,
            )  # fmt: skip
        return
    if not local:
        listen(start, instance, "udp" if text.lower() == "udp" else "tcp")
    elif instance.get("path") is None:
        refuse(
            start, instance, "required-option", "the syslog input needs `path` in a unix mode",
            "Unix path not defined", options=("path",),
        )  # fmt: skip


def _tail(start: Start, instance: Instance) -> None:
    if instance.get("path") is None:
        lacks(start, instance, "no input 'path' was given", "Path")
        return
    refresh = instance.get("refresh_interval")
    if refresh is not None and isinstance(refresh.value, str) and not _interval(refresh.value):
        refuse(
            start, instance, "bad-number", f"`{refresh.value}` is no interval",
            f"invalid 'refresh_interval' config value ({refresh.value})", refresh,
        )  # fmt: skip
    wait = instance.get("rotate_wait")
    if wait is not None and isinstance(wait.value, str) and values.seconds(wait.value) <= 0:
        refuse(
            start, instance, "bad-number", f"`{wait.value}` is not above 0",
            "invalid 'rotate_wait' config value", wait,
        )  # fmt: skip
    parser = instance.get("parser")
    name = parser.value if parser is not None else Unknown()
    if parser is not None and isinstance(name, str) and not _parser_known(start, name):
        start.warning(
            "undefined-parser", f"the parser `{name}` is not defined: none is used",
            f"{instance.prefix} parser '{name}' is not registered",
            section=instance.section, entry=parser.entry,
        )  # fmt: skip
    _tail_lines(start, instance)
    _tail_buffers(start, instance)
    one_of(
        start, instance, "db.journal_mode", JOURNAL_MODES, "invalid db.journal_mode={}",
        "`{}` is no journal mode",
    )  # fmt: skip
    _multiline_parsers(start, instance)


def _parser_known(start: Start, name: str) -> bool:
    """Whether the parser is defined, or may be in what is not known of the configuration."""
    return not start.complete or parser_files.known(start, name)


def _interval(text: str) -> bool:
    """Whether the text begins with a number of seconds above 0."""
    return text.strip()[:1] in values.DIGITS and values.number(text) != 0


def _tail_lines(start: Start, instance: Instance) -> None:
    """The old way to join lines: a parser tells the first one."""
    switch = instance.text("multiline")
    if not isinstance(switch, str) or values.boolean(switch) is not True:
        return
    first = instance.get("parser_firstline")
    if first is None:
        refuse(
            start, instance, "required-option", "`Multiline` needs `Parser_Firstline`",
            "multiline: no parser defined for firstline", options=("Parser_Firstline",),
        )  # fmt: skip
    elif (
        isinstance(first.value, str)
        and not parser_files.known(start, first.value)
        and start.complete
    ):
        refuse(
            start, instance, "undefined-parser", f"the parser `{first.value}` is not defined",
            f"multiline: invalid parser '{first.value}'", first,
        )  # fmt: skip


def _tail_buffers(start: Start, instance: Instance) -> None:
    sizes = {}
    for key in ("buffer_chunk_size", "buffer_max_size"):
        text = instance.text(key)
        if isinstance(text, Unknown):
            return
        size = values.size(text, start.version) if text is not None else 32_000
        if size is None:
            return
        sizes[key] = size
    if sizes["buffer_chunk_size"] > sizes["buffer_max_size"]:
        refuse(
            start, instance, "bad-size", "`Buffer_Chunk_Size` is above `Buffer_Max_Size`",
            "buffer_max_size must be >= buffer_chunk",
            instance.get("buffer_chunk_size") or instance.get("buffer_max_size"),
        )  # fmt: skip


def _multiline_parsers(start: Start, instance: Instance) -> None:
    for item in instance.all("multiline.parser"):
        if not isinstance(item.value, str) or not start.complete:
            continue
        for name in values.split(item.value, separator=","):
            if not parser_files.multiline_known(start, name.strip()):
                start.fatal(
                    "undefined-parser", f"the multiline parser `{name.strip()}` is not defined",
                    f"[multiline] parser '{name.strip()}' not registered",
                    section=instance.section, entry=item.entry,
                )  # fmt: skip


def _exec(start: Start, instance: Instance) -> None:
    if instance.get("command") is None and not start.old:
        lacks(start, instance, "no input 'command' was given", "Command")


def _netif(start: Start, instance: Instance) -> None:
    if instance.get("interface") is None:
        lacks(start, instance, "'interface' is not set", "Interface")


def _proc(start: Start, instance: Instance) -> None:
    if instance.get("proc_name") is None:
        lacks(start, instance, "'proc_name' is not set", "Proc_Name")


def _kafka(start: Start, instance: Instance) -> None:
    if instance.get("brokers") is None and not any(
        item.lower.startswith("rdkafka.") for item in instance.properties
    ):
        start.fatal(
            "required-option", lacking(instance, ["brokers"]), "config: no brokers defined",
            section=instance.section, options=("brokers",),
        )  # fmt: skip


CHECKS: dict[str, Callable[[Start, Instance], None]] = {
    "exec": _exec,
    "forward": _forward,
    "kafka": _kafka,
    "netif": _netif,
    "proc": _proc,
    "syslog": _syslog,
    "tail": _tail,
    "tcp": _tcp,
}
