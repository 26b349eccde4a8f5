"""A task definition and its containers, as views over the plain values of a document.

Nothing is copied. A view tells three things apart: what is there, what is missing (None), and what
can't be known from the file (Unknown). A value of a wrong type counts as unknown here, because a
rule about the shape reports it; numbers written as strings and the reverse are read as meant.
"""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fargate_lint.data.private import Tables
    from fargate_lint.ecs.definition import Definition
    from fargate_lint.source.document import Document, Path

ELSEWHERE = Unknown()
CONTAINERS_ALONE = frozenset({"containerDefinitions", "volumes"})


class Node:
    """An object of a definition, or of a document: `path` leads to it in `lens`.

    `open` says that the file shows only a part of the object, as a fragment does and one in which a
    template or an ellipsis stands: what is absent may stand elsewhere.
    """

    __slots__ = ("lens", "open", "path", "value")

    def __init__(
        self,
        lens: Definition | Document,
        path: Path,
        value: dict[str, Any],
        *,
        open: bool = False,  # noqa: A002
    ) -> None:
        self.lens = lens
        self.path = path
        self.value: dict[Any, Any] = value
        self.open = open or path in lens.partial

    def get(self, *keys: str | int) -> Any:
        """The plain value below `keys`: None when missing or null, Unknown when not to be known."""
        if not keys:
            return self.value
        value = self.value.get(keys[0])
        if value is None:
            return ELSEWHERE if self.open and keys[0] not in self.value else None
        if len(keys) == 1:
            return value
        for depth in range(1, len(keys)):
            key = keys[depth]
            if isinstance(value, dict):
                if key not in value:
                    partial = (*self.path, *keys[:depth]) in self.lens.partial
                    return ELSEWHERE if partial else None
                value = value[key]
            elif isinstance(value, list) and isinstance(key, int):
                value = value[key] if key < len(value) else None
            else:
                return None if value is None else ELSEWHERE
        return value

    def text(self, *keys: str | int) -> str | Unknown | None:
        """A string; a number counts as its digits."""
        value = self.get(*keys)
        if value is None or isinstance(value, (str, Unknown)):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        return ELSEWHERE

    def number(self, *keys: str | int) -> int | Unknown | None:
        """A whole number, also when written as a string of digits."""
        value = self.get(*keys)
        if value is None or isinstance(value, Unknown):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        # Python reads no digits without limit; no number of ECS has 20 of them.
        if (
            isinstance(value, str)
            and len(value) < 20
            and value.strip().removeprefix("-").isdecimal()
        ):
            return int(value.strip())
        return ELSEWHERE

    def flag(self, *keys: str | int) -> bool | Unknown | None:
        """A boolean, also when written as the string `true` or `false`."""
        value = self.get(*keys)
        if value is None or isinstance(value, (bool, Unknown)):
            return value
        if isinstance(value, str) and value.lower() in {"true", "false"}:
            return value.lower() == "true"
        return ELSEWHERE

    def list(self, *keys: str | int) -> list[Any]:
        """A list; empty when missing or unknown (`get` tells these apart)."""
        value = self.value.get(keys[0]) if len(keys) == 1 else self.get(*keys)
        return value if isinstance(value, list) else []

    def members(self, *keys: str | int) -> dict[str, Any]:
        """An object's members; empty when missing or unknown (`get` tells these apart)."""
        value = self.value.get(keys[0]) if len(keys) == 1 else self.get(*keys)
        return value if isinstance(value, dict) else {}

    def objects(self, *keys: str | int) -> Iterator[tuple[int, dict[str, Any]]]:
        """The objects of a list with their indices; anything else in it is passed over."""
        for index, item in enumerate(self.list(*keys)):
            if isinstance(item, dict):
                yield index, item


