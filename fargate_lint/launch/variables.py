"""`${VAR}` in Fluent Bit's configuration.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/variables
"""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

OLD = "1.9.10"
# 1.9.10 copies the name into 64 bytes, newer versions into 4096.
OLD_NAME_LIMIT = 63
NAME_LIMIT = 4095


class Variables:
    """What the variables of a configuration are: its own `@SET`, then the environment.

    `environment` maps names to values, Unknown for what is set to something that can't be known
    (a secret). With `complete` false a name that is not in it may still be set.
    """

    __slots__ = ("complete", "environment", "settings", "version")

    def __init__(
        self,
        environment: Mapping[str, str | Unknown] | None = None,
        *,
        version: str = "",
        complete: bool = True,
    ) -> None:
        self.environment = environment or {}
        self.settings: dict[str, str | Unknown] = {}
        self.version = version
        self.complete = complete

    def get(self, name: str) -> str | Unknown | None:
        """The value of a variable, None when it is unset or empty."""
        if name in self.settings:
            return self.settings[name]
        value = self.environment.get(name)
        # 1.9 has no defaults: it looks for a variable that is called `X:-default`.
        named = ":-" not in name
        if value is None and named and (name == "HOSTNAME" or not self.complete):
            return Unknown("${" + name + "}")
        return value or None

    def expand(self, value: str | Unknown, unset: list[str] | None = None) -> str | Unknown:
        """The value with its variables replaced, once; names of unset ones are added to `unset`.

        Unknown when a part of it is. Text after an unclosed `${` is lost once a variable was
        replaced before it, as in the program.
        """
        if not isinstance(value, str) or "${" not in value:
            return value
        parts: list[str] = []
        known = True
        found = False
        end = -1
        at = 0
        while True:
            start = value.find("${", at)
            if start < 0:
                break
            end = value.find("}", at)
            name = value[start + 2 : end] if end >= 0 else ""
            if not name or len(name) > NAME_LIMIT:
                break
            found = True
            parts.append(value[at:start])
            replacement = self._replacement(name, unset)
            if isinstance(replacement, str):
                parts.append(replacement)
            else:
                known = False
            at = end + 1
        if not found:
            return value
        if not known:
            return Unknown(value)
        if end >= 0:
            parts.append(value[end + 1 :])
        return "".join(parts)

    def _replacement(self, name: str, unset: list[str] | None) -> str | Unknown:
        default: str | None = None
        looked_up = name
        if self.version == OLD:
            if len(name.encode("utf-8", "replace")) > OLD_NAME_LIMIT:
                return Unknown(name)
        elif ":-" in name:
            looked_up, _, default = name.partition(":-")
        value = self.get(looked_up)
        if default is not None and looked_up not in self.settings.keys() | self.environment.keys():
            # What stands there for want of a value has to be right in any case.
            return default
        if value is not None:
            return value
        if default is not None:
            return default
        if unset is not None:
            unset.append(name)
        return ""
