from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.lint.registry import Registry, load
from fargate_lint.lint.rule import Rule
from fargate_lint.lint.settings import keys, names
from fargate_lint.lint.settings.configuration import Configuration
from fargate_lint.lint.settings.settings import Settings, is_version
from fargate_lint.lint.settings.toml import parse
from fargate_lint.stop import Stop

if TYPE_CHECKING:
    from pathlib import Path


class Owner(Rule):
    code = "TST001"
    name = "owner-unknown"
    aliases = ("nobody-owns",)
    options: dict[str, Any] = {  # noqa: RUF012  (as in Rule)
        "tags": ["owner"],
        "at-least": 1,
        "strict": False,
        "anything": None,
        "sizes": [1, "x"],
    }


class Cost(Rule):
    code = "TST002"
    name = "cost-unknown"


@pytest.fixture(scope="module")
def registry() -> Registry:
    made = load()
    made.add("test", [Owner, Cost])
    return made


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "fargate-lint.toml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")


def use(registry: Registry, **overrides: Any) -> Settings:
    configuration = Configuration(overrides)
    configuration.plugins(["."])
    configuration.validate(registry)
    return configuration.settings(".")


def stop(registry: Registry) -> list[str]:
    """What the configuration in the current folder stops with: message and help."""
    with pytest.raises(Stop) as caught:
        use(registry)
    return [caught.value.message, caught.value.help]


@pytest.mark.usefixtures("project")
def test_without_a_file_the_defaults_apply(registry: Registry) -> None:
    settings = use(registry)
    assert settings.root == ""
    assert settings.document is None
    assert settings.select == ["ALL"]
    assert settings.selected(registry) == registry.entries


def test_every_key_becomes_a_setting(project: Path, registry: Registry) -> None:
    (project / "own.py").touch()
    write(
        project,
        """
        select = ["TST"]
        extend-select = ["CFG101"]
        ignore = ["cost-unknown", {rule = "TST", reason = "not ours"}]
        exclude = ["legacy"]
        fail-on = "error"
        min-severity = "info"
        platform = "cloud-defender"
        profile = "troubleshooting"
        require-agent = true
        fluent-bit = "1.9.10"

        [per-file-ignores]
        "old/*.json" = ["TST"]

        [severity]
        TST = "info"
        nobody-owns = "error"

        [rules.cost-unknown]
        severity = "warning"

        [rules.TST001]
        tags = ["team"]
        at-least = 2
        strict = true
        anything = 2027-01-31

        [plugins]
        modules = ["json"]
        paths = ["own.py"]
        """,
    )
    settings = use(registry)
    assert settings.root == str(project)
    assert [rule.code for rule in settings.selected(registry)] == ["CFG101", "TST001"]
    assert settings.exclude == ["legacy"]
    assert (settings.fail_on, settings.min_severity) == ("error", "info")
    assert (settings.platform, settings.profile) == ("cloud-defender", "troubleshooting")
    assert settings.require_agent
    assert settings.fluent_bit == "1.9.10"
    assert settings.per_file_ignores == {"old/*.json": ["TST"]}
    assert settings.plugin_modules == ["json"]
    assert settings.plugin_paths == [str(project / "own.py")]
    assert [ignore.reason for ignore in settings.ignores] == ["not ours"]
    assert settings.configured(Cost.name) == ({}, "warning")
    options, severity = settings.configured(Owner.name)
    assert severity == "error"
    assert {key: options[key] for key in ("tags", "at-least", "strict")} == {
        "tags": ["team"],
        "at-least": 2,
        "strict": True,
    }


def test_the_nearest_file_counts_alone(project: Path) -> None:
    write(project, 'ignore = ["TST001"]\nplatform = "mdr"')
    write(project / "services" / "web", 'ignore = ["TST002"]')
    configuration = Configuration({})
    outer = configuration.settings("")
    inner = configuration.settings("services/web")
    assert configuration.settings("services") is outer
    assert configuration.settings(str(project / "services" / "web" / "deep" / "er")) is inner
    assert (outer.ignore, outer.platform) == (["TST001"], "mdr")
    assert (inner.ignore, inner.platform) == (["TST002"], None)


