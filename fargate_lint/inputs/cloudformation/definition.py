"""A task definition of a template: its values are worked out, its places are the template's own."""

from __future__ import annotations

from fargate_lint.ecs.definition import Definition
from fargate_lint.inputs.cloudformation.members import spelled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from fargate_lint.ecs.definition import Anchors
    from fargate_lint.source.document import Change, Document, Path


class TemplateDefinition(Definition):
    """A task definition in a template of CloudFormation, in one case of its conditions.

    `written` has names of members that are not the API's with a capital letter, `derived` the paths
    of values that functions give, which no fix can change.
    """

    __slots__ = ("_derived", "_open", "_written")

    def __init__(
        self,
        document: Document,
        value: dict[str, Any],
        *,
        address: str,
        anchors: Anchors,
        written: Mapping[Path, str],
        derived: frozenset[Path],
        partial: frozenset[Path],
        assumed: Mapping[Path, frozenset[str]],
    ) -> None:
        super().__init__(document, value, anchors=anchors, kind="cloudformation", address=address)
        self._written = written
        self._derived = derived
        self._open = partial
        self.assumed = assumed

    @property
    def partial(self) -> frozenset[Path]:
        """Paths of the objects and lists to which a transform or a template may add."""
        if self._partial is None:
            self._partial = super().partial | self._open
        return self._partial

    def step(self, path: Path) -> str | int:
        """The last step of a canonical path, as the template writes it."""
        found = self._written.get(path)
        return spelled(path) if found is None else found

    def change(self, verb: str, path: Path, value: Any) -> tuple[Document, Change] | None:
        """A change at a canonical path; None for a value that the template works out."""
        if any(path[:length] in self._derived for length in range(1, len(path) + 1)):
            return None
        return super().change(verb, path, value)