class Container(Node):
    """One container definition. `name` is "" when it has none or when it can't be known."""

    __slots__ = ("_environment", "_secrets", "_words", "driver", "index", "name", "options", "task")

    def __init__(
        self,
        task: Task,
        value: dict[str, Any],
        index: int,
        *,
        open: bool = False,  # noqa: A002
    ) -> None:
        super().__init__(task.lens, ("containerDefinitions", index), value, open=open)
        self.task = task
        self.index = index
        name = value.get("name")
        self.name: str = name if isinstance(name, str) else ""
        #: logConfiguration.logDriver: None when there is no log configuration.
        self.driver = self.text("logConfiguration", "logDriver")
        #: logConfiguration.options, as written.
        self.options = self.members("logConfiguration", "options")
        self._environment: dict[str, tuple[str | Unknown, Path]] | None = None
        self._secrets: dict[str, Path] | None = None
        self._words: dict[str, list[str | Unknown]] = {}

    @property
    def title(self) -> str:
        """What to call the container in a message: its name, as written when it can't be known."""
        return self.written_name or f"container {self.index + 1}"

    @property
    def written_name(self) -> str:
        """The container's name as written, even when it can't be known, or ""."""
        return self.name or text_of(self.value.get("name"))

    @property
    def seems_router(self) -> bool:
        """Whether the image is Fluent Bit's or Fluentd's by the look of its name."""
        return "fluent" in text_of(self.value.get("image"))

    @property
    def essential(self) -> bool | Unknown:
        """Whether the task ends with this container: true unless the file says otherwise.

        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
        """
        value = self.flag("essential")
        return True if value is None else value

    @property
    def environment(self) -> dict[str, tuple[str | Unknown, Path]]:
        """Plain environment variables: name to value and its path relative to the container.

        The last entry of a name wins, and a map instead of a list is read as meant.
        """
        if self._environment is None:
            found: dict[str, tuple[str | Unknown, Path]] = {}
            variables = self.get("environment")
            if isinstance(variables, dict):
                for name in variables:
                    value = self.text("environment", name)
                    found[name] = ("" if value is None else value, ("environment", name))
            for index, item in self.objects("environment"):
                name = item.get("name")
                if isinstance(name, str):
                    value = self.text("environment", index, "value")
                    at = ("environment", index, "value" if "value" in item else "name")
                    found[name] = ("" if value is None else value, at)
            self._environment = found
        return self._environment

    @property
    def secrets(self) -> dict[str, Path]:
        """Variables that `secrets` sets: name to the path of its entry from the container."""
        if self._secrets is None:
            self._secrets = {
                item["name"]: ("secrets", index)
                for index, item in self.objects("secrets")
                if isinstance(item.get("name"), str)
            }
        return self._secrets

    def words(self, key: str) -> list[str | Unknown]:
        """The words of `command` or `entryPoint`; a single string counts as one word."""
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = self._read_words(key)
        return found

    def _read_words(self, key: str) -> list[str | Unknown]:
        value = self.get(key)
        if isinstance(value, (str, Unknown)):
            return [value]
        if not isinstance(value, list):
            return []
        return [
            item
            if isinstance(item, (str, Unknown))
            else str(item)
            if isinstance(item, (int, float)) and not isinstance(item, bool)
            else ELSEWHERE
            for item in value
        ]

    def __repr__(self) -> str:
        return f"Container({self.name!r})"


class Task(Node):
    """A task definition, or as much of one as the file holds (see `Definition.scope`).

    What a smaller scope than `task` does not show is unknown, not missing.
    """

    __slots__ = (
        "_names",
        "closed",
        "containers",
        "definition",
        "family",
        "router",
        "scope",
        "tables",
    )

    def __init__(self, definition: Definition, tables: Tables | None = None) -> None:
        value, scope = definition.value, definition.scope
        # A list of containers with nothing of the task gets the rest from somewhere else.
        alone = value.keys() <= CONTAINERS_ALONE
        super().__init__(definition, (), value, open=scope != "task" or alone)
        self.definition = definition
        #: Private images and plugins of Fluent Bit, None where nobody has any.
        self.tables = tables
        self.scope = scope
        self._names: frozenset[str] | None = None
        family = value.get("family")
        self.family: str = family if isinstance(family, str) else ""
        definitions = value.get("containerDefinitions")
        items = definitions if isinstance(definitions, list) else []
        self.containers = [
            Container(self, item, index, open=scope == "fragment")
            for index, item in enumerate(items)
            if isinstance(item, dict)
        ]
        routers = [
            container
            for container in self.containers
            if isinstance(container.value.get("firelensConfiguration"), dict)
        ]
        if len(routers) > 1:
            routers.sort(key=lambda each: (not each.seems_router, each.written_name))
        #: The container with a firelensConfiguration. Of several, which ECS refuses, one whose
        #: image seems to be a router's, and of these the first by name, wherever it stands.
        self.router: Container | None = routers[0] if routers else None
        #: All containers of the task are in this file, so one that is not there does not exist.
        self.closed = (
            scope in {"task", "containers"}
            and isinstance(definitions, list)
            and len(self.containers) == len(items)
        )

    @property
    def names(self) -> frozenset[str]:
        """The names of the containers; "" among them where one has none or can't be known."""
        if self._names is None:
            self._names = frozenset(container.name for container in self.containers)
        return self._names

    def container(self, name: object) -> Container | None:
        """The container with this name, or None."""
        for container in self.containers:
            if container.name == name and name:
                return container
        return None

    @property
    def fargate(self) -> bool | None:
        """Whether the definition is for Fargate: None when it doesn't say.

        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
        """
        wanted = self.get("requiresCompatibilities")
        if not isinstance(wanted, list) or any(isinstance(item, Unknown) for item in wanted):
            return None
        return "FARGATE" in wanted if wanted else None

    def __repr__(self) -> str:
        return f"Task({self.family!r}, {self.containers!r})"
