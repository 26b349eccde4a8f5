from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.cli import main
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.settings.table import Table
from fargate_lint.lint.settings.toml import parse
from fargate_lint.lint.stated import policy
from fargate_lint.stop import Stop
from tests import build
from tests.build import container

if TYPE_CHECKING:
    from collections.abc import Callable

    from fargate_lint.lint.rule import Rule

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
        # Whether the containers are known is not a matter of rules.
        assert [line for line in err.splitlines() if "is not judged" not in line] == []
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


@pytest.mark.parametrize("old", ["ACME101", "not-ours"])
def test_a_code_or_a_name_that_is_taken_stops_and_leaves_no_problem_behind(
    here: Path, old: str
) -> None:
    taken = {"ACME101": "LCH101", "not-ours": "family-name"}[old]
    (here / "fargate-lint.toml").write_text(
        HEAD.replace(old, taken) + 'select = "$.a"\nmust-exist = true'
    )
    registry, configuration = load(), Configuration({})
    configuration.settings("")
    with pytest.raises(Stop) as caught:
        configuration.validate(registry)
    assert caught.value.message == (
        f"fargate-lint.toml: rule `{taken}` is already defined by plugin `fargate_lint`"
    )
    assert caught.value.help == "give it a code and a name of its own"
    assert registry.problems == []


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


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (
            (
                'must-match = "^a"\nmust-not-match = "b$"\nmust-equal = 1\none-of = [1, "x"]\n'
                "at-least = 2\nat-most = 3.5\nmust-exist = true"
            ),
            (
                "`$.a` has to match `^a` and must not match `b$` and has to be `1` "
                'and has to be one of `[1, "x"]` and has to be there and has to be at least `2` '
                "and may be at most `3.5`.\n\n## Why it matters\n\n"
                "A rule of your organisation, stated in `rules.toml`.\n"
            ),
        ),
        (
            (
                'must-exist = false\nwhen = { select = "$.b" }\nwhy = " since "\n'
                'references = ["https://a", "https://b"]'
            ),
            (
                "`$.a` must not be there, where `$.b` has to be there.\n\n## Why it matters\n\n"
                "since\n\n## References\n\n* https://a\n* https://b\n"
            ),
        ),
        (
            (
                'must-exist = true\nwhen = { select = "$.b", must-exist = false }\nbad = " {} "\n'
                'good = ["1", "2"]\nbase = "plain"'
            ),
            (
                "`$.a` has to be there, where `$.b` must not be there.\n\n## Why it matters\n\n"
                "A rule of your organisation, stated in `rules.toml`.\n\n## Example\n\n"
                "```json bad base=plain\n{}\n```\n\n```json good base=plain\n1\n```\n\n"
                "```json good base=plain\n2\n```\n"
            ),
        ),
        (
            'must-exist = true\nbad = "{}"\nreferences = ["x"]',
            (
                "`$.a` has to be there.\n\n## Why it matters\n\n"
                "A rule of your organisation, stated in `rules.toml`.\n\n## Example\n\n"
                "```json bad base=agent\n{}\n```\n\n## References\n\n* x\n"
            ),
        ),
    ],
)
def test_a_page_is_made_of_what_the_rule_says(text: str, page: str) -> None:
    rule = stated('select = "$.a"\n' + text)
    assert rule.__doc__ is not None
    assert rule.__doc__.strip() == page.strip()


def stated(text: str) -> type[Rule]:
    document = parse("rules.toml", (HEAD + text).encode())
    return policy.read(Table(document, ("rule", 0)))


