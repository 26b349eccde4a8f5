from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.ecs.iam import (
    EVERYTHING,
    MAYBE,
    NO,
    YES,
    Policy,
    Statement,
    covers,
    evaluate,
    grants,
    overlaps,
    parse,
    pattern,
    policy,
)
from fargate_lint.source.document import Document
from fargate_lint.source.unknown import Unknown, mark

GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/shop/web"
STREAM = GROUP + ":log-stream:web/1"
PATTERNS = st.text(alphabet="ab*?:", max_size=8)
SUBJECTS = st.text(alphabet="ab*:", max_size=8)
TEXTS = st.text(alphabet="ab:", max_size=8)


def read(value: Any) -> Policy:
    marked = mark(value)
    return parse(
        Document("policy.json", "json", json.dumps(value, default=str), marked), (), marked
    )


def statement(**value: Any) -> Statement:
    return Statement(Document("policy.json", "json", ""), (), mark(value))


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def outcome(statements: Any, action: str = "logs:PutLogEvents", resource: str = STREAM) -> str:
    return evaluate([read({"Statement": statements})], action, [resource]).outcome


def matches(wildcards: str, text: str) -> bool:
    """The plain meaning of a pattern."""
    parts = {"*": ".*", "?": "."}
    expression = "".join(parts.get(sign, re.escape(sign)) for sign in wildcards)
    return re.fullmatch(expression, text, re.DOTALL) is not None


@given(PATTERNS, TEXTS)
def test_a_known_subject_is_matched_as_by_a_regular_expression(wildcards: str, text: str) -> None:
    assert overlaps(wildcards, text) == covers(wildcards, text) == matches(wildcards, text)


@given(PATTERNS, SUBJECTS, st.lists(TEXTS, min_size=8, max_size=8))
def test_an_unknown_part_may_be_any_text(wildcards: str, subject: str, texts: list[str]) -> None:
    stand_in = iter(texts)
    instance = re.sub(r"\*", lambda _: next(stand_in), subject)
    if matches(wildcards, instance):
        assert overlaps(wildcards, subject)
    if covers(wildcards, subject):
        assert matches(wildcards, instance)
        assert overlaps(wildcards, subject)


@given(st.text(alphabet="a*?", max_size=4), st.text(alphabet="a*", max_size=4))
def test_overlapping_patterns_have_a_text_in_common(wildcards: str, subject: str) -> None:
    texts = ["".join(t) for size in range(9) for t in itertools.product("a", repeat=size)]
    common = any(matches(wildcards, text) and matches(subject, text) for text in texts)
    assert overlaps(wildcards, subject) == common


def test_many_wildcards_take_no_longer_than_few() -> None:
    assert not overlaps("*a" * 1000 + "b", "a" * 2000)
    assert not covers("*a" * 1000 + "b", "a*" * 1000)


def test_longer_texts_than_iam_takes_are_not_judged() -> None:
    assert overlaps("a" * 20000, "b")
    assert not covers("a*" * 20000, "b")
    assert covers("*", "b" * 20000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("arn:aws:s3:::a", "arn:aws:s3:::a"),
        (Unknown("arn:aws:s3:::${bucket}/${key}"), "arn:aws:s3:::*/*"),
        (Unknown("${a}${b}"), "*"),
        (Unknown("{{ must_env `X` }}"), "*"),
        (Unknown('!Sub "arn:${AWS::Partition}:s3:::logs"'), "arn:*:s3:::logs"),
        (Unknown("!Ref Bucket"), "*"),
        (Unknown(), "*"),
        (None, "*"),
        ({"Fn::Sub": "x"}, "*"),
    ],
)
def test_what_is_not_known_is_a_star(value: object, expected: str) -> None:
    assert pattern(value) == expected


@pytest.mark.parametrize(
    "action", ["logs:PutLogEvents", "LOGS:putlogevents", "logs:Put*", "logs:*", "*", "l?gs:*Events"]
)
def test_actions_match_without_regard_to_case_and_with_wildcards(action: str) -> None:
    assert outcome(allow(action)) == "allowed"
    assert outcome([allow(["s3:GetObject", action])]) == "allowed"


@pytest.mark.parametrize(
    "resource",
    [STREAM, GROUP + ":*", GROUP + "*", "arn:aws:logs:*:*:*", "arn:*", "*", [GROUP, GROUP + ":*"]],
)
def test_resources_match_with_wildcards_that_pass_over_colons(resource: Any) -> None:
    assert outcome(allow("logs:*", resource)) == "allowed"


