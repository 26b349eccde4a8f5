"""What filters refuse when they start.

https://docs.fluentbit.io/manual/pipeline/filters
"""

from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.launch.startup import parser_files
from fargate_lint.launch.startup.refusal import lacks, one_of, refuse
from fargate_lint.source.later import later
from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.launch import accessor, onigmo
    from fargate_lint.launch.startup import lua, modify
    from fargate_lint.launch.startup.instance import Instance, Property
    from fargate_lint.launch.startup.state import Start
else:
    accessor = later("fargate_lint.launch.accessor")
    onigmo = later("fargate_lint.launch.onigmo")
    lua = later("fargate_lint.launch.startup.lua")
    modify = later("fargate_lint.launch.startup.modify")

STORAGE = frozenset({"memory", "filesystem"})
METRICS = frozenset({"counter", "gauge", "histogram"})


def start_filter(start: Start, instance: Instance) -> None:
    """Note what this filter refuses."""
    check = CHECKS.get(instance.plugin.name)
    if check is not None:
        check(start, instance)


def accessor_fault(text: str) -> bool:
    """Whether the program refuses the text as a record accessor."""
    return "$" in text and not accessor.Accessor(text).valid


def _grep(start: Start, instance: Instance) -> None:
    logic = instance.text("logical_op")
    legacy = not isinstance(logic, str) or logic.lower() not in {"and", "or"}
    first = ""
    for item in instance.properties:
        if item.lower not in {"regex", "exclude"}:
            continue
        if not legacy and first and first != item.lower:
            refuse(
                start, instance, "exclusive-options",
                "`Regex` and `Exclude` do not go together with `Logical_Op`",
                "Both 'regex' and 'exclude' are set.", item,
            )  # fmt: skip
        first = item.lower
        if not isinstance(item.value, str):
            continue
        words = values.split(item.value, 1)
        if len(words) != 2:
            refuse(
                start, instance, "too-few-words",
                f"`{item.entry.key}` needs a key and a regular expression",
                "invalid regex, expected field and regular expression", item,
            )  # fmt: skip
        elif accessor_fault(field := f"${words[0].removeprefix('$')}"):
            refuse(
                start, instance, "bad-accessor", f"`{words[0]}` is no record accessor",
                f"invalid record accessor? '{field}'", item,
            )  # fmt: skip
        else:
            _pattern(start, instance, item, words[1])


def _pattern(start: Start, instance: Instance, item: Property, pattern: str) -> bool:
    """Refuse a regular expression that can't be compiled; whether it was refused."""
    if onigmo.compile(pattern, start.version) is not None:
        return False
    glob = pattern.startswith("*") or "**" in pattern
    refuse(
        start, instance, "bad-regex", f"`{pattern}` is no regular expression",
        f"could not compile regex pattern '{pattern}'", item,
        "this is a pattern for file names: write `.*` for any text" if glob else "",
    )  # fmt: skip
    return True


def _record_modifier(start: Start, instance: Instance) -> None:
    for item in instance.all("record"):
        if not isinstance(item.value, str):
            continue
        try:
            words = values.split(item.value, 2, quotes='"')
        except ValueError:
            continue
        if len(words) > 2:
            start.warning(
                "too-many-words", f"`Record {item.value}` has more than two words: it is dropped",
                f"{instance.prefix} invalid record parameters, expects 'KEY VALUE'",
                help="put the value into double quotes", section=instance.section,
                entry=item.entry,
            )  # fmt: skip
    kept = instance.get("allowlist_key") or (not start.old and instance.get("whitelist_key"))
    if kept and instance.get("remove_key") is not None:
        refuse(
            start, instance, "exclusive-options", "`Remove_key` and `Allowlist_key` are exclusive",
            "remove_keys and allowlist_keys are exclusive with each other.", kept,
        )  # fmt: skip


def _nest(start: Start, instance: Instance) -> None:
    operation = instance.get("operation")
    if operation is None:
        lacks(start, instance, "Operation can only be NEST or LIFT", "Operation")
    elif isinstance(operation.value, str) and operation.value[:4] not in {"nest", "lift"}:
        refuse(
            start, instance, "bad-enum", f"`{operation.value}` is no operation: nest or lift",
            f"Key \"operation\" has invalid value '{operation.value}'. Expected 'nest' or 'lift'",
            operation,
        )  # fmt: skip
    added = instance.get("add_prefix") or instance.get("prefix_with")
    if added is not None and instance.get("remove_prefix") is not None:
        refuse(
            start, instance, "exclusive-options", "`Add_prefix` and `Remove_prefix` are exclusive",
            "Add_prefix and Remove_prefix are exclusive", added,
        )  # fmt: skip


