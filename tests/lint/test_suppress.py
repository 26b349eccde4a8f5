from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.checker import Checker
from fargate_lint.lint.ignore.ignore import Ignore
from fargate_lint.lint.ignore.suppress import suppress
from fargate_lint.lint.linter import Linter, Report
from fargate_lint.lint.registry import Registry, load
from fargate_lint.lint.rule import Rule
from fargate_lint.lint.settings import keys, names
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.settings.settings import Settings
from fargate_lint.lint.settings.toml import parse
from fargate_lint.lint.summary import Summary
from fargate_lint.source.document import Document
from fargate_lint.source.unknown import mark

if TYPE_CHECKING:
    from pathlib import Path

    from fargate_lint.ecs.task import Container, Task


class Tagged(Rule):
    code = "TST001"
    name = "tagged"

    def check_container(self, container: Container) -> None:
        self.report(container, f"image {container.name}", at=("image",))


class Family(Rule):
    code = "TST002"
    name = "family"

    def check_task(self, task: Task) -> None:
        self.report(task, "family", at=("family",))


class Fragile(Rule):
    code = "TST003"
    name = "fragile"

    def check_task(self, task: Task) -> None:
        raise ValueError(task)


@pytest.fixture(scope="module")
def registry() -> Registry:
    made = load()
    made.add("test", [Tagged, Family, Fragile])
    return made


TASK = {
    "family": "shop",
    "containerDefinitions": [
        {"name": "web", "image": "web:1", "essential": True},
        {"name": "${x}", "image": "x:1", "essential": True},
        "not a container",
        {"name": "api", "image": "api:1", "essential": True},
    ],
}
IMAGES = ["image web", "image ", "image api"]


def kept(
    registry: Registry, text: str, value: Any = TASK, select: str = "TST001,TST002"
) -> tuple[list[str], set[int]]:
    """What is left of the messages, and the indices of the ignores that left something out."""
    settings = Settings()
    settings.root = "/project"
    keys.read(settings, parse("fargate-lint.toml", textwrap.dedent(text).encode()), ())
    names.resolve(settings, registry)
    settings.select = select.split(",")
    document = Document("/project/tasks/shop.json", "json", json.dumps(value), mark(value))
    used: set[int] = set()
    findings = Checker(registry, settings).check(document)
    left = suppress(findings, document, settings, registry, used)
    return [finding.message for finding in left], used


def entry(**values: str) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(["[[ignore]]", 'reason = "accepted"', *lines, ""])


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("$.containerDefinitions[?(@.name == 'web')].image", ["image ", "image api", "family"]),
        ("$.containerDefinitions[?(@.name == 'web')]", ["image ", "image api", "family"]),
        ("$.containerDefinitions[?(@.name == '${x}')]", ["image web", "image api", "family"]),
        ("$.containerDefinitions[*].image", ["family"]),
        ("$.containerDefinitions[-1].image", ["image web", "image ", "family"]),
        ("$..image", ["family"]),
        ("containerDefinitions", ["family"]),
        ("$", []),
        ("$.containerDefinitions[?(@.name == 'web')].command", [*IMAGES, "family"]),
        ("$.containerDefinitions[9].image", [*IMAGES, "family"]),
        ("$.containerDefinitions.`len`", [*IMAGES, "family"]),
        ("$.containerDefinitions[\\name]", [*IMAGES, "family"]),
        ("$.family.image", [*IMAGES, "family"]),
    ],
)
def test_what_lies_at_or_below_a_path_is_left_out(
    registry: Registry, path: str, left: list[str]
) -> None:
    messages, used = kept(registry, entry(rule="TST", path=path))
    assert messages == left
    assert used == ({0} if len(left) < 4 else set())


@pytest.mark.parametrize(
    "value",
    [
        {"taskDefinition": TASK},
        {"taskDefinitions": [TASK]},
        {"status_code": 200, "data": {"taskDefinition": TASK}},
        [TASK],
        TASK["containerDefinitions"],
    ],
)
def test_a_path_may_start_at_the_task_definition(registry: Registry, value: Any) -> None:
    path = "$.containerDefinitions[?(@.name == 'api')].image"
    messages, _ = kept(registry, entry(rule="TST", path=path), value, select="TST001")
    assert messages == ["image web", "image "]


