"""Each side of the thresholds of a verdict, in numbers: whoever changes one changes answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.diagnose import agent, weigh, weights
from fargate_lint.diagnose.case import Case
from fargate_lint.diagnose.causes import causes
from fargate_lint.diagnose.configured import Configured
from fargate_lint.diagnose.evidence import Clue, Evidence
from fargate_lint.diagnose.missing import missing
from fargate_lint.diagnose.signatures import built_in
from fargate_lint.diagnose.tally import Tally
from fargate_lint.diagnose.tasks import ContainerState
from fargate_lint.diagnose.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.diagnose.verdict import Diagnosis

    Explain = Callable[..., Diagnosis]

NETWORK = "destination-unreachable"


@pytest.fixture
def case() -> Case:
    return Case([], [], [], Tally(built_in()), [], {}, None)


class Backed(Configured):
    """A definition that has an error for every cause."""

    def support(self, cause: str) -> list[Evidence]:
        return [Evidence("finding", "task.json", 1, "", cause)]

    def errors(self, cause: str) -> bool:
        return bool(cause)


def verdict(configured: Configured, weight: float, *, own: bool = False) -> Verdict:
    clue = Clue(NETWORK, weight)
    return weigh._verdict(configured, NETWORK, [clue], [clue] if own else [])


@pytest.mark.parametrize(("weight", "status"), [(55, "likely"), (54, "possible")])
def test_a_cause_is_likely_from_55_on(case: Case, weight: int, status: str) -> None:
    assert verdict(Configured(case), weight).status == status


@pytest.mark.parametrize(("weight", "status"), [(38, "confirmed"), (37, "possible")])
def test_with_an_error_of_the_definition_40_confirm_of_which_2_are_for_it(
    case: Case, weight: int, status: str
) -> None:
    assert verdict(Backed(case), weight).status == status


@pytest.mark.parametrize(("weight", "sum_"), [(30, 32), (29, 29)])
def test_a_faint_clue_gets_nothing_for_the_definition(case: Case, weight: int, sum_: int) -> None:
    assert verdict(Backed(case), weight).weight == sum_


@pytest.mark.parametrize(("weight", "status"), [(81, "confirmed"), (80, "likely")])
def test_a_fault_of_the_definition_is_confirmed_by_its_end(
    case: Case, weight: int, status: str
) -> None:
    assert verdict(Configured(case), weight, own=True).status == status


def test_no_more_than_six_pieces_of_evidence_are_shown(case: Case) -> None:
    evidence = [Evidence("log", "log", number, "", "x") for number in range(9)]
    found = weigh._verdict(Configured(case), NETWORK, [Clue(NETWORK, 60, evidence)], [])
    assert found.evidence == evidence[:6]


def finished(case: Case, *weighed: tuple[str, float]) -> list[Verdict]:
    verdicts = [Verdict(causes()[cause], "likely", weight) for cause, weight in weighed]
    return weigh._finish(case, Configured(case), verdicts)


def test_beside_another_cause_a_faint_one_is_left_out(case: Case) -> None:
    for weight, count in ((30, 2), (29, 1)):
        assert len(finished(case, (NETWORK, 60), ("tls-failure", weight))) == count
    assert len(finished(case, (NETWORK, 1))) == 1


def test_no_more_than_six_causes_are_shown(case: Case) -> None:
    names = [one.id for one in causes().values() if not one.benign][:9]
    found = finished(case, *((name, 60 - number) for number, name in enumerate(names)))
    assert [one.cause.id for one in found] == names[:6]


def test_a_consequence_weighs_less_than_what_it_follows_from(case: Case) -> None:
    for weight, follows in ((59, True), (60, False)):
        _, second = finished(case, (NETWORK, 60), ("retries-exhausted", weight))
        assert second.summary.startswith("A consequence of") is follows


@pytest.mark.parametrize(("weight", "cause"), [(55, "no-egress"), (54, "registration-key")])
def test_an_agent_has_no_way_out_if_another_destination_likely_has_none(
    case: Case, weight: int, cause: str
) -> None:
    clues = list(agent.clues(case, Configured(case), [ContainerState()], [Clue(NETWORK, weight)]))
    assert clues[0].cause == f"al-agent-{cause}"


CREDENTIALS = "[ warn] [imds] unable to evaluate IMDS version"


def test_hints_are_taken_where_nothing_weighs_30(explain: Explain) -> None:
    def found(reason: str, name: str) -> set[str]:
        container = {"name": name, "reason": reason}
        task = {"stopCode": "UserInitiated", "stoppedReason": "x", "containers": [container]}
        return {one.cause.id for one in explain(CREDENTIALS, task=task).verdicts}

    assert weights.ECS_INJECTED == 30
    assert found("", "web") == {"no-aws-credentials"}
    assert found("CannotPullContainerError", "aws-guardduty-agent-x") == {"image-pull-failed"}


@pytest.mark.parametrize(
    ("status", "least"), [("confirmed", 50), ("likely", 35), ("possible", None)]
)
def test_the_surer_the_answer_the_less_is_asked_for(
    case: Case, status: str, least: int | None
) -> None:
    best = Verdict(causes()[NETWORK], status, 60)
    asked: dict[str, Any] = {
        "the task definition": 65, "the stopped task": 45, "log_router's own output": 40,
        "the router's output at level debug": 35, "al-agent's own output": 30,
    }  # fmt: skip
    assert [one.what for one in missing(case, [best])] == [
        what for what, weight in asked.items() if least is None or weight >= least
    ]
