"""Where the parts of a configuration come from, for people and for programs."""

from __future__ import annotations

from fargate_lint.lint.finding import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.launch.sections import Origin
    from fargate_lint.launch.simulation import Launch
    from fargate_lint.launch.stages import Stage


class Origins:
    """The origins of one launch, as files that the user has."""

    __slots__ = ("_document", "_includes")

    def __init__(self, launch: Launch) -> None:
        self._document = launch.document
        self._includes = launch.includes

    def plain(self, origin: Origin | None) -> dict[str, Any] | None:
        """`{"file", "path", "line"}`, the path as a JSON Pointer; None when nothing made it."""
        if origin is None:
            return None
        given = self._includes.get(origin.file)
        path = None
        line = origin.line
        if origin.path is not None:
            path = Place(self._document, origin.path).pointer()
            if line is None and origin.file == self._document.name:
                offset = self._document.span(origin.path).value[0]
                line = self._document.place(offset)[0]
        return {"file": given[0] if given else origin.file, "path": path, "line": line}

    def text(self, origin: Origin) -> str:
        """`task.json:17 /containerDefinitions/1/command/4`"""  # noqa: D400, D415  (the form says it)
        found = self.plain(origin) or {}
        line = f":{found['line']}" if found["line"] is not None else ""
        return f"{found['file']}{line} {found['path'] or ''}".rstrip()


def refusal(launch: Launch, stage: Stage) -> list[str]:
    """Lines that belong to a stage's error: where it comes from, what it means, what helps."""
    lines = [f"at {Origins(launch).text(stage.origin)}"] if stage.origin is not None else []
    if stage.message:
        lines.append(stage.message)
    if stage.help:
        lines.append(f"help: {stage.help}")
    return lines
