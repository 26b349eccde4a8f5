"""How an instance says that it does not start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch.startup.instance import Instance, Property
    from fargate_lint.launch.startup.state import Start


def refuse(
    start: Start, instance: Instance, kind: str, message: str, said: str,
    item: Property | None = None, advice: str = "",
) -> None:  # fmt: skip
    """Note that the instance does not start, with what the plugin says in its own name."""
    start.fatal(
        kind, message, f"{instance.prefix} {said}" if said else "", help=advice,
        section=instance.section, entry=item.entry if item is not None else None,
    )  # fmt: skip


def one_of(start: Start, instance: Instance, key: str, allowed: frozenset[str], said: str) -> None:
    """Refuse a word that is not one of those that an option takes, in lower case."""
    item = instance.get(key)
    if item is None or not isinstance(item.value, str) or item.value.lower() in allowed:
        return
    listed = ", ".join(sorted(allowed))
    message = f"`{item.value}` is no value of `{item.entry.key}`: {listed}"
    refuse(start, instance, "bad-enum", message, said.format(item.value), item)
