"""What went wrong with a task, from its definition and from evidence: for other programs."""

from __future__ import annotations

from io import BytesIO

from fargate_lint.diagnose import tasks as descriptions
from fargate_lint.diagnose.diagnosis import diagnose
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.made import checked
from fargate_lint.source.read import read
from fargate_lint.source.text import encoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fargate_lint.diagnose.verdict import Diagnosis
    from fargate_lint.ecs.definition import Definition
    from fargate_lint.lint.registry import Registry
    from fargate_lint.lint.settings.settings import Settings


def explain(
    definitions: Iterable[Definition] = (),
    *,
    logs: Mapping[str, bytes | str] | None = None,
    tasks: Mapping[str, bytes | str] | None = None,
    includes: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    registry: Registry | None = None,
) -> Diagnosis:
    """The diagnosis of task definitions, logs and stopped tasks: its verdicts, best first.

    `logs` and `tasks` hold files by their names: console output as any tool prints it, and what
    `aws ecs describe-tasks` prints or an event tells. `includes` holds the text of files by their
    paths in the router. `registry` is that of a Linter (`linter.registry`): definitions in a shape
    of its plugins are only known with it, and only then are rules and signatures of plugins asked.
    Raises Stop for settings that no configuration could have, never for what the files hold.
    """
    registry = registry or load()
    documents = {id(each.document): each.document for each in definitions}
    described = [document for file in (tasks or {}).items() for document in read(*file)]
    return diagnose(
        list(documents.values()),
        [(name, BytesIO(encoded(data))) for name, data in (logs or {}).items()],
        [state for document in described for state in descriptions.states(document)],
        registry=registry,
        settings=settings and checked(settings, registry),
        includes={path: (path, text) for path, text in (includes or {}).items()},
    )
