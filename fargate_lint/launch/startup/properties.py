"""The options of an instance against what its plugin declares.

https://github.com/fluent/fluent-bit/blob/master/src/flb_config_map.c
"""

from __future__ import annotations

from fargate_lint.launch import plugins, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fargate_lint.launch.plugins import Option
    from fargate_lint.launch.startup.instance import Instance, Property
    from fargate_lint.launch.startup.state import Start


def check(start: Start, instance: Instance) -> None:
    """Whether all options are known, and given as often as they may be."""
    plugin = instance.plugin
    if plugin.go:
        _go(start, instance)
    elif plugin.strict:
        known = dict(plugin.options)
        if plugin.http_server and start.new:
            known |= plugins.core(start.version, "http_server")
        _names(start, instance, instance.properties, known, whole=True)


def check_network(start: Start, instance: Instance) -> None:
    """Whether all `net.*` and `oauth2.*` keys are known."""
    if instance.oauth2:
        known = plugins.core(start.version, f"oauth2.{instance.kind}")
        _names(start, instance, instance.oauth2, known)
    if instance.plugin.go and start.old:
        return
    known = plugins.net_keys(start.version, instance.plugin)
    if instance.net and known:
        _names(start, instance, instance.net, known)


def check_values(start: Start, instance: Instance) -> None:
    """Whether the values are such as the declarations ask for."""
    if instance.plugin.go:
        return
    net = plugins.net_keys(start.version, instance.plugin)
    for item in instance.properties:
        option = instance.plugin.option(item.lower)
        if option is not None:
            _value(start, instance, item, option)
    for item in instance.net:
        option = net.get(item.lower)
        if option is not None:
            _value(start, instance, item, option)


def _go(start: Start, instance: Instance) -> None:
    """A Go plugin asks for what it knows, and does not see the rest."""
    if not instance.plugin.options:
        return
    for item in instance.properties:
        if instance.plugin.option(item.lower) is None:
            suggestion = start.suggest(item.key, instance.plugin.options)
            start.warning(
                "ignored-option",
                f"the Go plugin `{instance.plugin.name}` does not know `{item.entry.key}`",
                help=f"did you mean `{suggestion}`?" if suggestion else "",
                section=instance.section, entry=item.entry, suggestion=suggestion,
            )  # fmt: skip


def _names(
    start: Start, instance: Instance, items: Sequence[Property], known: Mapping[str, Option],
    *, whole: bool = False,
) -> None:  # fmt: skip
    seen: dict[str, int] = {}
    for item in items:
        seen[item.key] = seen.get(item.key, 0) + 1
    lowers: set[str] = set()
    for item in items:
        option = known.get(item.lower)
        if option is None or option.type == "prefix":
            option = instance.plugin.option(item.lower) if whole else None
        if option is None:
            _unknown(start, instance, item, known)
            continue
        if option.type == "deprecated":
            start.warning(
                "deprecated-option", f"`{item.entry.key}` is deprecated and has no effect",
                f"[config] {instance.plugin.name}: '{item.key}' is deprecated",
                section=instance.section, entry=item.entry,
            )  # fmt: skip
        if not option.multiple:
            _repeated(start, instance, item, seen.get(item.key, 0), item.lower in lowers)
            # One complaint for each spelling.
            if seen.get(item.key, 0) > 1:
                seen[item.key] = 0
        lowers.add(item.lower)


def _repeated(start: Start, instance: Instance, item: Property, count: int, again: bool) -> None:
    if count > 1:
        given = [*instance.properties, *instance.net, *instance.oauth2]
        last = [other for other in given if other.key == item.key][-1]
        start.fatal(
            "duplicate-option", f"`{item.entry.key}` is set {count} times",
            f"[config] {instance.plugin.name}: configuration property '{item.key}' is set "
            f"{count} times",
            help="keep one", section=instance.section, entry=last.entry,
        )  # fmt: skip
    elif count == 1 and again:
        start.warning(
            "duplicate-option", f"`{item.entry.key}` is set twice, in two spellings",
            help="keep one: newer versions refuse it", section=instance.section, entry=item.entry,
        )  # fmt: skip


