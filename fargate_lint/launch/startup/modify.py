"""What the filter `modify` refuses when it starts.

https://docs.fluentbit.io/manual/pipeline/filters/modify
"""

from __future__ import annotations

from fargate_lint.launch import values
from fargate_lint.launch.problem import CRASH
from fargate_lint.launch.startup.refusal import refuse
from fargate_lint.source.later import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import onigmo
    from fargate_lint.launch.startup.instance import Instance, Property
    from fargate_lint.launch.startup.state import Start
else:
    onigmo = later("fargate_lint.launch.onigmo")

CONDITIONS = {
    # Name of a condition of `modify` to which of its operands are regular expressions.
    "key_exists": "", "key_does_not_exist": "", "a_key_matches": "a", "no_key_matches": "a",
    "key_value_equals": "", "key_value_does_not_equal": "", "key_value_matches": "b",
    "key_value_does_not_match": "b", "matching_keys_have_matching_values": "ab",
    "matching_keys_do_not_have_matching_values": "ab",
}  # fmt: skip
ONE_WORD = frozenset({"remove", "remove_wildcard", "remove_regex", "move_to_start", "move_to_end"})


def start_modify(start: Start, instance: Instance) -> None:
    """Note what this filter refuses."""
    for item in instance.properties:
        if instance.plugin.option(item.lower) is None or not isinstance(item.value, str):
            continue
        try:
            words = values.split(item.value, 3, quotes="" if start.old else "\"'")
        except ValueError:
            start.fatal(
                "bad-operation", f"the quote in `{item.value}` is never closed: the start crashes",
                f"Parsing failed: {item.value}", exit=CRASH, help="close the quote, or remove it",
                section=instance.section, entry=item.entry,
            )  # fmt: skip
            continue
        if not words or len(words) > 3:
            refuse(
                start, instance, "bad-operation",
                f"`{item.entry.key} {item.value}` has more words than an operation can have",
                f"Invalid config for {item.key}", item, "put a value with blanks into quotes",
            )  # fmt: skip
        elif item.lower == "condition":
            _condition(start, instance, item, words)
        else:
            _operation(start, instance, item, words)


def _condition(start: Start, instance: Instance, item: Property, words: list[str]) -> None:
    regexes = CONDITIONS.get(words[0].lower())
    if regexes is None:
        refuse(
            start, instance, "bad-operation", f"there is no condition `{words[0]}`",
            f"Invalid config for {item.key} : {item.value}", item,
        )  # fmt: skip
    elif "b" in regexes and len(words) < 3:
        refuse(
            start, instance, "too-few-words", f"the condition `{words[0]}` needs a key and a value",
            f"Unable to create regex for condition {item.key} {item.value}", item,
        )  # fmt: skip


def _operation(start: Start, instance: Instance, item: Property, words: list[str]) -> None:
    one = item.lower in ONE_WORD
    if len(words) < 3 and one != (len(words) == 1):
        need = "one word" if one else "a key and a value"
        refuse(
            start, instance, "bad-operation", f"`{item.entry.key}` takes {need}",
            f"Invalid operation {item.key} : {item.value} in configuration", item,
        )  # fmt: skip
        return
    if len(words) == 3:
        start.warning(
            "too-many-words",
            f"`{item.entry.key} {item.value}` renames `{words[0]}` to `{words[2]}`",
            help="an operation takes one word as its value", section=instance.section,
            entry=item.entry,
        )  # fmt: skip
    if start.old:
        return
    # Newer versions compile every word, whatever the operation does with it.
    for word, which in ((words[0], "key"), (words[-1], "val")):
        if onigmo.compile(word, start.version) is None:
            refuse(
                start, instance, "bad-regex", f"`{word}` is no regular expression",
                f"Unable to create regex({which}) from {word}", item,
                "each word of an operation has to be a valid regular expression",
            )  # fmt: skip
            return
