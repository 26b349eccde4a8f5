"""Where the parts of a configuration come from, for people and for programs."""

from __future__ import annotations

from fargate_lint.lint.finding import pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fargate_lint.launch.launch import Launch
    from fargate_lint.launch.sections import Origin
    from fargate_lint.launch.stages import Stage


class Origins:
    """The origins of one launch, as files that the user has."""

    __slots__ = ("_includes", "_lens")

    def __init__(self, launch: Launch) -> None:
        self._lens = launch.lens
        self._includes = launch.includes

    def plain(self, origin: Origin | None) -> dict[str, Any] | None:
        """`{"file", "path", "line"}`, the path as a JSON Pointer; None when nothing made it."""
        if origin is None:
            return None
        given = self._includes.get(origin.file)
        file, path, line = given[0] if given else origin.file, origin.path, origin.line
        if path is not None and line is None and file == self._lens.document.name:
            document, path, start, _ = self._lens.written(path)
            file, line = document.name, document.place(start)[0]
        return {"file": file, "path": None if path is None else pointer(path), "line": line}

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
