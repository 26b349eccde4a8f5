from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fargate_lint.launch.launch import Launch, Spot
from fargate_lint.lint import checker as checker_module
from fargate_lint.lint.checker import Checker
from fargate_lint.lint.finding import Place
from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.registry import Registry, load
from fargate_lint.lint.rule import Rule
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.source.read import read
from fargate_lint.testing import base
from fargate_lint.version import __version__
from tests.build import container, document, logs, router, task, written

if TYPE_CHECKING:
    import pytest


class Node(Rule):
    """Says which nodes it visits, and in which task."""

    code, name, severity = "TST101", "node", "info"

    def _say(self, what: str) -> None:
        self.add(f"{what} {self.task.family if self.task else '-'}", Place(document({})))

    def check_document(self, _: Any) -> None:
        self._say("document")

    def check_task(self, _: Any) -> None:
        self._say("task")

    def check_container(self, node: Any) -> None:
        self._say(f"container {node.name}")

    def check_launch(self, _: Any) -> None:
        self._say("launch")

    def check_pipeline(self, _: Any, launch: Any) -> None:
        self._say("pipeline of a launch" if launch else "pipeline")

    def check_ignore(self, node: Any) -> None:
        self._say(f"ignore of {node.rule}")


class Heavy(Rule):
    code, name, severity = "TST001", "heavy", "error"
    options: dict[str, Any] = {"size": 1, "word": "x"}  # noqa: RUF012  (as in Rule)

    def check_task(self, node: Any) -> None:
        self.report(node, f"{self.option['size']} {self.option['word']}")


def registry_of(*rules: type[Rule]) -> Registry:
    made = load(only_ours=True)
    made.add("test", rules)
    assert made.problems == []
    return made


def settings_of(**members: Any) -> Settings:
    made = Settings()
    made.select = ["TST"]
    for name, value in members.items():
        setattr(made, name, value)
    return made


def messages(value: Any, *rules: type[Rule], name: str = "task.json", **members: Any) -> list[str]:
    found = Checker(registry_of(*rules), settings_of(**members))
    source = read(name, value.encode())[0] if isinstance(value, str) else written(value)
    return [each.message for each in found.check(source)]


def test_nodes_are_visited_from_the_outside_to_the_inside() -> None:
    logging = task(container(), logs(container("job")), router(), family="a")
    value = {"taskDefinitions": [logging, task(container(), family="b")]}
    assert messages(value, Node) == [
        "document -",
        "task a", "container web a", "container job a", "container log_router a",
        "launch a", "pipeline of a launch a",
        "task b", "container web b",
    ]  # fmt: skip


def test_of_one_rule_a_thousand_findings_are_taken_from_each_task_and_no_more() -> None:
    class Loud(Rule):
        code, name, severity = "TST104", "loud", "info"

        def check_container(self, node: Any) -> None:
            for number in range(1500 if node.name == "web" else 1):
                self.report(node, f"{self.task.family if self.task else ''} {node.name} {number}")

    tasks = [task(container(), container("job"), family=family) for family in ("a", "b")]
    found = messages({"taskDefinitions": tasks}, Loud, Heavy)
    assert len(found) == 2 + 2 * 1000
    assert [each for each in found if " job " in each] == []
    last = " web 999; after 1,000 findings of one kind, the rest is not reported"
    assert [each for each in found if "not reported" in each] == [f"a{last}", f"b{last}"]


def test_a_rule_that_fails_again_and_again_is_reported_each_time() -> None:
    class Fragile(Rule):
        code, name, severity = "TST103", "fragile", "info"

        def check_container(self, _: Any) -> None:
            raise KeyError

    found = messages(task(*(container(f"c{index}") for index in range(1200))), Fragile)
    assert len(found) == 1200


def test_a_configuration_of_fluent_bit_is_a_pipeline_by_itself() -> None:
    text = "[OUTPUT]\n    Name stdout\n    Match *\n"
    assert messages(text, Node, name="fluent-bit.conf") == ["document -", "pipeline -"]
    text = "pipeline:\n  outputs:\n    - name: stdout\n      match: '*'\n"
    assert messages(text, Node, name="fluent-bit.yaml") == ["document -", "pipeline -"]
    assert messages("a: 1\n", Node, name="a.yaml") == ["document -"]


