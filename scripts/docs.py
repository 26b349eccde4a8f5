"""Writes what is made from the rules and from the program itself.

    python scripts/docs.py            writes
    python scripts/docs.py --check    names what is stale; exit status 1 when anything is

Made are the index of the built-in rules (rules/fargate_lint_rules/index.py), docs/rules/*.md, one
page a rule and their list, and blocks of README.md and docs/*.md:

    <!-- docs: fargate-lint check --help -->    the command with its output
    <!-- docs: failure modes -->                the table of fixtures/modes.json
    <!-- docs: rules -->                        how many rules each family has
    <!-- docs: configuration -->                the keys of the configuration
    <!-- docs: plugin API -->                   what plugins work with, from docstrings
    <!-- docs: public API -->                   what other programs work with, likewise
    <!-- docs: changelog -->                    the versions of CHANGELOG.md

each of which ends at `<!-- /docs -->`.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from fargate_lint.data.families import FAMILIES
from fargate_lint.lint import pages
from fargate_lint.lint.registry import BUILT_IN, GROUP, Entry, Registry
from fargate_lint.stop import Stop

# Its neighbour, however this script is started.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from scripts import reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fargate_lint.lint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(
    r"(?P<open><!-- docs: (?P<what>[^\n]+?) -->\n).*?(?P<close><!-- /docs -->)", re.DOTALL
)
PAGES = Path("docs/rules")
INDEX = Path("rules/fargate_lint_rules/index.py")
CHANGES = Path("CHANGELOG.md")
MODES = Path("fixtures/modes.json")
INTRODUCTION = """\
# Rules

{rules} rules in {families} families. Wherever a rule is named, its code, its name and its former
names will do, and the first letters of a code mean all rules that share them.

* **error**: it cannot be registered or started, or logs are lost or never arrive.
* **warning**: it works today, but the documentation advises against it or it fails under load; or
  an error is inferred rather than certain.
* **info**: advice.

Some findings have a fix: a **safe** one is made by `check --fix`, an **unsafe** one, which may
change how a task behaves, by `check --fix --unsafe-fixes`. `check --diff` shows what would be done.
"""
CRASH = "Traceback (most recent call last)"
# `-j N, --jobs N`: Python 3.13 and newer say `-j, --jobs N`.
REPEATED = re.compile(r"(?P<short>-\w) (?P<value>\S+), (?P<long>--[\w-]+ (?P=value))(?P<gap> *)")


def main(argv: Sequence[str], root: Path = ROOT) -> int:
    """Write everything below `root` or, for `--check`, tell what would change."""
    stale = []
    try:
        made = everything(root)
    except Stop as stop:
        print(f"error: {stop.message}\n  help: {stop.help}", file=sys.stderr)
        return 2
    for path, text in made.items():
        old = (root / path).read_text(encoding="utf-8") if (root / path).exists() else None
        if old != text:
            stale.append(f"{path}: {'missing' if old is None else 'changed'}")
    left = [path.relative_to(root) for path in sorted((root / PAGES).glob("*.md"))]
    gone = [path for path in left if path not in made]
    stale += [f"{path}: no rule has this page" for path in gone]
    if "--check" in argv:
        for line in stale:
            print(line)
        if stale:
            print("run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for path, text in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for path in gone:
        (root / path).unlink()
    print("\n".join(stale) or "nothing to do")
    return 0


def everything(root: Path) -> dict[Path, str]:
    """Each file that is made or has made blocks, with the text that it should have."""
    plugin = import_module(BUILT_IN)
    registry = Registry()
    registry.add(GROUP, plugin.rules())
    made = {INDEX: rule_index(registry)}
    made |= {PAGES / f"{rule.name}.md": page(rule) for rule in registry.rules}
    made[PAGES / "index.md"] = index(registry.rules)
    for path in (root / "README.md", *sorted((root / "docs").glob("*.md"))):
        if path.exists():
            made[path.relative_to(root)] = blocks(path, root, registry)
    return made


def rule_index(registry: Registry) -> str:
    """The module that tells what has to be known of each rule before it is loaded."""
    rows = [
        f"    {_row(entry)},\n" for entry in sorted(registry.entries, key=lambda entry: entry.code)
    ]
    return (
        '"""What has to be known of each rule before it is loaded: made by `make docs`."""\n\n'
        "# fmt: off\n"
        "# Module, class, code, name, aliases, severity, nodes, members, only_if_problems,\n"
        "# alert_logic, inputs.\n"
        f"ROWS = (\n{''.join(rows)})\n"
    )


def _row(entry: Entry) -> str:
    values = (
        entry.module, entry.attribute, entry.code, entry.name, entry.aliases, entry.severity,
        entry.nodes, tuple(sorted(entry.members)), entry.only_if_problems, entry.alert_logic,
        entry.inputs,
    )  # fmt: skip
    return repr(values).replace("'", '"')


def page(rule: type[Rule]) -> str:
    """A rule's page, with the ways on."""
    source = "../../rules/" + rule.__module__.replace(".", "/") + ".py"
    return f"{pages.markdown(rule, GROUP)}\n---\n\n[All rules](index.md) · [Source]({source})\n"


