"""What the rules about policies share: what a role lacks of what the task needs."""

from __future__ import annotations

import json

from fargate_lint.launch import Spot
from fargate_lint.source.once import once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fargate_lint.ecs.iam import Policy, Statement
    from fargate_lint.ecs.task import Task
    from fargate_lint.launch.needs import Action, Need
    from fargate_lint.lint.context import Context
    from fargate_lint.lint.rule import Rule
    from fargate_lint.source.document import Path

TASK, EXECUTION = "taskRoleArn", "executionRoleArn"
ROLES = {TASK: "task role", EXECUTION: "execution role"}
OPTIONS = {TASK: "--task-role-policy", EXECUTION: "--execution-role-policy"}
DESCRIBE = "logs:DescribeLogStreams"
LISTED = 2
LONGEST = 100


class Shortage:
    """What a need doesn't get from the policies of its role.

    `missing` are actions that nothing allows, `near` a statement that allows one of them for other
    resources; `denied` and `conditional` are actions with the statement that says so, `misplaced`
    those of the missing that the other role has, with the statement that gives them.
    """

    __slots__ = ("conditional", "denied", "misplaced", "missing", "near", "need", "policies")

    def __init__(self, need: Need, policies: Sequence[Policy]) -> None:
        self.need = need
        self.policies = policies
        self.missing: list[Action] = []
        self.near: Statement | None = None
        self.denied: list[tuple[Action, Statement]] = []
        self.conditional: list[tuple[Action, Statement]] = []
        self.misplaced: list[tuple[Action, Statement]] = []


def shortages(task: Task, context: Context, role: str) -> list[Shortage]:
    """What a role lacks; nothing is said of a role without policies or name."""
    return _shortages(task, context)[role]


@once
def _shortages(task: Task, context: Context) -> dict[str, list[Shortage]]:
    found: dict[str, list[Shortage]] = {}
    for role in (TASK, EXECUTION):
        given = _given(context, role)
        named = given and task.get(role) not in (None, "")
        found[role] = list(_shortages_of(task, context, role, given)) if named else []
    return found


def _given(context: Context, role: str) -> Sequence[Policy]:
    return context.task_role_policies if role == TASK else context.execution_role_policies


def _shortages_of(
    task: Task, context: Context, role: str, given: Sequence[Policy]
) -> Iterable[Shortage]:
    from fargate_lint.ecs.iam import evaluate  # noqa: PLC0415  (policies are rarely given)
    from fargate_lint.launch.permissions import permissions  # noqa: PLC0415  (the same)

    other = EXECUTION if role == TASK else TASK
    elsewhere = _given(context, other)
    if task.get(role) == task.get(other) and isinstance(task.get(role), str):
        given, elsewhere = [*given, *elsewhere], ()
    found = permissions(task, context.fluent_bit)
    used_there = {name for need in found.of(other) for name in need.names}
    for need in found.of(role):
        shortage = Shortage(need, given)
        for action in need.actions:
            outcome, statement = evaluate(given, action.name, action.resources)
            if not action.claim or outcome in {"allowed", "unknown"}:
                continue
            if outcome == "missing":
                shortage.missing.append(action)
                shortage.near = shortage.near or statement
                there = evaluate(elsewhere, action.name, action.resources)
                granting = there.statement if there.outcome == "allowed" else None
                if granting and action.name not in used_there and _is_meant(granting):
                    shortage.misplaced.append((action, granting))
            elif statement is not None:
                pairs = shortage.denied if outcome == "denied" else shortage.conditional
                pairs.append((action, statement))
        if shortage.missing or shortage.denied or shortage.conditional:
            yield shortage


def _is_meant(statement: Statement) -> bool:
    """Whether a statement is there for what it allows.

    AWS's own for execution roles, and one that allows everything, are not.
    """
    from fargate_lint.data.permissions import MANAGED  # noqa: PLC0415  (policies are rarely given)

    names = {name.lower() for name in statement.actions}
    return bool(names) and all(
        names != {name.lower() for name in managed} for managed in MANAGED.values()
    )


def is_of_groups(action: Action) -> bool:
    """Whether an action creates log groups."""
    return action.name == "logs:CreateLogGroup"


def is_of_images(action: Action) -> bool:
    """Whether an action serves to pull images from Amazon ECR."""
    return action.name.startswith("ecr:")


def is_of_describe(shortage: Shortage) -> bool:
    """Whether nothing is missing but the one action that only the Go plug-ins use."""
    return [action.name for action in shortage.missing] == [DESCRIBE] and not shortage.denied


def report_missing(
    rule: Rule, task: Task, found: Iterable[Shortage], wanted: Callable[[Action], bool]
) -> None:
    """Report the wanted ones of missing and denied actions, the same mistake of several once.

    What the other role has stands alone: another rule knows more about it.
    """
    lacking: dict[tuple[object, ...], list[tuple[Shortage, list[Action]]]] = {}
    denying: dict[tuple[str, Statement], list[tuple[Shortage, list[Action]]]] = {}
    for shortage in found:
        purpose = shortage.need.purpose
        for action, statement in shortage.denied:
            if wanted(action):
                denying.setdefault((purpose, statement), []).append((shortage, [action]))
        actions = [action for action in shortage.missing if wanted(action)]
        if actions:
            key = (purpose, shortage.near, bool(shortage.misplaced))
            lacking.setdefault(key, []).append((shortage, actions))
    for (_, statement), same in denying.items():
        _report_denied(rule, task, same, statement)
    for same in lacking.values():
        _report_missing(rule, task, same)