def test_a_rule_has_what_it_says_and_the_rest_by_default() -> None:
    rule = stated('select = "$.a"\nmust-exist = true')
    assert (rule.code, rule.name, rule.severity, rule.since) == (
        "ACME101",
        "not-ours",
        "warning",
        "",
    )
    assert (rule.words, rule.remedy, rule.when) == ("", "", None)  # type: ignore[attr-defined]
    assert rule.__name__ == "ACME101"
    severe = stated(
        'select = "$.a"\nmust-exist = true\nseverity = "info"\nmessage = "m"\nhelp = "h"'
    )
    assert severe.severity == "info"
    assert (severe.words, severe.remedy) == ("m", "h")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        (
            'select = "$.a"',
            "4:10: a `[[rule]]` demands nothing",
            (
                "add one of `must-match`, `must-not-match`, `must-equal`, `one-of`, `must-exist`, "
                "`at-least`, `at-most`"
            ),
        ),
        (
            "",
            "1:1: a `[[rule]]` needs a `select`",
            'write `select = "$.containerDefinitions[*].image"`',
        ),
        (
            'select = "$["\nmust-exist = true',
            "4:10: `select` is no JSONPath: Parse error near the end of string!",
            "",
        ),
        (
            'select = "$.a"\nmust-not-match = "("',
            (
                "5:18: `must-not-match` is no regular expression: "
                "missing ), unterminated subpattern at position 0"
            ),
            "",
        ),
        (
            'select = "$.a"\nmust-exist = true\nwhen = { must-exist = true }',
            "6:8: `when` needs a `select`",
            "",
        ),
        (
            'select = "$.a"\nmust-exist = true\nwhen = "x"',
            "6:8: `when` takes a table, not a string",
            'write `{ select = "$.cpu", must-equal = "256" }`',
        ),
        ('select = "$.a"\nat-most = true', "5:11: `at-most` takes a number, not true or false", ""),
        ('select = "$.a"\none-of = "x"', "5:10: `one-of` takes a list of values, not a string", ""),
        (
            'select = "$.a"\nmust-exist = true\nbase = "agents"',
            "6:8: `base` is `agent`, `cloudwatch`, `firelens`, `plain` or `none`, not `agents`",
            "did you mean `agent`?",
        ),
        (
            'select = "$.a"\nmust-exist = true\nseverity = "fatal"',
            "6:12: `severity` is `info`, `warning` or `error`, not `fatal`",
            "",
        ),
        (
            'select = "$.a"\nmust-exist = true\nbad = [1]',
            "6:8: `bad` takes strings, not a number",
            "",
        ),
    ],
)
def test_the_first_mistake_is_named_with_what_to_write(
    text: str, message: str, advice: str
) -> None:
    with pytest.raises(Stop) as caught:
        stated(text)
    assert [caught.value.message, caught.value.help] == [f"rules.toml:{message}", advice]


@pytest.mark.parametrize(
    ("key", "value", "advice"),
    [
        ("code", "A101", 'write something like `code = "ACME101"`'),
        ("code", "ACME1", 'write something like `code = "ACME101"`'),
        ("code", "ACMEACMEA101", 'write something like `code = "ACME101"`'),
        ("name", "Not-ours", 'write something like `name = "no-latest-tag"`'),
        ("name", "not--ours", 'write something like `name = "no-latest-tag"`'),
    ],
)
def test_codes_and_names_have_the_form_of_all_others(key: str, value: str, advice: str) -> None:
    old = {"code": "ACME101", "name": "not-ours"}[key]
    text = f'{HEAD.replace(old, value)}select = "$.a"\nmust-exist = true'
    with pytest.raises(Stop) as caught:
        policy.read(Table(parse("x.toml", text.encode()), ("rule", 0)))
    line = 2 if key == "code" else 3
    assert caught.value.message == f"x.toml:{line}:8: `{key}` can't be `{value}`"
    assert caught.value.help == advice


@pytest.mark.parametrize(
    ("rule", "values", "said"),
    [
        (
            "must-equal = true",
            [True, False, "true"],
            ["`false` is not `true`", "`true` is not `true`"],
        ),
        ("must-equal = 1", [1, True, "1", 1.0], ["`true` is not `1`", "`1.0` is not `1`"]),
        ("one-of = [1, 'b']", ["b", "1", 2], ["`2` is none of `1`, `b`"]),
        (
            "at-least = 2",
            [2, 1.5, "1", True, None, "x", "inf"],
            [
                "`1.5` is less than `2`",
                "`1` is less than `2`",
            ],
        ),
        ("at-most = 2", [2, 2.5, "3", [9]], ["`2.5` is more than `2`", "`3` is more than `2`"]),
        (
            "must-match = 'b'",
            ["abc", ["b"], {"b": 1}, "a", 7],
            [
                "`a` doesn't match `b`",
                "`7` doesn't match `b`",
            ],
        ),
        ("must-not-match = '7'", [17, "ä"], ["`17` matches `7`"]),
        (
            "must-not-match = '.'",
            ["a" * 60, "b" * 61],
            [
                f"`{'a' * 60}` matches `.`",
                f"`{'b' * 60}…` matches `.`",
            ],
        ),
        # A pattern is tried on the beginning of a long value.
        (
            "must-not-match = 'b'",
            ["a" * 4095 + "b", "a" * 4096 + "b"],
            [f"`{'a' * 60}…` matches `b`"],
        ),
    ],
)
def test_values_are_compared_as_the_api_has_them(
    check: Callable[..., list[str]], rule: str, values: list[Any], said: list[str]
) -> None:
    found = check('select = "$.x[*]"\n' + rule, task("a", x=values))
    assert [line.partition(" ")[2] for line in found] == said


