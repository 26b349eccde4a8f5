from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from tests import build
from tests.build import container

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent.parent
POLICY = ROOT / "examples" / "policy" / "fargate-lint.toml"
HEAD = '[[rule]]\ncode = "ACME101"\nname = "not-ours"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(here: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """What a rule of these lines says of a task: `path message` of each finding."""

    def _check(rule: str, task: Any, *words: str) -> list[str]:
        (here / "fargate-lint.toml").write_text(HEAD + rule)
        text = task if isinstance(task, str) else json.dumps(task)
        (here / "task.json").write_text(text)
        main(["check", "--select", "ACME", "--output-format", "jsonl", *words, "task.json"])
        out, err = capsys.readouterr()
        assert err == ""
        found = [json.loads(line) for line in out.splitlines()]
        return [f"{finding['path']} {finding['message']}" for finding in found]

    return _check


def task(*images: str, **members: Any) -> dict[str, Any]:
    containers = [
        container(f"c{index}", image=image, essential=True) for index, image in enumerate(images)
    ]
    return build.task(*containers, **members)


IMAGES = 'select = "$.containerDefinitions[*].image"\n'


@pytest.mark.parametrize(
    ("rule", "members", "said"),
    [
        (
            IMAGES + "must-match = '^ours/'",
            {},
            ["/containerDefinitions/1/image `c1`: `their/b:1` doesn't match `^ours/`"],
        ),
        (
            IMAGES + "must-not-match = ':1$'\nmessage = '{family}/{container} has {value}'",
            {},
            [
                "/containerDefinitions/0/image shop/c0 has ours/a:1",
                "/containerDefinitions/1/image shop/c1 has their/b:1",
            ],
        ),
        ('select = "$.cpu"\nmust-equal = 256', {"cpu": "256"}, []),
        ('select = "$.cpu"\nmust-equal = 256', {"cpu": "512"}, ["/cpu `512` is not `256`"]),
        ('select = "$.x"\nmust-equal = true', {"x": 1}, ["/x `1` is not `true`"]),
        ('select = "$.x"\nmust-equal = ["a"]', {"x": ["a"]}, []),
        (
            'select = "$.networkMode"\none-of = ["awsvpc", "none"]',
            {"networkMode": "bridge"},
            ["/networkMode `bridge` is none of `awsvpc`, `none`"],
        ),
        (
            'select = "$.memory"\nat-least = 512\nat-most = 4096',
            {"memory": "256"},
            ["/memory `256` is less than `512`"],
        ),
        (
            'select = "$.memory"\nat-least = 512\nat-most = 4096',
            {"memory": 8192},
            ["/memory `8192` is more than `4096`"],
        ),
        ('select = "$.memory"\nat-least = 512', {"memory": "much"}, []),
        ('select = "$.ipcMode"\nmust-exist = false', {}, []),
        (
            'select = "$.ipcMode"\nmust-exist = false',
            {"ipcMode": "task"},
            ["/ipcMode `$.ipcMode` must not be there, and is `task`"],
        ),
        ('select = "$.tags"\nmust-exist = true', {}, [" `$.tags` is missing"]),
        ('select = "$.tags"\nmust-exist = true', {"tags": None}, [" `$.tags` is missing"]),
        (
            'select = "$.containerDefinitions[*].user"\nmust-exist = true',
            {},
            [
                "/containerDefinitions/0 `c0`: `$.containerDefinitions[*].user` is missing",
                "/containerDefinitions/1 `c1`: `$.containerDefinitions[*].user` is missing",
            ],
        ),
        (
            "select = \"$.containerDefinitions[?(@.name == 'c1')]\"\nmust-exist = true",
            {},
            [],
        ),
        (
            "select = \"$.containerDefinitions[?(@.name == 'x')].image\"\nmust-exist = true",
            {},
            [
                "/containerDefinitions `$.containerDefinitions[?(@.name == 'x')].image` is missing",
            ],
        ),
    ],
)  # fmt: skip
def test_each_condition_says_what_is_wrong(
    check: Callable[..., list[str]], rule: str, members: dict[str, Any], said: list[str]
) -> None:
    assert check(rule, task("ours/a:1", "their/b:1", **members)) == said


