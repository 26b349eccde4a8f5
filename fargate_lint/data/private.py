"""Private plugins of Fluent Bit, and private repositories of the images that matter here."""

from __future__ import annotations

import re

from fargate_lint.data.images import TABLES
from fargate_lint.ecs.image import Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

VERSIONS = tuple(TABLES.values())
PLUGIN_KINDS = ("input", "filter", "output")
IMAGE_KINDS = ("aws", "upstream", "fluentd", "agent")
TLS = ("", "optional", "always")
NETWORKS = ("", "server", "client")
OPTION = re.compile(
    r"(?:(?:str|int|bool|size|time|double|clist|slist|[cs]list_[1-9])\??\*?(?:=.*)?)"
    r"|prefix|deprecated",
    re.DOTALL,
)


class PrivatePlugin:
    """A plugin of Fluent Bit that only private images have.

    `kind` is `input`, `filter` or `output`. `options` maps each name to its type: `str`, `int`,
    `bool`, `size`, `time`, `double`, `clist` (words between commas), `slist` (words between
    blanks), `slist_2` (of at least two words); `prefix` for all names that begin so; `deprecated`.
    A `*` behind the type says that the option may be repeated, `=VALUE` what its default is:
    `"bool=true"`.

    An option that is not among them stops a `strict` plugin, and is ignored by one written in Go
    (`go`): both are findings. It is not reported for a plugin that is neither. `tls` is `optional`
    or `always` where the plugin has TLS of Fluent Bit's, `network` is `server` for an input that
    listens and `client` for one that connects. `versions` are those of Fluent Bit that have the
    plugin (`1.9.10`, `4.2.8`, `5.0.9`), all by default. Raises ValueError for anything else.
    """

    __slots__ = ("described", "go", "kind", "name", "versions")

    def __init__(
        self,
        kind: str,
        name: str,
        options: Mapping[str, str],
        *,
        strict: bool = True,
        go: bool = False,
        tls: str = "",
        network: str = "",
        versions: Iterable[str] = (),
    ) -> None:
        self.kind = _one_of(PLUGIN_KINDS, kind)
        self.name = name.lower()
        self.go = go
        self.versions = tuple(_one_of(VERSIONS, version) for version in versions)
        for option, described in options.items():
            if not OPTION.fullmatch(described):
                raise ValueError(f"option `{option}` of `{name}`: there is no type `{described}`")
        # As the tables of Fluent Bit's own plugins describe one.
        self.described: dict[str, Any] = {
            "options": dict(options),
            "strict": strict and not go,
            "tls": _one_of(TLS, tls),
            "network": _one_of(NETWORKS, network),
        }


class ImageAlias:
    """A private repository, and the image in it.

    `repository` is written without a tag: `registry.example.com/base/fluent-bit`. `kind` is `aws`
    (AWS for Fluent Bit), `upstream` (Fluent Bit's own), `fluentd` or `agent` (al-agent). Its tags
    are read like those of that image, unless `fluent_bit` gives the version of Fluent Bit that all
    of them have. Raises ValueError for another kind, and for what is no version.
    """

    __slots__ = ("fluent_bit", "kind", "place")

    def __init__(self, repository: str, kind: str, *, fluent_bit: str = "") -> None:
        image = Image(repository)
        self.place = image.registry, image.repository
        self.kind = _one_of(IMAGE_KINDS, kind)
        if fluent_bit and not re.fullmatch(r"\d+(?:\.\d+)+", fluent_bit):
            raise ValueError(f"`{fluent_bit}` is no version of Fluent Bit")
        self.fluent_bit = fluent_bit


class Tables:
    """Private plugins and image aliases; of several with one name, the first counts."""

    __slots__ = ("_aliases", "_plugins")

    def __init__(self, entries: Iterable[PrivatePlugin | ImageAlias]) -> None:
        self._aliases: dict[tuple[str, str], ImageAlias] = {}
        self._plugins: list[PrivatePlugin] = []
        for entry in entries:
            if isinstance(entry, ImageAlias):
                self._aliases.setdefault(entry.place, entry)
            else:
                self._plugins.append(entry)

    def alias(self, image: Image) -> ImageAlias | None:
        """The alias that an image's repository has."""
        return self._aliases.get((image.registry, image.repository))

    def plugins(self, version: str, kind: str) -> dict[str, PrivatePlugin]:
        """The plugins of a kind that a version has, by name."""
        return {
            one.name: one
            for one in reversed(self._plugins)
            if one.kind == kind and version in (one.versions or VERSIONS)
        }


def _one_of(known: tuple[str, ...], word: str) -> str:
    if word not in known:
        raise ValueError(f"`{word}` is none of {', '.join(filter(None, known))}")
    return word