def test_a_pyproject_counts_only_with_our_table(project: Path) -> None:
    write(project, 'platform = "mdr"')
    write(project / "a", '[project]\nname = "fargate-lint"', "pyproject.toml")
    write(project / "b", '[tool.fargate-lint]\nplatform = "cloud-defender"', "pyproject.toml")
    write(project / "c", '[tool]\n"fargate-lint".profile = "troubleshooting"', "pyproject.toml")
    write(project / "d", '[tool.other]\nfargate-lint.profile = "x"', "pyproject.toml")
    configuration = Configuration({})
    assert configuration.settings("a").platform == "mdr"
    assert configuration.settings("b").platform == "cloud-defender"
    assert configuration.settings("c").profile == "troubleshooting"
    assert configuration.settings("d").platform == "mdr"


def test_a_pyproject_that_is_not_about_us_may_be_anything(project: Path) -> None:
    (project / "pyproject.toml").write_bytes(b"[tool.black\n\xff")
    assert Configuration({}).settings(".").document is None


def test_of_two_files_in_a_folder_our_own_counts(project: Path) -> None:
    write(project, 'platform = "mdr"')
    write(project, '[tool.fargate-lint]\nplatform = "cloud-defender"', "pyproject.toml")
    assert Configuration({}).settings(".").platform == "mdr"


def test_a_file_that_is_named_counts_for_everything(project: Path) -> None:
    write(project, 'platform = "mdr"')
    write(project / "ci", 'platform = "cloud-defender"', "strict.toml")
    configuration = Configuration({}, file="ci/strict.toml")
    assert configuration.settings("anywhere").platform == "cloud-defender"
    assert configuration.settings(".").root == str(project / "ci")