def test_a_configuration_is_read_as_the_version_of_the_settings_reads_it() -> None:
    class Version(Rule):
        code, name = "TST102", "version"

        def check_pipeline(self, pipeline: Any, launch: Any) -> None:
            assert launch is None
            self.add(pipeline.version, Place(document({})))

    text = "[OUTPUT]\n    Name stdout\n    Match *\n"
    for version, meant in (("4.2", "4.2.8"), ("1.9.10", "1.9.10"), ("5.0.9", "5.0.9")):
        assert messages(text, Version, name="a.conf", fluent_bit=version) == [meant]


def test_a_rule_about_what_was_not_given_does_not_apply() -> None:
    needs = type("Needs", (Heavy,), {"inputs": ("service", "security_groups")})
    assert Checker(registry_of(needs), settings_of()).names == frozenset()
    assert messages(task(container()), needs) == []
    for given in ({"service": document({})}, {"security_groups": (1,)}):
        assert Checker(registry_of(needs), settings_of(**given)).names == {"heavy"}
        assert messages(task(container()), needs, **given) == ["1 x"]


def test_a_rule_is_asked_only_where_one_of_its_members_is() -> None:
    rule = type("Tagged", (Heavy,), {"members": ("tags", "volumes")})
    found = Checker(registry_of(rule), settings_of())
    plain, tagged = task(container()), task(container(), tags=[])
    values = [plain, tagged, plain, task(container(volumes=1)), task(container(tagses=1))]
    assert [len(found.check(written(value))) for value in values] == [0, 1, 0, 1, 0]


def test_a_rule_of_alert_logic_is_asked_of_tasks_that_have_the_agent_or_must_have_it() -> None:
    rule = type("Agent", (Heavy, Node), {"alert_logic": True})
    assert "1 x" in messages(base("agent"), rule)
    assert messages(task(container()), rule) == ["document -"]
    assert messages(task(container()), rule, require_agent=True) == [
        "document -", "1 x", "container web shop",
    ]  # fmt: skip


def test_a_rule_of_problems_is_asked_where_there_are_some() -> None:
    class Problem(Node):
        only_if_problems = True

    assert messages(base("agent"), Problem) == [
        f"container {name} shop" for name in ("web", "al-agent", "log_router")
    ]
    assert messages('{"family": "a", "containerDefinitions": [],}', Problem)[:1] == ["document -"]
    assert "task shop" in messages({**base("plain"), "cpu": 512}, Problem)
    shop = base("agent")
    shop["containerDefinitions"][2]["command"].append("-o")
    found = messages(shop, Problem)
    assert [each for each in found if "container" not in each] == [
        "launch shop", "pipeline of a launch shop",
    ]  # fmt: skip


def test_options_and_severities_are_those_of_the_configuration() -> None:
    rules = {"heavy": {"size": 2, "severity": "info"}}
    found = Checker(registry_of(Heavy), settings_of(rules=rules)).check(written(task(container())))
    assert [(each.severity, each.message) for each in found] == [("info", "2 x")]


def test_findings_stand_in_the_order_of_codes_and_what_is_too_light_is_counted() -> None:
    made = registry_of(Node, Heavy)
    source = written(task(container()))
    assert [each.rule.name for each in Checker(made, settings_of()).check(source)] == [
        "heavy", "node", "node", "node",
    ]  # fmt: skip
    found = Checker(made, settings_of(), floor=1)
    for _ in range(2):
        assert [each.rule.name for each in found.check(source)] == ["heavy"]
        assert found.hidden() == ["info"] * 3
        assert found.hidden() == []
    found.weigh_from(0)
    assert len(found.check(source)) == 4
    found.weigh_from(3)
    assert found.check(source) == []
    assert found.hidden() == ["error", "info", "info", "info"]


def test_where_there_are_ignores_nothing_is_too_light() -> None:
    ignores = [Ignore(document({}), (), "TST", "so")]
    found = Checker(registry_of(Node), settings_of(ignores=ignores), floor=2)
    assert found.floor == 0
    assert len(found.check(written(task(container())))) == 3
    assert [each.message for each in found.check_ignores(ignores * 2)] == ["ignore of TST -"] * 2


def test_many_kinds_of_files_are_checked_like_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker_module, "KINDS_KEPT", 2)
    names = ("a", "b", "c", "d")
    rules = [
        type(name, (Heavy,), {"code": f"TST00{name}", "name": name, "members": (name,)})
        for name in names
    ]
    found = Checker(registry_of(*rules), settings_of())
    for name in (*names, *names):
        said = found.check(written(task(container(), **{name: 1})))
        assert [each.rule.name for each in said] == [name]


