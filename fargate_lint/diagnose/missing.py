"""What to ask for, the most useful first."""

from __future__ import annotations

from fargate_lint.diagnose import weights
from fargate_lint.diagnose.causes import AGENT_CAUSES, START_CAUSES
from fargate_lint.diagnose.verdict import Missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.verdict import Verdict

# https://github.com/alertlogic/al-agent-container (Troubleshooting Task Failures)
DEBUG_RECIPE = (
    'Give al-agent and log_router `"logConfiguration": {"logDriver": "awslogs", "options": '
    '{"awslogs-create-group": "true", "awslogs-group": "debug-log-group-name", '
    '"awslogs-region": "us-east-1", "awslogs-stream-prefix": "al-agent-output"}}` '
    '(`fluent-bit-output` for log_router), and `"essential": false` while testing, so that their '
    "end does not end the application. The execution role needs logs:CreateLogGroup for it. Then "
    "`aws logs tail debug-log-group-name --since 1h`."
)
DESCRIBE_TASKS = (
    "`aws ecs describe-tasks --cluster CLUSTER --tasks TASK` within an hour of the stop; later "
    "only a saved ECS Task State Change event tells."
)
DESCRIBE_DEFINITION = "`aws ecs describe-task-definition --task-definition FAMILY:REVISION`"
DELIVERY_CAUSES = frozenset({
    "al-agent-collector-unavailable", "aws-endpoint-unreachable", "destination-unreachable",
    "mem-buf-limit-reached", "retries-exhausted",
})  # fmt: skip


def missing(case: Case, verdicts: list[Verdict]) -> list[Missing]:
    """What to ask for."""
    best = verdicts[0] if verdicts and verdicts[0].status != "ruled-out" else None
    cause = best.cause.id if best is not None else ""
    wishes = list(_wishes(case, cause))
    # That a sidecar ended is what is to be explained.
    explained = best is not None and cause != "essential-sidecar-exited"
    least = weights.WISH_LEAST[best.status if best is not None and explained else "possible"]
    wishes.sort(key=lambda wish: -wish[0])
    return [one for weight, one in wishes if weight >= least]


def _wishes(case: Case, cause: str) -> Iterator[tuple[float, Missing]]:
    speakers = {one for found in case.tally.streams.values() for one in found}
    early = cause in START_CAUSES or cause in {"", "essential-sidecar-exited"}
    if "router" not in speakers:
        why = "Only the router itself says why it ended, or what it cannot deliver."
        weight = weights.WISH_ROUTER_LOG if early else weights.WISH_ROUTER_LOG_BESIDE
        yield weight, Missing("log_router's own output", why, DEBUG_RECIPE)
    if "agent" not in speakers and _has_agent(case):
        wanted = cause in AGENT_CAUSES | {"al-agent-collector-unavailable"}
        why = "Only the agent itself says whether it could register and why it ended."
        weight = weights.WISH_AGENT_LOG if wanted else weights.WISH_AGENT_LOG_BESIDE
        yield weight, Missing("al-agent's own output", why, DEBUG_RECIPE)
    if not case.states:
        why = "Exit codes and reasons tell which container ended first, and how."
        weight = weights.WISH_TASK if early else weights.WISH_TASK_BESIDE
        yield weight, Missing("the stopped task", why, DESCRIBE_TASKS)
    if not case.tasks:
        why = "It tells whether the evidence has its cause in the configuration, and where."
        yield weights.WISH_DEFINITION, Missing("the task definition", why, DESCRIBE_DEFINITION)
    if cause == "application-exited":
        why = "The application's last lines say why it ended."
        how = "Its log group, or `aws logs tail`."
        yield weights.WISH_APPLICATION_LOG, Missing("the application's own output", why, how)
    yield from _files(case)
    if cause in DELIVERY_CAUSES and not case.tally.named("connect-failed-debug"):
        why = "At level info Fluent Bit does not say what refused a connection."
        how = 'Add `"-s", "Log_Level", "debug"` to the launcher\'s arguments for a while.'
        yield weights.WISH_DEBUG, Missing("the router's output at level debug", why, how)


def _has_agent(case: Case) -> bool:
    return not case.tasks or any(launch.sidecars.agent for launch in case.launches)


def _files(case: Case) -> Iterator[tuple[float, Missing]]:
    for launch in case.launches:
        pipeline = launch.pipeline
        if pipeline is None or pipeline.complete or launch.router is None:
            continue
        name = launch.router.text("firelensConfiguration", "options", "config-file-value")
        if isinstance(name, str):
            why = "What stands in it decides whether Fluent Bit starts, and was not checked."
            how = f"Copy it out of the image and give it: `--include {name}=FILE`."
            yield weights.WISH_FILE, Missing(f"the file {name}", why, how)