def test_a_single_container_is_the_first_of_its_task(registry: Registry) -> None:
    web = {"name": "web", "image": "web:1", "essential": True}
    for path in ("$.containerDefinitions[0].image", "$.image"):
        assert kept(registry, entry(rule="TST", path=path), web, select="TST001")[0] == []


def test_a_rule_is_named_as_everywhere(registry: Registry) -> None:
    for rule in ("TST001", "tst001", "tagged"):
        assert kept(registry, entry(rule=rule))[0] == ["family"]
    assert kept(registry, entry(rule="ALL"))[0] == []
    assert kept(registry, entry(rule="CFG"))[0] == [*IMAGES, "family"]


def test_a_file_narrows_an_ignore(registry: Registry) -> None:
    for glob in ("shop.json", "tasks", "tasks/*.json", "/tasks/shop.json", "**/shop.*"):
        assert kept(registry, entry(rule="TST", file=glob)) == ([], {0})
    for glob in ("web.json", "*/*/shop.json", "/shop.json"):
        assert kept(registry, entry(rule="TST", file=glob)) == ([*IMAGES, "family"], set())


def test_per_file_ignores(registry: Registry) -> None:
    text = '[per-file-ignores]\n"tasks/*" = ["tagged"]\n"other/*" = ["family"]'
    assert kept(registry, text) == (["family"], set())


def test_each_ignore_that_would_do_counts_as_used(registry: Registry) -> None:
    text = entry(rule="tagged") + entry(rule="TST") + entry(rule="CFG") + entry(rule="TST002")
    assert kept(registry, text) == ([], {0, 1, 3})


def test_an_ignore_counts_until_its_last_day(registry: Registry) -> None:
    assert kept(registry, entry(rule="TST") + "until = 2099-12-31")[0] == []
    assert kept(registry, entry(rule="TST") + "until = 2020-01-01T00:00:00") == (
        [*IMAGES, "family"],
        set(),
    )


def test_a_broken_rule_can_not_be_ignored(registry: Registry) -> None:
    text = entry(rule="ALL") + '[per-file-ignores]\n"*" = ["ALL"]'
    messages, _ = kept(registry, text, select="TST")
    assert len(messages) == 1
    assert messages[0].startswith("rule `fragile` of plugin `test` failed: ValueError at ")


def test_a_filter_that_fails_on_a_file_leaves_nothing_out(registry: Registry) -> None:
    path = "$.containerDefinitions[?(@.name =~ '(')]"
    assert kept(registry, entry(rule="TST", path=path))[0] == [*IMAGES, "family"]


@pytest.fixture
def afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, registry: Registry) -> Any:
    """What is said after a run over `paths` that checked files and used the ignores in `used`."""
    monkeypatch.chdir(tmp_path)

    def _afterwards(
        text: str, paths: list[str], checked: list[str], used: tuple[int, ...] = (), **over: Any
    ) -> list[str]:
        (tmp_path / "fargate-lint.toml").write_text(text)
        configuration = Configuration(over)
        configuration.validate(registry)
        summary = Summary(configuration, skip_unrelated=False)
        for path in checked:
            summary.add(Report(path, "checked", ignored=used))
        summary.finish(registry, paths)
        return [
            f"{found.file}:{found.start[0]}:{found.start[1]}: {found.severity} {found.message}"
            for found in summary.findings
        ]

    return _afterwards


UNUSED = "warning nothing is left out by this ignore of `TST001`"


def test_an_unused_ignore_is_told_after_a_whole_run(afterwards: Any, tmp_path: Path) -> None:
    text = entry(rule="TST001", path="$.family") + entry(rule="TST001")
    both = [f"fargate-lint.toml:4:8: {UNUSED}", f"fargate-lint.toml:7:8: {UNUSED}"]
    assert afterwards(text, ["."], ["a.json"]) == both
    assert afterwards(text, [str(tmp_path.parent)], ["a.json"]) == both
    assert afterwards(text, ["."], ["a.json"], used=(0,)) == both[1:]
    assert afterwards(text, ["."], ["a.json"], used=(0, 1)) == []


