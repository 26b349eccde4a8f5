"""A task definition as ECS gets it, and the way back to where each part of it is written."""

from __future__ import annotations

from fargate_lint.source.document import member_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from fargate_lint.ecs.iam import Policy
    from fargate_lint.inputs.security_group import SecurityGroup
    from fargate_lint.source.document import Change, Document, Path, Written

    Anchors = Mapping[Path, tuple[Document, Path]]


class Evidence:
    """What stands beside a task definition: each member is empty where nothing is known.

    `services` describe the services that run it, by the names of DescribeServices;
    `security_groups` are all groups of these, or none. `log_groups` are the names of the log groups
    that are made together with it, as far as they are known, as text.
    """

    __slots__ = (
        "execution_role_policies", "log_groups", "security_groups", "services",
        "task_role_policies",
    )  # fmt: skip

    def __init__(
        self,
        *,
        task_role_policies: Iterable[Policy] = (),
        execution_role_policies: Iterable[Policy] = (),
        security_groups: Iterable[SecurityGroup] = (),
        services: Iterable[Definition] = (),
        log_groups: Iterable[str] = (),
    ) -> None:
        self.task_role_policies = tuple(task_role_policies)
        self.execution_role_policies = tuple(execution_role_policies)
        self.security_groups = tuple(security_groups)
        self.services = tuple(services)
        self.log_groups = frozenset(log_groups)


class Definition:
    """A task definition, whatever file it comes from.

    `value` has the members of RegisterTaskDefinition by their own names (camelCase), and `Unknown`
    where the file does not decide. Its paths are canonical: `("containerDefinitions", 0, "image")`.
    `anchors` says where some of them are written, as (document, path in it); what is below an
    anchor is written below that place, under the names that `step` gives. The definition itself,
    `()`, has to be among them: raises ValueError where it isn't.

    `scope` says how much the file shows: `task` (a whole definition), `containers` (an array of
    container definitions), `container` (one of them), `fragment` (a piece of one). `kind` is the
    shape (`direct`, …), `address` the logical id or resource address where the file has one, and
    `wrapper` the path in `document` of what `describe-task-definition` puts around a definition.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    __slots__ = (
        "_names", "_partial", "address", "anchors", "assumed", "by_default", "case", "document",
        "evidence", "kind", "made_at", "plugin", "scope", "value", "wrapper",
    )  # fmt: skip

    def __init__(
        self,
        document: Document,
        value: dict[str, Any],
        *,
        anchors: Anchors | None = None,
        scope: str = "task",
        kind: str = "direct",
        address: str = "",
        wrapper: Path = (),
    ) -> None:
        self.document = document
        self.value = value
        self.anchors: Anchors = {(): (document, ())} if anchors is None else anchors
        if () not in self.anchors:
            raise ValueError("no anchor says where the definition itself is written")
        self.scope = scope
        self.kind = kind
        self.address = address
        self.wrapper = wrapper
        #: The name of the plugin whose shape gave it, "" for shapes that everybody has.
        self.plugin = ""
        #: The conditions that hold, and don't, where the file leaves that open and each case of it
        #: is a definition of its own.
        self.case: Mapping[str, bool] = {}
        #: Whether it is what the defaults of all parameters lead to, as far as they have any.
        self.by_default = True
        #: Where a program made it: a place at the end of a document, or a path in `document`; and a
        #: few words. None where no program has made it.
        self.made_at: tuple[Document, Path, str] | None = None
        #: By the path of a value: the parameters whose defaults it needed. By (): those that decide
        #: conditions.
        self.assumed: Mapping[Path, frozenset[str]] = {}
        #: What the file says about the task's surroundings, None where it says nothing.
        self.evidence: Evidence | None = None
        self._names: set[str] | None = None
        self._partial: frozenset[Path] | None = None

    @property
    def names(self) -> set[str]:
        """The names of all members of all objects in the definition."""
        if self._names is None:
            whole = self.value is self.document.value
            self._names = self.document.names if whole else member_names(self.value)
        return self._names

    @property
    def partial(self) -> frozenset[Path]:
        """Paths of the objects and lists of which a template or an ellipsis may write more."""
        if self._partial is None:
            around = {document for document, _ in self.anchors.values()}
            paths = (
                self.canonical(document, path) for document in around for path in document.partial
            )
            self._partial = frozenset(path for path in paths if path is not None)
        return self._partial

    def step(self, path: Path) -> str | int:
        """The last step of a canonical path, as the file writes it."""
        return path[-1]

    def locate(self, path: Path) -> tuple[Document, Path]:
        """The document that a canonical path is written in, and the path there."""
        anchor = self._anchor(path)
        document, start = self.anchors[anchor]
        below = (self.step(path[: at + 1]) for at in range(len(anchor), len(path)))
        return document, (*start, *below)

    def _anchor(self, path: Path) -> Path:
        """The path of the nearest anchor at or above a path."""
        while path not in self.anchors:
            path = path[:-1]
        return path

    def shows(self, path: Path) -> bool:
        """Whether the member at a canonical path is written somewhere."""
        document, at = self.locate(path)
        return document.shows(at)

    def written(self, path: Path, *, key: bool = False) -> Written:
        """Where a canonical path is written (its key, with `key`), or the nearest thing around."""
        anchor = self._anchor(path)
        if anchor and not self.shows(anchor):
            # An anchor that leads nowhere: what is around it in the definition is nearer than what
            # is around it in the text.
            path = anchor
            while path and not self.shows(path):
                path = path[:-1]
        document, at = self.locate(path)
        return document.written(at, key=key)

    def canonical(self, document: Document, path: Path) -> Path | None:
        """The canonical path of what is written at a place; None outside of the definition."""
        around = [
            (len(start), len(anchor), anchor)
            for anchor, (where, start) in self.anchors.items()
            if where is document and path[: len(start)] == start
        ]
        if not around:
            return None
        length, _, found = max(around)
        value: Any = self.value
        for step in found:
            value = value[step]
        for step in path[length:]:
            name: str | int = step
            if isinstance(value, dict):
                name = next((key for key in value if self.step((*found, key)) == step), step)
                value = value.get(name)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            found = (*found, name)
        return found

    def change(self, verb: str, path: Path, value: Any) -> tuple[Document, Change] | None:
        """A change at a canonical path, as one of a document (see `fargate_lint.source.edits`).

        None where the file has no place for it.
        """
        document, at = self.locate(path)
        if verb == "rename":
            return document, (verb, at, self.step((*path[:-1], value)))
        if verb == "insert":
            return document, (verb, at, [self.spelled((*path[:-1], 0), item) for item in value])
        return document, (verb, at, self.spelled(path, value))

    def spelled(self, path: Path, value: Any) -> Any:
        """A value for a canonical path, its members named as the file names them."""
        if isinstance(value, dict):
            return {
                self.step((*path, name)): self.spelled((*path, name), item)
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [self.spelled((*path, index), item) for index, item in enumerate(value)]
        return value
