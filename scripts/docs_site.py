"""Hooks of MkDocs (see mkdocs.yml): links out of docs/, and nothing loaded from elsewhere."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REPOSITORY = "https://github.com/fargate-lint/fargate-lint/blob/main"
LINK = re.compile(r"(?<=\]\()(?P<path>\.\./[^)#\s]*)(?P<anchor>#[^)\s]*)?(?=\))")
# What a browser would fetch by itself; a link that somebody follows is none.
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=[\"']?(?:https?:)?//"
    r"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preconnect|preload|icon|dns-prefetch))"
    r"[^>]*\bhref=[\"']?(?:https?:)?//",
    re.IGNORECASE,
)
#: A warning fails the build, which is strict.
log = logging.getLogger("mkdocs.hooks.docs_site")


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Let links to files of the repository outside docs/ lead to the repository."""
    docs = Path(config["docs_dir"])
    folder = (docs / page.file.src_uri).parent

    def elsewhere(match: re.Match[str]) -> str:
        target = Path(os.path.normpath(folder / match["path"]))
        if target.is_relative_to(docs):
            return match[0]
        if not target.is_relative_to(ROOT) or not target.exists():
            log.warning("%s: there is no `%s`", page.file.src_uri, match["path"])
            return match[0]
        return f"{REPOSITORY}/{target.relative_to(ROOT).as_posix()}{match['anchor'] or ''}"

    return LINK.sub(elsewhere, markdown)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Warn of what a page would load from elsewhere."""
    for found in LOADED.findall(output):
        log.warning("%s: loads from elsewhere: %s", page.file.src_uri, found)
    return output