def test_a_rule_may_be_for_some_tasks_only(check: Callable[..., list[str]]) -> None:
    rule = (
        IMAGES + "must-match = '^ours/'\n"
        'when = { select = "$.requiresCompatibilities[*]", must-equal = "FARGATE" }'
    )
    assert check(rule, task("b")) == []
    assert check(rule, task("b", requiresCompatibilities=["EC2"])) == []
    assert len(check(rule, task("b", requiresCompatibilities=["EC2", "FARGATE"]))) == 1
    without = IMAGES + "must-match = '^ours/'\nwhen = { select = '$.tags', must-exist = false }"
    assert len(check(without, task("b"))) == 1
    assert check(without, task("b", tags=[{"key": "a"}])) == []


def test_nothing_is_said_about_what_is_unknown(check: Callable[..., list[str]]) -> None:
    assert check(IMAGES + "must-match = '^ours/'", task("${image}")) == []
    users = 'select = "$.containerDefinitions[*].user"\nmust-exist = true'
    assert check(users, '{"containerDefinitions": "${containers}", "family": "a"}') == []
    routers = "select = \"$.containerDefinitions[?(@.name == 'router')]\"\nmust-exist = true"
    unknown = {"containerDefinitions": [{"name": "${name}", "image": "a", "cpu": 1}]}
    assert check(routers, unknown) == []
    tags = 'select = "$.tags"\nmust-exist = true'
    assert check(tags, [{"name": "web", "image": "a", "cpu": 1}]) == []


def test_containers_are_found_wherever_they_stand(check: Callable[..., list[str]]) -> None:
    rule = IMAGES + "must-match = '^ours/'"
    said = ["/0/image `web`: `b` doesn't match `^ours/`"]
    assert check(rule, [{"name": "web", "image": "b", "cpu": 1}]) == said
    wrapped = {"taskDefinition": task("b")}
    assert check(rule, wrapped) == [
        "/taskDefinition/containerDefinitions/0/image `c0`: `b` doesn't match `^ours/`"
    ]