def index(rules: Sequence[type[Rule]]) -> str:
    """The list of all rules, by family."""
    parts = [INTRODUCTION.format(rules=len(rules), families=len(list(_families(rules))))]
    for letters, title, family in _families(rules):
        parts.append(f"\n## {title} ({letters})\n\n")
        parts.append("| Code | Rule | Severity | Fix | What it reports |\n|---|---|---|---|---|\n")
        parts += [
            f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.severity} "
            f"| {rule.fixable} | {_cell(pages.summary(rule))} |\n"
            for rule in family
        ]
    return "".join(parts)


def blocks(path: Path, root: Path, registry: Registry) -> str:
    """The text of a file with its made blocks made anew."""
    return BLOCK.sub(
        lambda match: (
            match["open"] + block(match["what"], root, registry, path.parent) + match["close"]
        ),
        path.read_text(encoding="utf-8"),
    )


def block(what: str, root: Path, registry: Registry, folder: Path) -> str:
    """What stands in a made block of a file in `folder`."""
    if what == "failure modes":
        return modes(root, registry, folder)
    if what == "rules":
        return families(registry.rules)
    if what == "configuration":
        return reference.configuration(registry.rules)
    if what == "plugin API":
        return reference.api()
    if what == "public API":
        return reference.api(reference.PUBLIC)
    if what == "changelog":
        return changelog(root)
    if shlex.split(what)[:1] == ["fargate-lint"]:
        printed = output(shlex.split(what)[1:], root)
        # A page that is printed has fences of its own.
        fence = "````" if "```" in printed else "```"
        return f"{fence}console\n$ {what}\n{printed}{fence}\n"
    raise Stop(f"there is no way to make `{what}`")


def modes(root: Path, registry: Registry, folder: Path) -> str:
    """The documented ways to fail, by section, each with the rule that finds it and a file to try.

    Stops at a rule that doesn't exist.
    """
    found = json.loads((root / MODES).read_text(encoding="utf-8"))
    rows = ["| | What goes wrong | Found by | Try it |\n|---|---|---|---|\n"]
    for section in dict.fromkeys(mode["section"] for mode in found):
        title = f"**{section}**"
        for mode in found:
            if mode["section"] == section:
                rule = registry.named(mode["rule"]).name
                page_there = os.path.relpath(root / PAGES / f"{rule}.md", folder)
                file = root / MODES.parent / mode["broken"]
                rows.append(
                    f"| {title} | {_cell(mode['mode'])} | [{rule}]({page_there}) "
                    f"| [{file.name}]({os.path.relpath(file, folder)}) |\n"
                )
                title = ""
    return "".join(rows)


def changelog(root: Path) -> str:
    """The versions that CHANGELOG.md tells of, newest first."""
    text = (root / CHANGES).read_text(encoding="utf-8")
    return text[text.index("## ") :]


def families(rules: Sequence[type[Rule]]) -> str:
    """How many rules there are of each family."""
    rows = ["| Codes | About | Rules |\n|---|---|--:|\n"]
    rows += [
        f"| {letters} | {title} | {len(family)} |\n" for letters, title, family in _families(rules)
    ]
    return "".join(rows)


def _families(rules: Sequence[type[Rule]]) -> Iterator[tuple[str, str, list[type[Rule]]]]:
    for letters, (_, title) in FAMILIES.items():
        family = [rule for rule in rules if rule.code.startswith(letters)]
        if family:
            yield letters, title, family


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def output(words: Sequence[str], root: Path) -> str:
    """What a command prints in a pipe, 80 columns wide."""
    # The sources beside this script, whatever is installed.
    path = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    environ = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": path}
    environ.pop("FORCE_COLOR", None)
    # Results and messages in the order that a terminal shows them.
    environ["PYTHONUNBUFFERED"] = "1"
    done = subprocess.run(
        [sys.executable, "-m", "fargate_lint", *words],
        cwd=root,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if CRASH in done.stdout:
        reason = done.stdout.strip().splitlines()[-1]
        raise Stop(f"`fargate-lint {shlex.join(words)}` crashed: {reason}", "put that right first")
    return shorter(done.stdout).rstrip("\n") + "\n"


def shorter(text: str) -> str:
    """A command's help as newer Pythons write it, each option's value once."""
    return REPEATED.sub(
        lambda match: f"{match['short']}, {match['long']}".ljust(
            len(match[0]) if match["gap"] else 0
        ),
        text,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
