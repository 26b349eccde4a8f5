from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.lint.registry import BUILT_IN, Entry, Registry, installed, load
from fargate_lint.lint.rule import Rule
from fargate_lint.stop import Stop

if TYPE_CHECKING:
    from pathlib import Path


class Owner(Rule):
    code, name, severity = "TST102", "owner-unknown", "error"
    aliases = ("nobody-owns", "NoOwner")
    members = ("owner", "team", "owner")
    inputs = ("service",)

    def check_task(self, task: Any) -> None:
        """Visits tasks."""

    def check_pipeline(self, pipeline: Any, launch: Any) -> None:
        """Visits pipelines."""

    def check_word(self, word: Any) -> None:
        """There is no such node."""


class Cost(Rule):
    code, name = "TST101", "cost-unknown"
    alert_logic = True


class Late(Rule):
    code, name = "TXT101", "late"
    only_if_problems = True


@pytest.fixture
def registry() -> Registry:
    made = Registry()
    made.add("ours", [Owner, Late])
    made.add("theirs", [Entry.of(Cost)], configuration="x.toml")
    assert made.problems == []
    return made


def test_an_entry_has_what_has_to_be_known_of_a_class_before_it_is_loaded() -> None:
    owner, cost, late = map(Entry.of, (Owner, Cost, Late))
    assert (owner.module, owner.attribute) == (__name__, "Owner")
    assert (owner.code, owner.name, owner.severity) == ("TST102", "owner-unknown", "error")
    assert (owner.aliases, owner.inputs) == (("nobody-owns", "NoOwner"), ("service",))
    assert owner.nodes == ("task", "pipeline")
    assert owner.members == {"owner", "team"}
    assert (owner.only_if_problems, owner.alert_logic) == (False, False)
    assert (cost.only_if_problems, cost.alert_logic) == (False, True)
    assert (late.only_if_problems, late.alert_logic) == (True, False)
    assert (late.nodes, late.members, late.aliases, late.inputs) == ((), frozenset(), (), ())
    assert owner.rule is Owner
    assert (owner.plugin, owner.configuration) == ("", "")
    assert repr(owner) == "Entry('TST102', 'owner-unknown')"


def test_a_class_is_imported_when_it_is_first_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "late_rules_of_a_test", raising=False)
    (tmp_path / "late_rules_of_a_test.py").write_text("class Here: pass\n")
    row = ("late_rules_of_a_test", "Here", "TST1", "x", (), "info", (), (), False, False, ())
    entry = Entry(*row)
    assert "late_rules_of_a_test" not in sys.modules
    assert entry.rule is sys.modules["late_rules_of_a_test"].Here
    assert entry.rule is entry.rule


def test_rules_stand_in_the_order_of_their_codes_with_who_brought_them(registry: Registry) -> None:
    assert [(each.code, each.plugin, each.configuration) for each in registry.entries] == [
        ("TST101", "theirs", "x.toml"),
        ("TST102", "ours", ""),
        ("TXT101", "ours", ""),
    ]
    assert registry.rules == [Cost, Owner, Late]
    assert (registry.plugin_of(Cost), registry.plugin_of(Late)) == ("theirs", "ours")


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        ("TST102", [Owner]),
        ("tst102", [Owner]),
        ("Owner-Unknown", [Owner]),
        ("noowner", [Owner]),
        ("TST", [Cost, Owner]),
        ("tst10", [Cost, Owner]),
        ("T", [Cost, Owner, Late]),
        ("all", [Cost, Owner, Late]),
    ],
)
def test_a_selector_is_a_code_its_beginning_a_name_or_an_alias(
    registry: Registry, selector: str, meant: list[Any]
) -> None:
    assert registry.find(selector) == meant
    assert registry.names(selector) == {rule.name for rule in meant}
    if len(meant) == 1:
        assert registry.named(selector) is meant[0]


@pytest.mark.parametrize(
    ("selector", "advice"),
    [
        ("TXT109", "did you mean `TXT101`?"),
        ("OWNER-UNKNWN", "did you mean `owner-unknown`?"),
        ("nobody-own", "did you mean `nobody-owns`?"),
        ("nothing-like-it", "`fargate-lint rules` lists all rules"),
        ("01", "`fargate-lint rules` lists all rules"),
        ("", "`fargate-lint rules` lists all rules"),
    ],
)
def test_a_selector_that_means_nothing_stops(
    registry: Registry, selector: str, advice: str
) -> None:
    for look_up in (registry.find, registry.meant, registry.names, registry.named):
        with pytest.raises(Stop) as caught:
            look_up(selector)
        assert caught.value.message == f"there is no rule `{selector}`"
        assert caught.value.help == advice


def test_what_is_not_fit_is_refused_and_the_rest_is_taken(registry: Registry) -> None:
    nameless = type("Nameless", (Rule,), {"code": "TST103"})
    codeless = type("Codeless", (Rule,), {"name": "codeless"})
    again = type("Again", (Rule,), {"code": "TST104", "name": "again", "aliases": ("NOBODY-OWNS",)})
    other = type("Other", (Rule,), {"code": "TST105", "name": "other"})
    before = len(registry.entries)
    registry.add("odd", [nameless, codeless, 7, object, again, other])
    assert registry.problems == [
        "plugin `odd`: rule Nameless has no code or no name",
        "plugin `odd`: rule Codeless has no code or no name",
        "plugin `odd`: 7 is not a subclass of fargate_lint.lint.rule.Rule",
        "plugin `odd`: <class 'object'> is not a subclass of fargate_lint.lint.rule.Rule",
        "plugin `odd`: rule `NOBODY-OWNS` is already defined by plugin `ours`",
    ]
    assert len(registry.entries) == before + 1
    assert registry.named("other") is other