def test_it_is_a_rule_like_any_other(
    check: Callable[..., list[str]], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = IMAGES + "must-match = '^ours/'\nseverity = 'error'\nhelp = 'mirror it'\n"
    assert check(rule, task("b"), "--ignore", "not-ours") == []
    ignore = '[[ignore]]\nrule = "not-ours"\nreason = "soon"\n'
    assert check(rule + ignore, task("b")) == []
    assert check(rule + '[severity]\nACME = "info"\n', task("b")) == []
    assert main(["rules"]) == 0
    assert "ACME101" in capsys.readouterr().out
    assert main(["explain", "not-ours"]) == 0
    assert "has to match `^ours/`." in capsys.readouterr().out
    (here / "fargate-lint.toml").write_text(HEAD + rule)
    assert main(["check", "--select", "ACME", "--output-format", "sarif", "task.json"]) == 1
    run = json.loads(capsys.readouterr().out)["runs"][0]
    assert run["tool"]["driver"]["rules"][0]["name"] == "not-ours"
    assert run["results"][0]["message"]["text"].endswith("\nmirror it")


def test_it_holds_only_below_its_configuration(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b"):
        (here / folder).mkdir()
        (here / folder / "task.json").write_text(json.dumps(task("b")))
    (here / "a" / "fargate-lint.toml").write_text(HEAD + IMAGES + "must-match = '^ours/'")
    (here / "b" / "fargate-lint.toml").write_text('profile = "production"')
    main(["check", "--output-format", "concise", "."])
    out = capsys.readouterr().out
    assert [line.split(":")[0] for line in out.splitlines() if "ACME101" in line] == ["a/task.json"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rule = "x"', "1:8: `rule` is a list of tables"),
        ('[rule]\ncode = "x"', "1:2: `rule` is a list of tables"),
        ('[[rule]]\ncode = "A1"', "1:1: a `[[rule]]` needs a `name`"),
        (HEAD, "1:1: a `[[rule]]` needs a `select`"),
        (HEAD + 'select = "$.a"', "4:10: a `[[rule]]` demands nothing"),
        (HEAD + 'select = "$.a"\nmust-be = 1', "5:1: a `[[rule]]` has no `must-be`"),
        (HEAD + 'select = "$["\nmust-exist = true', "4:10: `select` is no JSONPath"),
        (HEAD + 'select = "$.a"\nmust-match = "("', "5:14: `must-match` is no regular expr"),
        (HEAD + 'select = "$.a"\nat-least = "1"', "5:12: `at-least` takes a number"),
        (HEAD + 'select = "$.a"\none-of = []', "5:10: `one-of` takes a list of values"),
        (HEAD + 'select = "$.a"\nmust-exist = 1', "5:14: `must-exist` takes true or false"),
        (
            HEAD + 'select = "$.a"\nmust-exist = true\nwhen = {x = 1}',
            "6:9: `when` has no `x`",
        ),
        (
            HEAD.replace("ACME101", "acme") + 'select = "$.a"\nmust-exist = true',
            "2:8: `code` can't be `acme`",
        ),
        (
            HEAD.replace("ACME101", "LCH101") + 'select = "$.a"\nmust-exist = true',
            " rule `LCH101` is already defined by plugin `fargate_lint`",
        ),
        (
            2 * (HEAD + 'select = "$.a"\nmust-exist = true\n'),
            " rule `ACME101` is already defined by plugin `fargate-lint.toml`",
        ),
    ],
)
def test_the_first_mistake_is_named_with_its_place(
    here: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (here / "fargate-lint.toml").write_text(text)
    assert main(["check", "."]) == 2
    assert capsys.readouterr().err.startswith(f"error: fargate-lint.toml:{said}")


def test_the_policy_to_copy_does_what_its_examples_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rules", "--test", str(POLICY)]) == 0
    assert capsys.readouterr().out == (
        """\
ACME101 agent-container-missing: 2 examples as stated
ACME102 log-router-container-missing: 1 example as stated
ACME103 image-from-elsewhere: 2 examples as stated
ACME104 tag-floats: 3 examples as stated
ACME105 root-file-system-writable: 2 examples as stated
"""
    )


def test_an_example_that_is_not_as_it_says_fails(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = json.dumps(task("ours/a"))
    good = json.dumps(task("b"))
    other = HEAD.replace("101", "102").replace("not-ours", "no-examples")
    (here / "x.toml").write_text(
        f"{HEAD}{IMAGES}must-match = '^ours/'\nbase = 'none'\nbad = ['{bad}', '{{']\n"
        f"good = '{good}'\n{other}{IMAGES}must-exist = true\n"
    )
    assert main(["rules", "--test", "x.toml"]) == 1
    assert capsys.readouterr().out == (
        "ACME101 not-ours: `bad` example 1 is not reported; `bad` example 2 is not reported; "
        "`good` example 1 is reported: `c0`: `b` doesn't match `^ours/`\n"
        "ACME102 no-examples: no examples\n"
    )
    (here / "empty.toml").write_text("")
    assert main(["rules", "--test", "empty.toml"]) == 2


def test_many_files_are_checked_in_several_processes(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "fargate-lint.toml").write_text(HEAD + IMAGES + "must-match = '^ours/'")
    for number in range(80):
        (here / f"{number}.json").write_text(json.dumps(task("b")))
    main(["check", "--output-format", "jsonl", "--select", "ACME", "-j2", "."])
    assert capsys.readouterr().out.count("ACME101") == 80