def test_isolated_means_no_file(project: Path) -> None:
    write(project, "nonsense = 1")
    assert Configuration({}, isolated=True).settings(".").document is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"file": "x", "isolated": True}, "`--config` and `--isolated` exclude each other"),
        ({"file": "none.toml"}, "`none.toml` can't be read: no such file or directory"),
        ({"file": "pyproject.toml"}, "`pyproject.toml` has no `[tool.fargate-lint]`"),
    ],
)
def test_a_file_that_can_not_be_used_stops(
    project: Path, options: dict[str, Any], message: str
) -> None:
    write(project, "[project]", "pyproject.toml")
    with pytest.raises(Stop) as caught:
        Configuration({}, **options)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        (
            'plattform = "mdr"',
            "fargate-lint.toml:1:1: there is no setting `plattform`",
            "did you mean `platform`?",
        ),
        (
            'platform = "mdr"\n  extend_select = []',
            "fargate-lint.toml:2:3: there is no setting `extend_select`",
            "did you mean `extend-select`?",
        ),
        (
            'platform = "MDR"',
            "fargate-lint.toml:1:12: `platform` is `mdr` or `cloud-defender`, not `MDR`",
            "did you mean `mdr`?",
        ),
        (
            "fail-on = 3",
            (
                "fargate-lint.toml:1:11: "
                "`fail-on` takes `info`, `warning`, `error` or `never`, not a number"
            ),
            "",
        ),
        (
            'select = "TST"',
            "fargate-lint.toml:1:10: `select` takes a list of strings, not a string",
            'write `select = ["TST"]`',
        ),
        (
            'select = ["TST", 1]',
            "fargate-lint.toml:1:18: `select` takes strings, not a number",
            "",
        ),
        (
            'select = ["TST",\n  "TST003"]',
            "fargate-lint.toml:2:3: there is no rule `TST003`",
            "did you mean `TST002`?",
        ),
        (
            'ignore = ["owner-unknow"]',
            "fargate-lint.toml:1:11: there is no rule `owner-unknow`",
            "did you mean `owner-unknown`?",
        ),
        (
            "ignore = [1]",
            "fargate-lint.toml:1:11: `ignore` takes names of rules, and tables, not a number",
            "",
        ),
        (
            'exclude = [""]',
            "fargate-lint.toml:1:12: `exclude` holds an empty string",
            "",
        ),
        (
            'require-agent = "yes"',
            "fargate-lint.toml:1:17: `require-agent` takes true or false, not a string",
            "",
        ),
        (
            "fluent-bit = 1.9",
            "fargate-lint.toml:1:14: `fluent-bit` takes a string, not a number",
            'write `fluent-bit = "1.9.10"`',
        ),
        (
            'fluent-bit = "stable"',
            "fargate-lint.toml:1:14: `fluent-bit` is a version, not `stable`",
            'write `fluent-bit = "1.9.10"`',
        ),
        (
            '[tool.fargate-lint]\nplatform = "mdr"',
            "fargate-lint.toml:1:2: a fargate-lint.toml needs no `[tool.fargate-lint]`",
            "write its settings at the top of the file",
        ),
        (
            '[per-file-ignores]\n"a/*.json" = "TST"',
            "fargate-lint.toml:2:14: `a/*.json` takes a list of strings, not a string",
            'write `"a/*.json" = ["TST"]`',
        ),
        (
            '[per-file-ignores]\n"a/*.json" = ["TSX"]',
            "fargate-lint.toml:2:15: there is no rule `TSX`",
            "`fargate-lint rules` lists all rules",
        ),
        (
            '[severity]\nowner-unknown = "warn"',
            "fargate-lint.toml:2:17: `owner-unknown` is `info`, `warning` or `error`, not `warn`",
            "did you mean `warning`?",
        ),
        (
            '[severity]\nowner-unknwn = "info"',
            "fargate-lint.toml:2:1: there is no rule `owner-unknwn`",
            "did you mean `owner-unknown`?",
        ),
        (
            'rules = "none"',
            "fargate-lint.toml:1:9: `rules` takes a table, not a string",
            "write `[rules.NAME]`",
        ),
        (
            "[rules.TST]",
            "fargate-lint.toml:1:8: `TST` means 2 rules",
            "name one",
        ),
        (
            "[rules.owner-unknown]\nstrikt = true",
            "fargate-lint.toml:2:1: rule `owner-unknown` has no option `strikt`",
            "did you mean `strict`?",
        ),
        (
            "[rules.cost-unknown]\nx = true",
            "fargate-lint.toml:2:1: rule `cost-unknown` has no option `x`",
            "there is `severity`",
        ),
        (
            '[rules.owner-unknown]\nstrict = "true"',
            "fargate-lint.toml:2:10: `strict` takes true or false, not a string",
            "",
        ),
        (
            '[rules.owner-unknown]\ntags = "team"',
            "fargate-lint.toml:2:8: `tags` takes a list of strings, not a string",
            'write `tags = ["team"]`',
        ),
        (
            '[rules.owner-unknown]\nseverity = "fatal"',
            "fargate-lint.toml:2:12: `severity` is `info`, `warning` or `error`, not `fatal`",
            "",
        ),
        (
            "[rules.owner-unknown]\n[rules.TST001]",
            "fargate-lint.toml:2:8: `owner-unknown` and `TST001` are the same rule",
            "join their options in `[rules.TST001]`",
        ),
        (
            '[plugins]\nmodule = ["acme"]',
            "fargate-lint.toml:2:1: `[plugins]` has no `module`",
            "did you mean `modules`?",
        ),
        (
            '[plugins]\npaths = ["none.py"]',
            "fargate-lint.toml:2:10: there is no `none.py`",
            "",
        ),
        (
            '[ignore]\nrule = "TST001"',
            "fargate-lint.toml:1:2: `ignore` is a list, not one table",
            "write `[[ignore]]`, with two brackets",
        ),
        (
            '[[ignore]]\nrule = "TST001"',
            "fargate-lint.toml:1:1: an `[[ignore]]` needs a `reason`",
            'write `reason = "why this is accepted"`',
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\npath = 7',
            "fargate-lint.toml:4:8: `path` takes a string, not a number",
            """write `path = "$.containerDefinitions[?(@.name == 'web')].image"`""",
        ),
        (
            "per-file-ignores = 1",
            "fargate-lint.toml:1:20: `per-file-ignores` takes a table, not a number",
            'write `[per-file-ignores]\\n"legacy/*.json" = ["…"]`',
        ),
        ("rule = 1", "fargate-lint.toml:1:8: `rule` is a list of tables", "write `[[rule]]`"),
        (
            "fluent-bit = 2026-01-01",
            "fargate-lint.toml:1:14: `fluent-bit` takes a string, not a date or time",
            'write `fluent-bit = "1.9.10"`',
        ),
        (
            "min_severity = 'info'",
            "fargate-lint.toml:1:1: there is no setting `min_severity`",
            "did you mean `min-severity`?",
        ),
        (
            "severity = 1",
            "fargate-lint.toml:1:12: `severity` takes a table, not a number",
            "write `[severity]`",
        ),
        (
            "ignore = 'SEC'",
            "fargate-lint.toml:1:10: `ignore` takes a list of strings, not a string",
            """write `ignore = ["SEC"]`""",
        ),
        (
            "[plugins]\nxyzzy = []",
            "fargate-lint.toml:2:1: `[plugins]` has no `xyzzy`",
            "there is `modules`, `paths`",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = " "',
            "fargate-lint.toml:3:10: `reason` is empty",
            "",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\n\n[[ignore]]\nrules = "TST001"',
            "fargate-lint.toml:6:1: an `[[ignore]]` has no `rules`",
            "did you mean `rule`?",
        ),
        (
            '[[ignore]]\nrule = "TST009"\nreason = "x"',
            "fargate-lint.toml:2:8: there is no rule `TST009`",
            "did you mean `TST002`?",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\nuntil = "2027-01-31"',
            "fargate-lint.toml:4:9: `until` takes a date, not a string",
            "write `until = 2027-01-31`",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\npath = "$.containerDefinitions["',
            "fargate-lint.toml:4:8: `path` is no JSONPath: Parse error near the end of string!",
            "",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\npath = "$..$..$..*"',
            (
                "fargate-lint.toml:4:8: `path` is no JSONPath: "
                "it takes too long: write `..` twice at most, and `$` at the beginning"
            ),
            "",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\npath = "/containerDefinitions/0/a-b"',
            "fargate-lint.toml:4:8: `path` is a JSONPath, not a JSON Pointer",
            "write `path = \"$.containerDefinitions[0]['a-b']\"`",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\nuntil = 2027',
            "fargate-lint.toml:4:9: `until` takes a date, not a number",
            "write `until = 2027-01-31`",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\npath = "/a~1b~0/01/c/"',
            "fargate-lint.toml:4:8: `path` is a JSONPath, not a JSON Pointer",
            "write `path = \"$['a/b~'][01].c['']\"`",
        ),
        (
            'ignore = [{rule = "TST001", reason = "x"}, " "]',
            "fargate-lint.toml:1:44: `ignore` takes names of rules, and tables, not a string",
            "",
        ),
        (
            '[[ignore]]\nrule = "TST001"\nreason = "x"\nuntill = 1\npath = "$"',
            "fargate-lint.toml:4:1: an `[[ignore]]` has no `untill`",
            "did you mean `until`?",
        ),
        (
            "zzz = 1",
            "fargate-lint.toml:1:1: there is no setting `zzz`",
            (
                "there is "
                "`exclude`, `extend-select`, `fail-on`, `fluent-bit`, `ignore`, `ignore-labels`, "
                "`locked`, `min-severity`, `per-file-ignores`, `platform`, `plugins`, `profile`, "
                "`require-agent`, `respect-gitignore`, `rule`, `rules`, `select`, `severity`"
            ),
        ),
        (
            'fluent-bit = " "',
            "fargate-lint.toml:1:14: `fluent-bit` is empty",
            'write `fluent-bit = "1.9.10"`',
        ),
        (
            'extend-select = ["TST", "TST999"]',
            "fargate-lint.toml:1:25: there is no rule `TST999`",
            "`fargate-lint rules` lists all rules",
        ),
        (
            'locked = ["nope"]',
            "fargate-lint.toml:1:11: there is no rule `nope`",
            "`fargate-lint rules` lists all rules",
        ),
        (
            "[severity]\nTST002 = 1",
            "fargate-lint.toml:2:10: `TST002` takes `info`, `warning` or `error`, not a number",
            "",
        ),
        (
            "[rules]\nnope = {}",
            "fargate-lint.toml:2:1: there is no rule `nope`",
            "`fargate-lint rules` lists all rules",
        ),
        (
            "[rules]\nTST001 = 1.5",
            "fargate-lint.toml:2:10: `TST001` takes a table, not a number",
            "write `[rules.TST001]`",
        ),
        (
            "[rules.TST001]\nat-least = true",
            "fargate-lint.toml:2:12: `at-least` takes a number, not true or false",
            "",
        ),
        (
            "[rules.TST001]\nsizes = 1",
            "fargate-lint.toml:2:9: `sizes` takes a list, not a number",
            "",
        ),
        (
            '[rules.TST001]\ntags = ["a", 1]',
            "fargate-lint.toml:2:14: `tags` takes strings, not a number",
            "",
        ),
        (
            "rules = {TST = {}}",
            "fargate-lint.toml:1:10: `TST` means 2 rules",
            "name one",
        ),
        (
            "rules = {TST001 = {}, nobody-owns = {}}",
            "fargate-lint.toml:1:23: `TST001` and `nobody-owns` are the same rule",
            "join their options in `[rules.nobody-owns]`",
        ),
        (
            "rules = {TST002 = {x = 1}}",
            "fargate-lint.toml:1:20: rule `cost-unknown` has no option `x`",
            "there is `severity`",
        ),
        (
            "plugins = []",
            "fargate-lint.toml:1:11: `plugins` takes a table, not a list",
            "write `[plugins]`",
        ),
        (
            "x = 1\nx = 2",
            "fargate-lint.toml:2:6: not TOML: cannot overwrite a value",
            "",
        ),
        (
            'ignore = ["x"]\nignore = ["y"]',
            "fargate-lint.toml:2:15: not TOML: cannot overwrite a value",
            "",
        ),
        (
            "[[ignore]]\nx = y",
            "fargate-lint.toml:2:5: not TOML: invalid value",
            "",
        ),
        (
            'select = ["a"',
            "fargate-lint.toml:1:14: not TOML: unclosed array",
            "",
        ),
        (
            'a = "b\n\n\n',
            "fargate-lint.toml:1:7: not TOML: illegal character '\\n'",
            "",
        ),
        (
            'a = """b\nc\n\n',
            "fargate-lint.toml:2:2: not TOML: unterminated string",
            "",
        ),
        (
            "a = " + "[" * 10_000,
            "fargate-lint.toml: nested too deeply",
            "",
        ),
        (
            'platform = mdr"',
            "fargate-lint.toml:1:12: not TOML: invalid value",
            "",
        ),
        (
            'platform = "mdr"\nselect = [',
            "fargate-lint.toml:2:11: not TOML: invalid value",
            "",
        ),
        (
            'ignore = ["TST001"]\n[[ignore]]\nrule = "TST002"\nreason = "x"',
            "fargate-lint.toml:2:9: not TOML: cannot mutate immutable namespace ('ignore',)",
            (
                "TOML takes either `ignore = […]` or `[[ignore]]`: "
                "give each rule of the list an `[[ignore]]` with a reason"
            ),
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(
    project: Path, registry: Registry, text: str, message: str, advice: str
) -> None:
    (project / "fargate-lint.toml").write_text(text, encoding="utf-8")
    assert stop(registry) == [message, advice]


def test_places_in_a_pyproject_are_those_of_that_file(project: Path, registry: Registry) -> None:
    write(
        project,
        """\
        [tool.fargate-lint]
        profile = "production"
        [tool.fargate-lint.rules.owner-unknown]
        size = 1
        [[tool.fargate-lint.ignore]]
        rule = "TST001"
        reason = "x"
        """,
        "pyproject.toml",
    )
    assert stop(registry)[0] == "pyproject.toml:4:1: rule `owner-unknown` has no option `size`"


def test_a_table_that_is_none_stops(project: Path, registry: Registry) -> None:
    write(project, "tool.fargate-lint = {}\n", "pyproject.toml")
    assert use(registry).document is not None
    write(project, "[[tool.fargate-lint]]\n", "pyproject.toml")
    assert stop(registry) == [
        "pyproject.toml:1:8: `fargate-lint` takes a table, not a list",
        "write `[tool.fargate-lint]`",
    ]


def test_other_encodings(project: Path, registry: Registry) -> None:
    (project / "fargate-lint.toml").write_bytes(b'\xef\xbb\xbfplatform = "mdr"\r\nx = 1\r\n')
    assert stop(registry)[0] == "fargate-lint.toml:2:1: there is no setting `x`"
    (project / "fargate-lint.toml").write_bytes(b'\nplatform = "\xff"')
    assert stop(registry)[0] == "fargate-lint.toml:2: not UTF-8, as TOML has to be"


def test_a_file_elsewhere_is_named_in_full(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, "x = 1")
    (project / "below").mkdir()
    monkeypatch.chdir(project / "below")
    with pytest.raises(Stop) as caught:
        Configuration({}).settings(".")
    assert caught.value.message == f"{project}/fargate-lint.toml:1:1: there is no setting `x`"


def test_a_file_found_later_is_looked_through_as_well(project: Path, registry: Registry) -> None:
    write(project / "late", 'ignore = ["no-such-rule-at-all"]')
    configuration = Configuration({})
    configuration.validate(registry)
    with pytest.raises(Stop) as caught:
        configuration.settings("late")
    assert caught.value.message == (
        "late/fargate-lint.toml:1:11: there is no rule `no-such-rule-at-all`"
    )


def test_plugins_are_those_of_the_named_paths(project: Path, registry: Registry) -> None:
    write(project / "a", '[plugins]\nmodules = ["json", "os"]')
    write(project / "b", '[plugins]\nmodules = ["os"]\npaths = ["."]')
    configuration = Configuration({}, trust="all")
    assert configuration.plugins(["a/task.json", "b", "-"]) == (
        ["json", "os"],
        [str(project / "b")],
    )
    configuration = Configuration({}, trust="all")
    assert configuration.plugins(["."]) == ([], [])
    configuration.validate(registry)
    with pytest.raises(Stop) as caught:
        configuration.settings("b")
    assert [caught.value.message, caught.value.help] == [
        (
            "b/fargate-lint.toml:2:12: "
            "`os` is not loaded: no path on the command line is below this file"
        ),
        "name this file's folder as a path of its own, or use `--config`",
    ]


def test_a_folder_of_plugins_is_where_modules_are_found(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setattr(sys, "path", sys.path[:])
    (project / "lint").mkdir()
    (project / "lint" / "acme_rules.py").write_text(
        "from fargate_lint.lint.rule import Rule\n"
        "class Acme(Rule):\n"
        "    code, name = 'ACM001', 'acme'\n"
        "def fargate_lint_rules():\n"
        "    return [Acme]\n"
    )
    write(project, '[plugins]\nmodules = ["acme_rules"]\npaths = ["lint"]')
    known = load(*Configuration({}).plugins(["."]))
    assert known.problems == []
    assert known.named("acme").code == "ACM001"


def test_the_command_line_comes_on_top(project: Path, registry: Registry) -> None:
    write(project, 'select = ["TST", "CFG"]\nignore = ["TST002"]\nfail-on = "error"')

    def chosen(**overrides: list[str]) -> list[str]:
        return [rule.code for rule in use(registry, **overrides).selected(registry)]

    assert chosen() == ["CFG101", "CFG102", "CFG103", "CFG901", "TST001"]
    assert chosen(ignore=["CFG"]) == ["TST001"]
    assert chosen(select=["TST002"]) == ["TST002"]
    assert chosen(extend_select=["TST002"], ignore=["TST", "CFG"]) == ["TST002"]
    assert use(registry, fail_on="never").fail_on == "never"


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("option", ["select", "ignore", "extend_select"])
def test_an_unknown_rule_on_the_command_line_stops(registry: Registry, option: str) -> None:
    with pytest.raises(Stop, match="there is no rule `nonsens`"):
        use(registry, **{option: ["TST", "nonsens"]})


@pytest.mark.usefixtures("project")
def test_a_wrong_version_on_the_command_line_stops(registry: Registry) -> None:
    with pytest.raises(Stop) as caught:
        use(registry, fluent_bit="stable")
    assert caught.value.message == "`stable` is no version"
    assert caught.value.help == "write `--fluent-bit 1.9.10`"


def test_globs_start_at_the_folder_of_the_file(project: Path) -> None:
    write(project, 'exclude = ["legacy", "services/*/old.json"]')
    write(project / "services" / "own", "")
    configuration = Configuration({})
    assert configuration.excludes("legacy")
    assert configuration.excludes("./a/legacy/b.json")
    assert configuration.excludes(str(project / "services" / "web" / "old.json"))
    assert not configuration.excludes("services/own/old.json")
    assert not configuration.excludes("services/a/b/old.json")


@given(st.text() | st.text(alphabet="[]{}=.,\"'#\n ab1-\\"))
def test_any_text_is_a_configuration_or_stops(text: str) -> None:
    registry = load()
    settings = Settings()
    try:
        keys.read(settings, parse("x.toml", text.encode("utf-8", "surrogatepass")), ())
        names.resolve(settings, registry)
    except Stop:
        pass


@pytest.mark.usefixtures("project")
def test_a_list_of_anything_is_an_option_too(project: Path, registry: Registry) -> None:
    write(project, "[rules.TST001]\nsizes = [1.5, {}]\nat-least = 1.5\n")
    options, _ = use(registry).configured(Owner.name)
    assert options == {"sizes": [1.5, {}], "at-least": 1.5}


def test_each_setting_knows_where_it_stands(project: Path, registry: Registry) -> None:
    write(
        project,
        """
        [tool.fargate-lint]
        select = ["ALL"]
        per-file-ignores = {"a.json" = ["TST"]}
        severity = {TST = "info"}
        [tool.fargate-lint.rules.nobody-owns]
        strict = true
        severity = "error"
        [tool.fargate-lint.plugins]
        modules = []
        """,
        "pyproject.toml",
    )
    settings = use(registry)
    ours = ("tool", "fargate-lint")
    assert settings.table == ours
    assert settings.sources == {
        "select": (*ours, "select"),
        "per-file-ignores": (*ours, "per-file-ignores"),
        "per-file-ignores.a.json": (*ours, "per-file-ignores", "a.json"),
        "severity": (*ours, "severity"),
        "severity.TST": (*ours, "severity", "TST"),
        "rules": (*ours, "rules"),
        "rules.owner-unknown.strict": (*ours, "rules", "nobody-owns", "strict"),
        "rules.owner-unknown.severity": (*ours, "rules", "nobody-owns", "severity"),
        "plugins": (*ours, "plugins"),
        "plugins.modules": (*ours, "plugins", "modules"),
    }
    assert settings.severities == {"TST": "info"}


def test_a_severity_for_one_rule_counts_more_than_one_for_its_family(
    project: Path, registry: Registry
) -> None:
    for lines in ('TST001 = "error"\nTST = "info"', 'TST = "info"\nTST001 = "error"'):
        write(project, f"[severity]\n{lines}")
        settings = use(registry)
        assert settings.configured(Owner.name)[1] == "error"
        assert settings.configured(Cost.name)[1] == "info"
    assert Settings().configured(Owner.name) == ({}, "")


def test_an_ignore_of_locked_rules_has_no_effect(project: Path, registry: Registry) -> None:
    entry = '[[ignore]]\nrule = "{}"\nreason = "x"\n'
    write(project, 'locked = ["TST001"]\n' + entry.format("owner-unknown") + entry.format("TST"))
    settings = use(registry)
    assert [each.wrong for each in settings.ignores] == [
        "`owner-unknown` is locked: it can't be ignored", "",
    ]  # fmt: skip
    assert settings.locked_rules(registry) == {"owner-unknown"}
    assert Settings().locked_rules(registry) == set()


def test_a_locked_rule_is_left_out_by_nothing_but_a_selection(registry: Registry) -> None:
    settings = Settings()
    settings.select, settings.ignore, settings.locked = ["TST"], ["TST"], ["TST001"]
    assert [each.code for each in settings.selected(registry)] == ["TST001"]
    settings.command_line = {"ignore": ["ALL"]}
    assert [each.code for each in settings.selected(registry)] == ["TST001"]
    settings.command_line = {"select": ["TST002"]}
    assert [each.code for each in settings.selected(registry)] == ["TST002"]


@pytest.mark.parametrize(
    ("least", "fail_on", "floor"),
    [("warning", "warning", 1), ("error", "info", 0), ("info", "error", 0), ("error", "never", 2)],
)
def test_what_makes_a_run_fail_is_shown_in_any_case(least: str, fail_on: str, floor: int) -> None:
    settings = Settings()
    settings.min_severity, settings.fail_on = least, fail_on
    assert settings.floor == floor


@pytest.mark.parametrize(
    ("text", "version"),
    [("1.9", True), ("1.9.10", True), ("1", False), ("1.x", False), ("1.", False), ("", False)],
)
def test_a_version_is_numbers_with_points(text: str, *, version: bool) -> None:
    assert is_version(text) is version


def test_a_path_is_seen_from_the_folder_of_the_configuration(project: Path) -> None:
    settings = Settings()
    assert settings.relative("a/../b/./c.json") == "b/c.json"
    settings.root = str(project / "x")
    assert settings.relative("x/a/b.json") == "a/b.json"
    assert settings.relative(str(project / "xy" / "b.json")) == "../xy/b.json"
    settings.root = "/"
    assert settings.relative("/a/b.json") == "a/b.json"


def test_what_rules_may_ask_for_is_a_part_of_the_settings_and_can_not_be_set() -> None:
    settings = Settings()
    settings.platform, settings.require_agent = "mdr", True
    context = settings.context
    assert (context.platform, context.require_agent, context.profile) == ("mdr", True, "production")
    assert context.task_role_policies == ()
    with pytest.raises(
        AttributeError, match="the context is for all rules: `profile` can't be set"
    ):
        context.profile = "troubleshooting"


def test_configurations_are_known_once_each_is_read(project: Path) -> None:
    write(project, "")
    write(project / "a", "")
    configuration = Configuration({"fail_on": "never", "select": ["TST"]})
    assert configuration.documents() == []
    for _ in range(2):
        configuration.settings("a")
        configuration.settings("")
    assert [each.name for each in configuration.documents()] == [
        "a/fargate-lint.toml", "fargate-lint.toml",
    ]  # fmt: skip
    settings = configuration.settings("a")
    assert (settings.fail_on, settings.select) == ("never", ["ALL"])
    assert settings.command_line == {"fail_on": "never", "select": ["TST"]}


def test_a_path_of_an_ignore_is_looked_through_where_it_is_not_plain(
    project: Path, registry: Registry
) -> None:
    entry = '[[ignore]]\nrule = "TST"\nreason = "x"\npath = "{}"\n'
    plain = ("$", "$.a.b", "$.a[*].b[12]", "$.a[?(@.name == 'web-1.x')].b", "$.a.wherever")
    for path in (*plain, "$.a[?(@.b > 1)]", "a", "$..a"):
        write(project, entry.format(path))
        assert [each.path for each in use(registry).ignores] == [path]
    for path in ("$.a[", "$.where", "$.a.wherenot", "$.a[0123456789x]", "$.a b"):
        write(project, entry.format(path))
        assert stop(registry)[0].startswith("fargate-lint.toml:4:8: `path` is no JSONPath: ")