def _parser(start: Start, instance: Instance) -> None:
    if instance.get("key_name") is None:
        lacks(start, instance, "missing 'key_name'", "Key_Name")
    wanted = list(instance.all("parser"))
    if any(isinstance(item.value, Unknown) for item in wanted) or not start.complete:
        return
    missing = [item for item in wanted if not parser_files.known(start, str(item.value))]
    if not wanted:
        lacks(start, instance, "Invalid 'parser'", "Parser")
    for item in missing:
        said = f"requested parser '{item.value}' not found"
        if len(missing) == len(wanted):
            refuse(
                start, instance, "undefined-parser", f"the parser `{item.value}` is not defined",
                said, item, "name the file that defines it in `Parsers_File` of SERVICE",
            )  # fmt: skip
        else:
            start.warning(
                "undefined-parser", f"the parser `{item.value}` is not defined",
                f"{instance.prefix} {said}", section=instance.section, entry=item.entry,
            )  # fmt: skip


def _emitter(start: Start, instance: Instance) -> None:
    """The input that a filter makes to send its records from."""
    one_of(
        start, instance, "emitter_storage.type", STORAGE,
        "invalid 'emitter_storage.type' value. Only 'memory' or 'filesystem' types are allowed",
        "`{}` is no storage type of an emitter",
    )  # fmt: skip
    kind = instance.get("emitter_storage.type")
    named = instance.get("emitter_name")
    name = named.value if named is not None else f"emitter_for_{instance.label}"
    if not isinstance(name, str):
        return
    # Inputs have all started when the first filter does.
    names = start.input_names = start.input_names or {
        name for item in start.inputs for name in (item.name, item.label)
    }
    if name in names or name in start.emitters:
        refuse(
            start, instance, "emitter-name", f"there is an input called `{name}` already",
            f"emitter_name '{name}' already exists", named,
        )  # fmt: skip
    start.emitters[name] = start.emitters.get(name, 0) + 1
    if kind is None or not isinstance(kind.value, str) or kind.value.lower() != "filesystem":
        return
    if start.complete and (start.storage_path is None or start.storage_path == ""):
        start.fatal(
            "storage-without-path",
            f"`{instance.label}` keeps its data in files, but SERVICE has no `storage.path`",
            f"[storage] instance '{name}' requested filesystem storage but no filesystem path was "
            "defined.",
            help="set `storage.path` in SERVICE", section=instance.section, entry=kind.entry,
        )  # fmt: skip


def _rewrite_tag(start: Start, instance: Instance) -> None:
    match = instance.core.get("match")
    if match is not None and isinstance(match.value, str) and not match.value.strip("*"):
        start.warning(
            "rewrite-loop", "the filter `rewrite_tag` also gets what it sends out itself",
            f"{instance.prefix} 'Match' may cause infinite loop.",
            help="match only the tags that are to be changed", section=instance.section,
            entry=match.entry,
        )  # fmt: skip
    for item in instance.all("rule"):
        if not isinstance(item.value, str):
            continue
        try:
            words = values.split(item.value, 4, quotes='"')
        except ValueError:
            continue
        if len(words) >= 4:
            _rule(start, instance, item, words)
    _emitter(start, instance)


def _rule(start: Start, instance: Instance, item: Property, words: list[str]) -> None:
    if accessor_fault(words[0]):
        refuse(
            start, instance, "bad-accessor", f"`{words[0]}` is no record accessor",
            f"invalid record accessor key ? '{words[0]}'", item,
        )  # fmt: skip
    elif not _pattern(start, instance, item, words[1]) and accessor_fault(words[2]):
        refuse(
            start, instance, "bad-accessor", f"`{words[2]}` is no record accessor",
            f"could not compose tag: {words[2]}", item,
        )  # fmt: skip


