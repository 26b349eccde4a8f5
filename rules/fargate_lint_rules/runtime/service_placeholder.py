from __future__ import annotations

from fargate_lint.lint.rule import Rule
from fargate_lint.source.once import once
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.source.document import Document

# As an argument of the command line, or as a member of its JSON input. Elsewhere the same text may
# be what a template engine, or a `sed` of the script, puts a value for.
USES = lazily(
    r"(?:--(?:service|task-definition)(?:=|[ \t]*\\\r?\n[ \t]*|[ \t]+)[\"']?"
    r"|\"(?:service|serviceName|taskDefinition)\"[ \t]*:[ \t]*\")"
    r"(?P<placeholder>\{(?:service_using_task_definition|task_definition)\})"
)
MEANT = {
    "{service_using_task_definition}": "the name of your service",
    "{task_definition}": "a family, or family:revision",
}


class ServicePlaceholder(Rule):
    r"""A deploy script still has the README's placeholder where a name belongs.

    ## Why it matters
    The vendor's README gives the command `aws ecs update-service --service
    {service_using_task_definition} --task-definition {task_definition}` with two words to replace.
    A shell passes them on as they are, and ECS answers `ServiceNotFoundException` or `Unable to
    describe task definition`; the service goes on with what it had.

    Scripts are looked at when they are named, as in `fargate-lint check deploy.sh`, and hold
    `aws ecs` commands.

    ## Example
    ```sh bad base=none
    aws ecs register-task-definition --cli-input-json file://task-definition.json
    aws ecs update-service --service {service_using_task_definition} \
      --task-definition {task_definition}
    ```
    ```sh fixed base=none
    aws ecs register-task-definition --cli-input-json file://task-definition.json
    aws ecs update-service --service shop --task-definition shop
    ```

    ## References
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    - https://docs.aws.amazon.com/cli/latest/reference/ecs/update-service.html
    """

    code = "RUN102"
    name = "service-placeholder"
    severity = "error"

    def check_document(self, document: Document) -> None:
        text = document.text
        if not _may_be_in(text):
            return
        for match in USES.finditer(text):
            written = match["placeholder"]
            start, end = match.span("placeholder")
            if _is_comment(text, start):
                continue
            self.report_span(
                document,
                f"`{written}` is a placeholder that nobody replaced",
                start,
                end,
                help=f"write {MEANT[written]}",
            )


@once
def _may_be_in(text: str) -> bool:
    """A quick look at a text, which all documents in it share."""
    return "task_definition}" in text


def _is_comment(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at].lstrip().startswith("#")