@pytest.mark.parametrize("resource", [GROUP, GROUP.upper() + ":*", GROUP + ":log-stream:api/*"])
def test_another_resource_is_told_from_a_missing_action(resource: str) -> None:
    found = evaluate(
        [read({"Statement": allow("logs:*", resource)})], "logs:PutLogEvents", [STREAM]
    )
    assert found.outcome == "missing"
    assert found.statement is not None
    assert found.statement.at("Resource") == ("Statement", "Resource")
    assert evaluate([read({"Statement": []})], "logs:PutLogEvents", [STREAM]).statement is None


def test_a_deny_beats_every_allow() -> None:
    deny = {"Effect": "Deny", "Action": "logs:Put*", "Resource": "*"}
    assert outcome([allow("*"), deny]) == "denied"
    assert outcome([deny, allow("*")], "logs:CreateLogStream") == "allowed"


def test_a_deny_counts_only_where_it_surely_applies() -> None:
    deny = {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:logs:us-east-1:*:log-group:a:*"}
    unknown = "arn:aws:logs:us-east-1:*:log-group:*:*"
    assert outcome([allow("*"), deny], resource=unknown) == "allowed"
    assert outcome([allow("*"), {**deny, "Resource": "${arn}"}]) == "allowed"
    assert (
        outcome([allow("*"), {**deny, "Resource": "arn:aws:logs:*"}], resource=unknown) == "denied"
    )


def test_not_action_and_not_resource_mean_all_others() -> None:
    others = {"Effect": "Deny", "NotAction": ["s3:*", "ecr:*"], "Resource": "*"}
    assert outcome([allow("*"), others]) == "denied"
    assert outcome([allow("*"), {**others, "NotAction": "logs:*"}]) == "allowed"
    elsewhere = {"Effect": "Allow", "Action": "logs:*", "NotResource": "arn:aws:logs:*:*:*:/prod/*"}
    assert outcome(elsewhere) == "allowed"
    assert outcome({**elsewhere, "NotResource": GROUP + "*"}) == "missing"


def test_not_action_with_an_unknown_entry_decides_nothing() -> None:
    assert statement(NotAction=["${a}"], Resource="*").concerns("logs:PutLogEvents") == MAYBE
    assert statement(NotAction=["s3:*", "${a}"], Resource="*").concerns("s3:GetObject") == NO
    assert statement(NotAction="s3:*", Resource="*").concerns("logs:PutLogEvents") == YES


def test_conditions_are_not_judged() -> None:
    condition = {"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}
    assert outcome(allow("*", **condition)) == "conditional"
    assert outcome([allow("*", **condition), allow("logs:*")]) == "allowed"
    denied = {"Effect": "Deny", "Action": "*", "Resource": "*", **condition}
    assert outcome([allow("*"), denied]) == "conditional"
    assert outcome(allow("*", Condition={})) == "allowed"


@pytest.mark.parametrize(
    "statements",
    [None, "x", 7, [[]], ["${more}"], [{"Fn::If": []}, "${x}"]],
)
def test_statements_that_a_template_writes_may_allow_anything(statements: Any) -> None:
    assert outcome(statements) in {"unknown", "missing"}
    assert outcome(["${more}"]) == "unknown"


@pytest.mark.parametrize(
    "value",
    [
        {"Effect": "Allow", "Resource": "*"},
        {"Effect": "Allow", "Action": "*"},
        {"Effect": "allow", "Action": "*", "Resource": "*"},
        {"Action": "*", "Resource": "*"},
        {"Effect": ["Allow"], "Action": "*", "Resource": "*"},
        {"Effect": "Allow", "Action": [], "Resource": "*"},
        {"Effect": "Allow", "Action": None, "Resource": "*"},
    ],
)
def test_a_statement_that_iam_refuses_allows_nothing(value: Any) -> None:
    assert outcome([value]) == "missing"


def test_an_effect_that_is_not_known_may_be_an_allow_and_is_no_deny() -> None:
    assert outcome({"Effect": "${effect}", "Action": "*", "Resource": "*"}) == "allowed"


def test_only_a_star_stands_for_what_has_no_resource() -> None:
    login = "ecr:GetAuthorizationToken"
    assert outcome(allow(login), login, EVERYTHING) == "allowed"
    assert outcome(allow(login, "arn:aws:ecr:*:*:repository/*"), login, EVERYTHING) == "missing"


def test_any_of_several_forms_of_a_resource_may_be_allowed() -> None:
    found = read({"Statement": allow("logs:*", GROUP)})
    assert evaluate([found], "logs:CreateLogGroup", [GROUP + ":log-stream:", GROUP])[0] == "allowed"


def test_statements_are_as_few_as_can_be() -> None:
    wanted = [(["a:X"], "r1"), (["a:Y", "a:X"], "r1"), (["a:X", "a:Y"], "r2"), (["b:Z"], "*")]
    assert policy(grants(wanted)) == {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": ["a:X", "a:Y"], "Resource": ["r1", "r2"]},
            {"Effect": "Allow", "Action": ["b:Z"], "Resource": "*"},
        ],
    }


ACTIONS = st.lists(st.sampled_from(["a:X", "a:Y", "b:Z", "b:W"]), min_size=1, max_size=3)
ARNS = st.sampled_from(["arn:a", "arn:b", "arn:a:*", "*"])


@given(st.lists(st.tuples(ACTIONS, ARNS), max_size=6))
def test_granted_statements_allow_what_was_wanted_and_no_more(
    wanted: list[tuple[list[str], str]],
) -> None:
    made = read(policy(grants(wanted)))
    pairs = {(action, resource) for actions, resource in wanted for action in actions}
    for action, resource in pairs:
        assert evaluate([made], action, [resource]).outcome == "allowed"
    given_away = {
        (action, resource)
        for item in made.statements
        for action in item.actions
        for resource in (
            item.value["Resource"]
            if isinstance(item.value["Resource"], list)
            else [item.value["Resource"]]
        )
    }
    assert given_away == pairs


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("${x}"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["Effect", "Action", "NotAction", "Resource", "Condition", "Statement"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_a_policy_holds_there_is_an_answer(statements: Any) -> None:
    found = outcome(statements)
    assert found in {"allowed", "denied", "missing", "conditional", "unknown"}


def test_statements_have_their_places_and_the_policy_the_place_around_them() -> None:
    document = Document("policy.json", "json", "")
    several = parse(document, ("a",), {"Statement": [allow("*"), "x", allow("*")]})
    alone = parse(document, ("a",), {"Statement": allow("*")})
    assert [each.path for each in several.statements] == [
        ("a", "Statement", 0), ("a", "Statement", 2),
    ]  # fmt: skip
    assert [each.path for each in alone.statements] == [("a", "Statement")]
    for found, whole in [(several, False), (alone, True)]:
        assert (found.path, found.open) == (("a",), not whole)
        assert {found.document, *(each.document for each in found.statements)} == {document}


def test_a_list_or_a_policy_that_a_template_writes_more_of_is_open() -> None:
    for path, is_open in ((("a",), True), (("a", "Statement", 0), True), (("b",), False)):
        document = Document("policy.json", "json", "", partial=frozenset({path}))
        assert parse(document, ("a",), {"Statement": [allow("*")]}).open is is_open
    assert not Policy(Document("", "json", ""), (), []).open


def test_a_principal_is_named_or_excepted() -> None:
    assert [
        statement(**more).principal
        for more in ({"Principal": "*"}, {"NotPrincipal": "*"}, {"Effect": "Allow"})
    ] == [True, True, False]


def test_the_place_of_an_element_or_of_its_opposite_or_else_of_the_statement() -> None:
    found = statement(Action=["logs:*", 1], NotResource="*")
    assert (found.at("Action"), found.at("Resource")) == (("Action",), ("NotResource",))
    assert (found.at("Condition"), found.actions) == ((), ["logs:*"])
    found.path, found.inside = ("policy",), True
    assert found.at("Action") == ("policy",)
    assert statement(NotAction="logs:*").actions == []


@pytest.mark.parametrize("longer", [10240, 10241])
def test_texts_up_to_the_longest_policy_are_judged(longer: int) -> None:
    text = "a" * longer
    judged = longer == 10240
    assert overlaps(text, "b") is overlaps("b", text) is (not judged)
    assert covers(text, text) is judged
    assert covers("*", text)
    assert not covers("a*", "b" + text)


def test_of_several_statements_the_first_is_the_reason() -> None:
    document = Document("policy.json", "json", "")

    def reason(*statements: Any, resource: str = STREAM) -> tuple[str, int | None]:
        found = parse(document, (), {"Statement": list(statements)})
        verdict = evaluate([found], "logs:PutLogEvents", [resource])
        why = verdict.statement
        return verdict.outcome, found.statements.index(why) if why else None

    put, other = allow("logs:PutLogEvents"), allow("logs:*", "arn:aws:logs:eu-west-1:*")
    only_if = {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}
    deny = {**put, "Effect": "Deny"}
    assert reason(put, put) == ("allowed", 0)
    assert reason(other, other) == ("missing", 0)
    assert reason(allow("s3:*"), other) == ("missing", 1)
    assert reason(allow("s3:*")) == ("missing", None)
    assert reason({**put, **only_if}, {**put, **only_if}) == ("conditional", 0)
    assert reason({**put, **only_if}, put) == ("allowed", 1)
    assert reason(put, {**deny, **only_if}, {**deny, **only_if}) == ("conditional", 1)
    assert reason(put, {**deny, **only_if}, deny) == ("denied", 2)
    assert reason({**deny, **only_if}, {**put, **only_if}) == ("conditional", 1)