def test_a_message_has_the_value_the_container_and_the_family(
    check: Callable[..., list[str]],
) -> None:
    words = 'message = "{family}, {container}: {value}; {other}"\n'
    there = task("a", family="shop", cpu=256)
    assert check('select = "$.cpu"\nmust-equal = 512\n' + words, there) == [
        "/cpu shop, : 256; {other}"
    ]
    user = 'select = "$.containerDefinitions[*].user"\nmust-exist = true\n'
    assert check(user + words, there) == ["/containerDefinitions/0 shop, c0: ; {other}"]
    both = 'select = "$.containerDefinitions[*]"\nmust-not-match = "a"\nmessage = "{container}"'
    assert check(both, task("a", "a")) == [
        "/containerDefinitions/0 c0", "/containerDefinitions/1 c1",
    ]  # fmt: skip


def test_what_a_file_does_not_show_in_full_lacks_nothing(
    check: Callable[..., list[str]],
) -> None:
    tags = 'select = "$.tags"\nmust-exist = true'
    assert check(tags, {"containerDefinitions": [{"name": "a", "image": "b"}], "family": "x"}) == [
        " `$.tags` is missing"
    ]
    assert check(tags, '{"family": "x", "containerDefinitions": [], ...}') == []
    more = "select = \"$.containerDefinitions[?(@.name == 'x')]\"\nmust-exist = true"
    whole = {"family": "x", "containerDefinitions": [{"name": "a", "image": "b"}]}
    assert check(more, whole) == [
        "/containerDefinitions `$.containerDefinitions[?(@.name == 'x')]` is missing"
    ]
    unknown = {"family": "x", "containerDefinitions": [{"name": "a", "image": "${b}"}]}
    assert len(check(more, unknown)) == 1
    assert (
        check(more, {"family": "x", "containerDefinitions": [{"name": "${a}", "image": "b"}]}) == []
    )
    assert check(more, json.dumps(whole).replace("}]", "}, ...]")) == []
    # Of what is missing, the nearest thing around it that is there.
    deep = 'select = "$.runtimePlatform.cpuArchitecture"\nmust-exist = true'
    assert check(deep, whole) == [" `$.runtimePlatform.cpuArchitecture` is missing"]
    assert check(deep, {**whole, "runtimePlatform": {}}) == [
        "/runtimePlatform `$.runtimePlatform.cpuArchitecture` is missing"
    ]
    assert check(deep, {**whole, "runtimePlatform": "${p}"}) == []


@pytest.mark.parametrize(
    ("when", "members", "applies"),
    [
        ('select = "$.x"', {"x": 1}, True),
        ('select = "$.x"', {}, False),
        ('select = "$.x"', {"x": "${unknown}"}, False),
        ('select = "$.x[*]"', {"x": ["${unknown}", 2]}, True),
        ('select = "$.x[*]", must-equal = 2', {"x": [1, 2]}, True),
        ('select = "$.x[*]", must-equal = 2', {"x": [1, 3]}, False),
        ('select = "$.x", must-exist = false', {}, True),
        ('select = "$.x", must-exist = false', {"x": 1}, False),
        ('select = "$.x.y", must-exist = false', {"x": "${unknown}"}, False),
    ],
)
def test_a_rule_applies_where_some_place_is_what_it_has_to_be(
    check: Callable[..., list[str]], when: str, members: dict[str, Any], *, applies: bool
) -> None:
    rule = f'select = "$.family"\nmust-equal = "x"\nwhen = {{ {when} }}'
    assert bool(check(rule, task("a", **members))) is applies


@pytest.mark.parametrize(
    "demand",
    [
        'select = "$..image"\nmust-match = "^(a+)+$"',
        'select = "$..image"\nmust-not-match = "^(a+)+$"',
        """select = "$.containerDefinitions[?(@.image =~ '^(a+)+$')]"\nmust-exist = false""",
    ],
)
def test_an_expression_comes_to_an_end(check: Callable[..., list[str]], demand: str) -> None:
    found = check(demand, build.task(container(image="a" * 4000 + "!")))
    assert all("doesn't match" in each for each in found)


@pytest.mark.parametrize("change", ["sub(/(a+)+$/, b)", "split(a, 1, 2)"])
def test_a_path_that_changes_values_is_refused(change: str, here: Path) -> None:
    rule = f'{HEAD}select = "$..image.`{change}`"\nmust-exist = true'
    (here / "fargate-lint.toml").write_text(rule)
    assert main(["check", "."]) == 2