def test_a_rule_that_fails_is_one_finding_of_each_node_and_the_others_go_on() -> None:
    class Fragile(Node):
        code, name = "TST103", "fragile"

        def check_document(self, _: Any) -> None:
            self._say("before")
            raise KeyError

    found = Checker(registry_of(Fragile, Heavy), settings_of()).check(written(task(container())))
    broken, *others = found
    assert [each.message for each in others] == [
        "1 x",
        "before -",
        "task shop",
        "container web shop",
    ]
    assert (broken.rule.code, broken.rule.name, broken.severity) == (
        "CFG901",
        "broken-rule",
        "error",
    )
    assert broken.message.startswith(
        "rule `fragile` of plugin `test` failed: KeyError at test_checker.py:"
    )
    assert (
        broken.help == f"please report this to the authors of `test` (fargate-lint {__version__})"
    )
    assert broken.place.lens.document.name == "task.json"


def test_a_simulation_that_fails_is_one_finding_of_the_first_rule_that_asks_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: Launch) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Launch, "pipeline", property(fail))
    value = task(logs(container()), router())
    broken, *others = messages(value, Node)
    assert broken.startswith("rule `node` of plugin `test` failed: ZeroDivisionError at test_check")
    assert others[-1] == "launch shop"
    assert messages(value, Heavy) == ["1 x"]


def test_a_rule_that_is_ignored_in_a_file_silences_nobody_there() -> None:
    outranking = type("Top", (Heavy,), {"code": "TST009", "name": "top", "outranks": ("heavy",)})

    def names(**members: Any) -> list[str]:
        found = Checker(registry_of(Heavy, outranking), settings_of(**members))
        return [each.rule.name for each in found.check(written(task(container())))]

    assert names() == ["top"]
    assert names(per_file_ignores={"task.json": ["top"]}) == ["heavy", "top"]
    assert names(per_file_ignores={"other.json": ["top"]}) == ["top"]
    assert names(per_file_ignores={"*.json": ["TST009"]}, locked=["top"]) == ["top"]
    assert names(locked=["heavy"]) == ["heavy", "top"]


def test_tasks_that_are_known_are_not_looked_for_again() -> None:
    found = Checker(registry_of(Node), settings_of())
    source = written(task(container()))
    tasks = found.registry.tasks(source)
    tasks.extend(found.registry.tasks(written(task(family="other"))))
    assert [each.message for each in found.check(source, tasks)] == [
        "document -", "task shop", "container web shop", "task other",
    ]  # fmt: skip
    assert [each.message for each in found.check(source, [])] == ["document -"]


def test_a_rule_has_its_own_severity_unless_the_report_or_the_configuration_says_another() -> None:
    rule = Heavy()
    assert (rule.weighed(""), rule.weighed("info")) == ("error", "info")
    assert Heavy(severity="warning").weighed("info") == "warning"
    assert Heavy(options={"size": 3}).option == {"size": 3, "word": "x"}
    assert Heavy.options == {"size": 1, "word": "x"}


def test_what_a_rule_reports_is_kept_whole() -> None:
    (source,) = read("task.json", b'{"a": {"b": 1, "c": 2}}')
    rule = Heavy()

    spot = Spot(source, ("a",))
    rule.report(
        spot, "wrong", at=("b",), key=True, related=[(spot, ("c",), "see")], help="mend it",
        severity="info", data=[1], subject=[("x",)],
    )  # fmt: skip
    rule.report_span(source, "odd", 1, 3, related=[(4, 5, "here")], help="mend", severity="warning")
    first, second = rule.findings
    assert (first.severity, first.message, first.help) == ("info", "wrong", "mend it")
    assert (first.place.path, first.place.key, first.data, first.subject) == (
        ("a", "b"), True, [1], [("x",)],
    )  # fmt: skip
    (related,) = first.related
    assert (related.path, related.message, related.key) == (("a", "c"), "see", False)
    assert (second.severity, second.message, second.help) == ("warning", "odd", "mend")
    assert second.place.written[2:] == (1, 3)
    assert [(each.message, each.span) for each in second.related] == [("here", (4, 5))]
