"""How an instance says that it does not start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fargate_lint.launch.startup.instance import Instance, Property
    from fargate_lint.launch.startup.state import Start


def refuse(
    start: Start, instance: Instance, kind: str, message: str, said: str,
    item: Property | None = None, advice: str = "", options: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Note that the instance does not start, with what the plugin says in its own name."""
    start.fatal(
        kind, message, f"{instance.prefix} {said}" if said else "", help=advice,
        section=instance.section, entry=item.entry if item is not None else None, options=options,
    )  # fmt: skip


def lacks(start: Start, instance: Instance, said: str, *options: str) -> None:
    """Refuse the instance for want of an option, or of one of several."""
    refuse(start, instance, "required-option", lacking(instance, options), said, options=options)


def lacking(instance: Instance, options: Iterable[str]) -> str:
    """The message that an instance has none of these options."""
    listed = " or ".join(f"`{option}`" for option in options)
    return f"the {instance.kind} `{instance.plugin.name}` has no {listed}"


def one_of(
    start: Start, instance: Instance, key: str, allowed: Collection[str], said: str,
    message: str = "",
) -> None:  # fmt: skip
    """Refuse a word that is not one of those that an option takes, in lower case.

    In what is `said`, and in the message, `{}` stands for the word.
    """
    item = instance.get(key)
    if item is None or not isinstance(item.value, str) or item.value.lower() in allowed:
        return
    message = message or f"`{{}}` is no value of `{item.entry.key}`: {', '.join(sorted(allowed))}"
    word = item.value
    refuse(start, instance, "bad-enum", message.format(word), said.format(word), item)