def test_what_plugins_give_is_kept_with_the_name_of_each(registry: Registry) -> None:
    registry.add_signatures("a", [1, 2])
    registry.add_signatures("b", [3])
    registry.add_formats("a", [1])
    registry.add_formats("b", [2, 3])
    assert registry.signatures == [("a", 1), ("a", 2), ("b", 3)]
    assert registry.formats == [("a", 1), ("b", 2), ("b", 3)]
    registry.add_tables("a", [])
    assert registry.tables is None


ACME = """
from fargate_lint.lint.rule import Rule

class Acme(Rule):
    code, name = "ACM001", "acme-of-a-test"

def fargate_lint_rules():
    return [Acme]
"""


def announce(folder: Path, text: str | bytes, name: str = "acme-1.0.dist-info") -> None:
    (folder / name).mkdir(parents=True)
    data = text.encode() if isinstance(text, str) else text
    (folder / name / "entry_points.txt").write_bytes(data)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[fargate_lint]\nacme = acme_rules\n", [("acme", "acme_rules")]),
        ("[fargate_lint]\n a=b:c\n\n# d = e\n# f\ng = h : i [x]\n", [("a", "b"), ("g", "h")]),
        ("[fargate_lint]\na = b [c]\nd = e[f]\n", [("a", "b"), ("d", "e")]),
        ("[a]\nb = c\n[fargate_lint] \n\nd = e\n[ fargate_lint ]\nf = g\n", [("d", "e")]),
        ("[a]\nb = c\n[fargate_lint]\nd = e\n[f]\ng = h\n", [("d", "e")]),
        ("[ fargate_lint ]\na = b\n", []),
        (f"[fargate_lint]\nfargate_lint = {BUILT_IN}\nacme = c\nno value\n", [("acme", "c")]),
        (b"[fargate_lint]\nacme = \xff\n", []),
    ],
)
def test_plugins_are_what_distributions_announce(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | bytes, found: list[Any]
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path / "gone"), str(tmp_path)])
    (tmp_path / "empty.egg-info").mkdir()
    announce(tmp_path, text)
    assert installed() == found


def test_a_distribution_is_found_in_any_folder_that_python_looks_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(tmp_path / "a", "[fargate_lint]\na = x\n", "a.egg-info")
    announce(tmp_path / "b", "[fargate_lint]\nb = y\n")
    announce(tmp_path / "c", "[fargate_lint]\nc = z\n", "c.dist-information")
    paths = [str(tmp_path / name) for name in ("a", "none", "b", "c", "a")]
    monkeypatch.setattr(sys, "path", paths)
    assert installed() == [("a", "x"), ("b", "y")]


def test_installed_plugins_are_loaded_beside_ours_unless_only_ours_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    (tmp_path / "acme_rules_of_a_test.py").write_text(ACME)
    announce(tmp_path, "[fargate_lint]\nacme = acme_rules_of_a_test\n")
    known = load()
    assert known.plugin_of(known.named("acme-of-a-test")) == "acme"
    ours = load(only_ours=True)
    assert [each.code for each in known.entries if each.plugin != "acme"] == [
        each.code for each in ours.entries
    ]
    assert len(known.entries) == len(ours.entries) + 1


def test_plugins_are_named_as_modules_files_and_folders_to_find_modules_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", sys.path[:])
    before = sys.path[:]
    folder, file = tmp_path / "below", tmp_path / "my-rules.py"
    folder.mkdir()
    (folder / "other_rules_of_a_test.py").write_text(ACME.replace("001", "002").replace("-of", "2"))
    file.write_text(ACME)
    known = load(["other_rules_of_a_test"], [str(folder), str(file), str(folder)])
    assert known.problems == []
    assert [(each.code, each.plugin) for each in known.entries if each.code[:3] == "ACM"] == [
        ("ACM001", str(file)),
        ("ACM002", "other_rules_of_a_test"),
    ]
    assert sys.path[0] == str(folder)
    assert known.named("acme-of-a-test").__module__ == "fargate_lint_plugin_my_rules"
    assert sys.modules["fargate_lint_plugin_my_rules"].__file__ == str(file)
    load(paths=[str(folder)])
    assert sys.path.count(str(folder)) + len(before) <= len(sys.path) + 1


def test_a_plugin_that_is_no_python_is_a_problem(tmp_path: Path) -> None:
    gone, broken = tmp_path / "gone.py", tmp_path / "broken.py"
    broken.write_text("import")
    known = load(["no_module_of_this_name"], [str(gone), str(broken)])
    first, second, third = known.problems
    reason = "ModuleNotFoundError: No module named 'no_module_of_this_name'"
    assert first == f"plugin `no_module_of_this_name` can't be loaded: {reason}"
    assert second.startswith(f"plugin `{gone}` can't be loaded: FileNotFoundError: ")
    assert third.startswith(f"plugin `{broken}` can't be loaded: SyntaxError: ")
    assert known.entries
