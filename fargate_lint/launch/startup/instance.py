"""One section of a configuration made into an instance of its plugin."""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.launch.plugins import Plugin
    from fargate_lint.launch.sections import Entry, Section


class Property:
    """An option as the plugin gets it: `key` as this version prints it, `value` expanded."""

    __slots__ = ("entry", "key", "lower", "value")

    def __init__(self, key: str, value: str | Unknown, entry: Entry) -> None:
        self.key = key
        self.lower = key.lower()
        self.value = value
        self.entry = entry


class Instance:
    """A plugin's instance; `number` counts the sections of its kind from 0.

    `core` has the keys that Fluent Bit itself reads, the last of each; `properties` are the others,
    in order, `net` and `oauth2` those with such a prefix.
    """

    __slots__ = (
        "core", "kind", "match_regex", "net", "number", "oauth2", "plugin", "properties",
        "raw_name", "section",
    )  # fmt: skip

    def __init__(
        self, kind: str, plugin: Plugin, section: Section, number: int, raw_name: str
    ) -> None:
        self.kind = kind
        self.plugin = plugin
        self.section = section
        self.number = number
        self.raw_name = raw_name
        self.core: dict[str, Property] = {}
        #: A Match_Regex that can be compiled, or may be.
        self.match_regex = False
        self.properties: list[Property] = []
        self.net: list[Property] = []
        self.oauth2: list[Property] = []

    @property
    def name(self) -> str:
        """`syslog.0`"""  # noqa: D400, D415  (the form says it)
        return f"{self.plugin.name}.{self.number}"

    @property
    def label(self) -> str:
        """How the log calls it: its alias or its name."""
        alias = self.core.get("alias")
        return alias.value if alias is not None and isinstance(alias.value, str) else self.name

    @property
    def prefix(self) -> str:
        """What stands before the messages of the plugin."""
        return f"[{self.kind}:{self.plugin.name}:{self.label}]"

    def all(self, key: str) -> Iterator[Property]:
        """The options with this name, in order."""
        return (item for item in self.properties if item.lower == key)

    def get(self, key: str) -> Property | None:
        """The option with this name that the plugin gets to see: the first. None when not set."""
        found = next(self.all(key), None)
        if found is not None and found.value == "" and self.kind != "filter":
            return None
        return found

    def text(self, key: str) -> str | Unknown | None:
        """The value of an option, None when it is not set."""
        found = self.get(key)
        return found.value if found is not None else None

    def enabled(self, key: str) -> bool | None:
        """Whether a core switch is on; None when that is not known."""
        found = self.core.get(key)
        if found is None:
            return False
        if isinstance(found.value, Unknown):
            return None
        return found.value.lower() in {"true", "on", "yes"}

    def __repr__(self) -> str:
        return f"Instance({self.name!r})"