def _report_missing(rule: Rule, task: Task, same: list[tuple[Shortage, list[Action]]]) -> None:
    shortage = same[0][0]
    need = shortage.need
    actions = _united(same)
    rule.report(
        Spot(task.lens, need.path),
        listed(actions, f"the {ROLES[need.role]} lacks {{}}, needed to {need.purpose}"),
        related=[
            (_spot(shortage), (), _relation(shortage)),
            *named(task, need.role),
            *others(task, same),
        ],
        help=f"add {statements(same)}{_hint(shortage)}\n"
        f"give the role's other policies with {OPTIONS[need.role]} too, if it has any",
        severity=weight(actions),
        subject=concerned(same),
    )


def _report_denied(
    rule: Rule, task: Task, same: list[tuple[Shortage, list[Action]]], statement: Statement
) -> None:
    need = same[0][0].need
    actions = _united(same)
    rule.report(
        Spot(task.lens, need.path),
        listed(actions, f"the {ROLES[need.role]} is denied {{}}, needed to {need.purpose}"),
        related=[
            (Spot(statement.document, statement.path), (), "this denies it"),
            *others(task, same),
        ],
        help=f"except {need.resource} from it: no Allow comes up against a Deny",
        severity=weight(actions),
        subject=concerned(same),
    )


def named(task: Task, role: str) -> Iterable[tuple[Spot, tuple[()], str]]:
    """Where the task names a role whose policies its own file has."""
    beside = task.definition.evidence is not None
    return [(Spot(task.lens, (role,)), (), "the role")] if beside else []


def others(
    task: Task, same: Iterable[tuple[Shortage, object]]
) -> Iterable[tuple[Spot, tuple[()], str]]:
    """The places behind the first that have the same need."""
    paths = dict.fromkeys(shortage.need.path for shortage, _ in same)
    return [(Spot(task.lens, path), (), "needs it too") for path in list(paths)[1:]]


def concerned(same: Iterable[tuple[Shortage, Iterable[Action]]]) -> Iterator[Path]:
    """The subjects of a finding about these: each action at each place that needs it."""
    for shortage, actions in same:
        yield from ((*shortage.need.path, action.name) for action in actions)


def _united(same: Iterable[tuple[Shortage, list[Action]]]) -> list[Action]:
    """The actions of several shortages, each once."""
    return list({action.name: action for _, actions in same for action in actions}.values())


def weight(actions: Iterable[Action]) -> str:
    """The severity of lacking these actions, "" for the rule's own."""
    return "" if any(action.claim == "error" for action in actions) else "warning"


def listed(actions: Sequence[Action], message: str) -> str:
    """A message with the names of actions for its `{}`: two, or one when that gets too long."""
    names = [f"`{action.name}`" for action in actions]
    both = message.replace("{}", " and ".join(names), 1)
    if len(names) == 1 or (len(names) == LISTED and len(both) <= LONGEST):
        return both
    return message.replace("{}", f"{names[0]} and {len(names) - 1} more", 1)


def statements(same: Iterable[tuple[Shortage, Iterable[Action]]]) -> str:
    """The statements that allow what is missing, as JSON on one line each."""
    from fargate_lint.ecs.iam import grants  # noqa: PLC0415  (only when something is missing)

    wanted = [
        ([action.name for action in actions], shortage.need.resource) for shortage, actions in same
    ]
    return ",\n".join(json.dumps(statement) for statement in grants(wanted))


def _spot(shortage: Shortage) -> Spot:
    """The place in the policies that has most to do with what is missing."""
    near = shortage.near
    if near is not None:
        return Spot(near.document, near.at("Resource"))
    sibling = _sibling(shortage)
    if sibling is not None:
        return Spot(sibling.document, sibling.at("Action"))
    policy = shortage.policies[0]
    return Spot(policy.document, policy.path)


def _sibling(shortage: Shortage) -> Statement | None:
    """A statement that allows other actions of the same service."""
    service = shortage.missing[0].name.partition(":")[0] + ":"
    return next(
        (
            statement
            for policy in shortage.policies
            for statement in policy.statements
            if statement.effect == "Allow"
            and any(name.lower().startswith(service) for name in statement.actions)
        ),
        None,
    )


def _relation(shortage: Shortage) -> str:
    if shortage.near is not None:
        return "this allows it for other resources"
    return "it is not among these" if _sibling(shortage) else "this does not allow it"


def _hint(shortage: Shortage) -> str:
    """The one thing that people get wrong about the ARNs of log groups."""
    near = shortage.near
    resource = near.value.get("Resource") if near is not None else None
    written = resource if isinstance(resource, list) else [resource]
    bare = shortage.need.resource.removesuffix(":*")
    if shortage.need.resource.endswith(":*") and bare in written:
        return "\nthe ARN of a log group ends in `:*` when it stands for its streams"
    return ""