def test_a_run_over_a_part_does_not_know_what_is_unused(afterwards: Any, tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    text = entry(rule="TST001") + entry(rule="TST001", file="tasks/*.json")
    assert afterwards(text, ["tasks/a.json"], ["tasks/a.json"]) == []
    assert afterwards(text, ["tasks"], ["tasks/a.json"]) == []
    assert afterwards(text, ["-"], ["<stdin>"]) == []


def test_an_ignore_for_one_file_is_judged_when_that_is_checked(afterwards: Any) -> None:
    text = entry(rule="TST001", file="tasks/a.json")
    expected = [f"fargate-lint.toml:3:8: {UNUSED}"]
    assert afterwards(text, ["tasks/a.json"], ["tasks/a.json"]) == expected
    assert afterwards(text, ["."], ["tasks/a.json", "b.json"]) == expected
    assert afterwards(text, ["."], ["b.json"]) == []
    assert afterwards(text, ["b.json"], ["b.json"]) == []


def test_a_rule_that_did_not_run_needs_no_ignore(afterwards: Any) -> None:
    text = entry(rule="TST001")
    assert afterwards(text, ["."], ["a.json"], select=["TST002", "CFG"]) == []
    assert afterwards(text, ["."], ["a.json"], ignore=["unused-ignore"]) == []


def test_an_expired_ignore_is_told_whenever_it_might_have_counted(afterwards: Any) -> None:
    text = entry(rule="TST001", file="tasks/*.json") + "until = 2024-06-30\n"
    expected = ["fargate-lint.toml:5:9: warning this ignore of `TST001` counted until 2024-06-30"]
    assert afterwards(text, ["."], ["tasks/a.json"]) == expected
    assert afterwards(text, ["b.json"], ["b.json"]) == expected
    assert afterwards(text, ["."], []) == []


def test_files_that_were_not_checked_do_not_count(tmp_path: Path, registry: Registry) -> None:
    file = tmp_path / "fargate-lint.toml"
    file.write_text(entry(rule="TST001"))
    configuration = Configuration({}, file=str(file))
    summary = Summary(configuration, skip_unrelated=False)
    summary.add(Report("a.json", "skipped"))
    summary.finish(registry, [str(tmp_path)])
    assert summary.findings == []


def suppressed(registry: Registry, text: str, comment: str = "") -> list[Any]:
    """What suppresses the finding about the first image, where suppressed ones are shown."""
    settings = Settings()
    settings.root = "/project"
    keys.read(settings, parse("fargate-lint.toml", text.encode()), ())
    settings.select, settings.show_suppressed = ["TST001"], True
    source = f'{{"family": "shop", "containerDefinitions": [\n{comment}\n{{"name": "web"}}]}}'
    report = Linter(settings, registry=registry).check("/project/tasks/shop.jsonc", source)
    return [each.suppression for each in report.findings]


def test_of_all_that_suppresses_a_finding_the_configuration_says_why_before_the_comment(
    registry: Registry,
) -> None:
    first, second = entry(rule="TST").replace("accepted", "one"), entry(rule="TST001")
    comment = "// fargate-lint: ignore[TST001] two"
    by_file = '[per-file-ignores]\n"*.jsonc" = ["TST"]\n'
    assert suppressed(registry, first + second + by_file, comment) == [("configuration", "one")]
    assert suppressed(registry, by_file, comment) == [("comment", "two")]
    assert suppressed(registry, by_file) == [("configuration", "per-file-ignores")]
    assert suppressed(registry, by_file.replace("TST", "CFG")) == [None]
    assert suppressed(registry, first + "until = 2020-01-01\n") == [None]
    assert suppressed(registry, 'locked = ["TST001"]\n' + first) == [None]


def test_an_ignore_that_is_wrong_accepts_nothing(registry: Registry) -> None:
    ignore = Ignore(Document("x", "json", "{}"), (), "TST001", "so")
    settings = Settings()
    settings.select, settings.ignores = ["TST001"], [ignore]
    linter = Linter(settings, registry=registry)
    assert linter.check("task.json", json.dumps(TASK)).findings == []
    ignore.wrong = "it is wrong"
    assert len(linter.check("task.json", json.dumps(TASK)).findings) == 3