def _unknown(start: Start, instance: Instance, item: Property, known: Mapping[str, Option]) -> None:
    if not start.sure:
        return
    plugin = instance.plugin
    key = item.entry.key
    listed = [option.name for option in known.values()]
    said = f"[config] {plugin.name}: unknown configuration property '{item.key}'."
    if listed:
        allowed = ", ".join([*listed[:-1], f"and {listed[-1]}" if len(listed) > 1 else listed[0]])
        said += f" The following properties are allowed: {allowed}."
    if item.value == "" and item.lower in plugins.core(start.version, instance.kind):
        start.fatal(
            "empty-value", f"`{key}` is empty, so it is taken for an option of `{plugin.name}`",
            said, help="set the variable in it, or leave the line out",
            section=instance.section, entry=item.entry,
        )  # fmt: skip
        return
    later = plugins.newer(instance.kind, plugin.name, item.lower, start.version, start.tables)
    if later:
        start.fatal(
            "option-too-new", f"`{plugin.name}` has no `{key}` in Fluent Bit {start.version}",
            said, help=f"{later} has it: take a newer image, or leave the line out",
            section=instance.section, entry=item.entry,
        )  # fmt: skip
        return
    core = [name for name in plugins.core(start.version, instance.kind) if "*" not in name]
    suggestion = start.suggest(key, [*listed, *core])
    if suggestion.lower() == item.lower:
        suggestion = ""
    start.fatal(
        "unknown-option", f"the {instance.kind} `{plugin.name}` has no option `{key}`", said,
        help=f"did you mean `{suggestion}`?" if suggestion else _of_section(instance, item, start),
        section=instance.section, entry=item.entry, suggestion=suggestion,
    )  # fmt: skip


def _of_section(instance: Instance, item: Property, start: Start) -> str:
    """The advice for a key of another kind of section, else ""."""
    for kind in plugins.KINDS:
        if kind != instance.kind and item.lower in plugins.core(start.version, kind):
            return f"`{item.entry.key}` is a key of {kind} sections"
    return ""


def _value(start: Start, instance: Instance, item: Property, option: Option) -> None:
    value = item.value
    if not isinstance(value, str) or (not value and instance.kind != "filter"):
        return
    if start.new and option.type == "str" and not option.multiple and "${" in value:
        # Fluent Bit 5 replaces variables in single texts once more.
        expanded = start.expand(value, instance.section, item.entry)
        item.value = expanded
        return
    if option.type == "bool" and option.validated and values.boolean(value) is None:
        start.fatal(
            "bad-bool", f"`{item.entry.key} {value}` is neither on nor off",
            f"[config map] invalid value for boolean property '{option.name}={value}'",
            help="write on or off", section=instance.section, entry=item.entry,
        )  # fmt: skip
    elif option.type == "deprecated" and start.new:
        start.fatal(
            "deprecated-option", f"`{item.entry.key}` is no longer accepted",
            f"[config map] cannot parse list of values '{value}'",
            help="leave the line out", section=instance.section, entry=item.entry,
        )  # fmt: skip
    elif option.multiple and option.words:
        _words(start, instance, item, option, value)


def _words(start: Start, instance: Instance, item: Property, option: Option, value: str) -> None:
    try:
        if option.type.startswith("clist"):
            words = values.split(value, option.words, separator=",")
        else:
            words = values.split(value, option.words, quotes='"')
    except ValueError:
        return
    if len(words) < option.words:
        start.fatal(
            "too-few-words",
            f"`{item.entry.key}` needs {option.words} words, `{value}` has {len(words)}",
            f"[config map] property '{item.key}' expects {option.words} values "
            f"(only {len(words)} were found)",
            section=instance.section, entry=item.entry,
        )  # fmt: skip