def _multiline(start: Start, instance: Instance) -> None:
    mode = instance.get("mode")
    text = mode.value if mode is not None else "parser"
    if not isinstance(text, str):
        return
    partial = text.lower() == "partial_message"
    if not partial and text.lower() != "parser":
        refuse(
            start, instance, "bad-enum", f"`{text}` is no mode of the filter `multiline`",
            "'Mode' must be 'partial_message' or 'parser'", mode,
        )  # fmt: skip
        return
    if partial and instance.get("multiline.key_content") is None:
        refuse(
            start, instance, "required-option",
            "mode `partial_message` needs `multiline.key_content`",
            "'Mode' 'partial_message' requires 'multiline.key_content'", mode,
            options=("multiline.key_content",),
        )  # fmt: skip
    wanted = list(instance.all("multiline.parser"))
    if not partial and not wanted:
        said = "The default 'Mode' 'parser' requires at least one 'multiline.parser'"
        lacks(start, instance, said, "multiline.parser")
    buffer = instance.text("buffer")
    if not isinstance(buffer, Unknown) and values.boolean(buffer or "on") is not False:
        _emitter(start, instance)
    if partial or not start.complete:
        return
    for item in wanted:
        for name in values.split(str(item.value), separator=","):
            if isinstance(item.value, str) and not parser_files.multiline_known(
                start, name.strip()
            ):
                start.fatal(
                    "undefined-parser", f"the multiline parser `{name.strip()}` is not defined",
                    f"[multiline] parser '{name.strip()}' not registered",
                    help="name the file that defines it in `Parsers_File` of SERVICE",
                    section=instance.section, entry=item.entry,
                )  # fmt: skip


def _lua(start: Start, instance: Instance) -> None:
    code = instance.text("code")
    script = instance.get("script")
    if code is None:
        if script is None:
            lacks(start, instance, "no script path defined", "script")
            return
        if not isinstance(script.value, str):
            return
        text = start.files.find(script.value)
        if text is None:
            path = script.value
            if not path.startswith("/"):
                path = f"{start.files.folder}/{path}"
            refuse(
                start, instance, "file-missing", f"there is no script `{script.value}`",
                f"cannot access script '{path}'", script,
            )  # fmt: skip
            return
        code = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    call = instance.get("call")
    if call is None:
        lacks(start, instance, "function name defined by 'call' is not set", "call")
    if not isinstance(code, str):
        return
    if lua.unbalanced(code):
        start.fatal(
            "lua-syntax", "the Lua code has a bracket or a string that is not closed",
            "[luajit] error loading script: ", section=instance.section,
            entry=script.entry if script is not None else None,
        )  # fmt: skip
    elif call is not None and isinstance(call.value, str) and not lua.defines(code, call.value):
        refuse(
            start, instance, "lua-function", f"the Lua code has no function `{call.value}`",
            f"function {call.value} is not found", call,
        )  # fmt: skip


def _aws(start: Start, instance: Instance) -> None:
    one_of(
        start, instance, "imds_version", ("v1", "v2"),
        "Invalid value {} for config option 'imds_version'. Valid values are 'v1' and 'v2'",
        "`{}` is no version of the metadata service",
    )  # fmt: skip


def _type_converter(start: Start, instance: Instance) -> None:
    if not any(instance.get(key) for key in ("int_key", "uint_key", "float_key", "str_key")):
        message = "the filter `type_converter` has no rule"
        refuse(start, instance, "required-option", message, "no rules")


def _expect(start: Start, instance: Instance) -> None:
    allowed = ("warn", "exit") if start.old else ("warn", "exit", "result_key")
    said = "unexpected 'action' value '{}'"
    one_of(start, instance, "action", allowed, said, "`{}` is no action")


def _geoip2(start: Start, instance: Instance) -> None:
    for key, said in (
        ("database", "no geoip2 database has been loaded"),
        ("lookup_key", "at least one lookup_key is required"),
        ("record", "at least one record is required"),
    ):
        if instance.get(key) is None:
            lacks(start, instance, said, key)
            return


def _log_to_metrics(start: Start, instance: Instance) -> None:
    mode = instance.get("metric_mode")
    text = mode.value if mode is not None else "counter"
    if isinstance(text, str) and text.lower() not in METRICS:
        refuse(
            start, instance, "bad-enum", f"`{text}` is no kind of metric",
            "invalid 'mode' value. Only 'counter', 'gauge' or 'histogram' types are allowed", mode,
        )  # fmt: skip
    counts = not isinstance(text, str) or text.lower() == "counter"
    needed = ("tag", "metric_description", *(() if counts else ("value_field",)))
    for key in needed:
        if instance.get(key) is None:
            said = "Metric tag is not set" if key == "tag" else f"{key} is not set"
            lacks(start, instance, said, key)
            return


CHECKS: dict[str, Callable[[Start, Instance], None]] = {
    "aws": _aws,
    "expect": _expect,
    "geoip2": _geoip2,
    "grep": _grep,
    "log_to_metrics": _log_to_metrics,
    "lua": _lua,
    "modify": lambda start, one: modify.start_modify(start, one),  # noqa: PLW0108  (it is lazy)
    "multiline": _multiline,
    "nest": _nest,
    "parser": _parser,
    "record_modifier": _record_modifier,
    "rewrite_tag": _rewrite_tag,
    "type_converter": _type_converter,
}
