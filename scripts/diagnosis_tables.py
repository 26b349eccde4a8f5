"""Write the tables of diagnosis: causes, signatures of log lines, and reasons of stopped tasks.

    python scripts/diagnosis_tables.py FOLDER

FOLDER holds the collected facts: `causes.json` (what can be wrong), `fluent-bit-errors.json` (lines
that Fluent Bit 1.9.10, 4.2.8 and 5.0.9 were seen to print, or that the Go plugins' source has), and
`stopped-reasons.json` (what ECS says of stopped tasks). `diagnosis.toml` beside this file says what
each of them means, and has more.
https://github.com/fluent/fluent-bit
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

from __future__ import annotations

import json
import re
import string
import sys
import tomllib
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HERE = Path(__file__).parent
DATA = HERE.parent / "fargate_lint" / "data"
DATE = "2026-11-23"
AGENT = "https://github.com/alertlogic/al-agent-container"
FLUENT_BIT = "https://github.com/fluent/fluent-bit"
ECS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html"
SHORTEST = 4


def needles(pattern: str) -> list[str]:
    """Texts of which one stands in whatever `pattern` matches; [] when none is certain."""
    parsed = re._parser.parse(pattern)  # type: ignore[attr-defined]  # noqa: SLF001  (the standard library's own parser)
    return _alternatives(list(parsed))


def _alternatives(items: list[Any]) -> list[str]:
    """The longest certain text, or one for each branch where a branch has a longer one."""
    best: list[str] = []
    run = ""
    for operation, argument in [*items, (None, None)]:
        name = str(operation)
        if name == "LITERAL":
            run += chr(argument)
            continue
        best = _better(best, [run])
        run = ""
        if name == "SUBPATTERN" and not argument[1]:
            best = _better(best, _alternatives(list(argument[3])))
        elif name == "BRANCH":
            found = [_alternatives(list(branch)) for branch in argument[1]]
            if all(found):
                best = _better(best, [text for texts in found for text in texts])
    return best


def _better(old: list[str], new: list[str]) -> list[str]:
    shortest = min((len(text) for text in new), default=0)
    if shortest >= SHORTEST and shortest > min((len(text) for text in old), default=0):
        return list(dict.fromkeys(new))
    return old


def asks_for_digits(parsed: Any) -> bool:
    """Whether a parsed pattern tells one digit from another, so lines of one shape may differ."""
    pair: tuple[Any, Any] = parsed if isinstance(parsed, tuple) and len(parsed) == 2 else ("", "")
    operation, argument = pair
    if str(operation) in {"LITERAL", "NOT_LITERAL"}:
        return chr(argument) in string.digits
    if str(operation) == "RANGE":
        inside = [digit for digit in string.digits if argument[0] <= ord(digit) <= argument[1]]
        return 0 < len(inside) < len(string.digits)
    parts = isinstance(parsed, (list, tuple, re._parser.SubPattern))  # type: ignore[attr-defined]  # noqa: SLF001
    return parts and any(map(asks_for_digits, parsed))


class Tables:
    """The tables, made of the facts in a folder and of what is known besides."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.more = tomllib.loads((HERE / "diagnosis.toml").read_text("utf-8"))

    def _facts(self, name: str, key: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.folder / name).read_text("utf-8"))[key]
        return found

    def signatures(self) -> list[dict[str, Any]]:
        """What lines mean: those of the facts with their causes, then the others."""
        meanings = {
            name: (role, cause)
            for role, causes in self.more["meanings"].items()
            for cause, names in causes.items()
            for name in names
        }
        made = []
        for fact in self._facts("fluent-bit-errors.json", "entries"):
            if fact["id"] not in self.more["replaced"]:
                pattern = self.more["wider"].get(fact["id"], fact["regex"])
                role, cause = meanings[fact["id"]]
                made.append(self._entry(fact["id"], pattern, role, cause, fact["cause"]))
        made += [self._entry(**line) for line in self.more["line"]]
        return made

    def reasons(self) -> list[dict[str, Any]]:
        """What ECS says of a task that stopped or did not start, in the order to try them.

        People paste these into logs too, so they are looked for like signatures.
        """
        causes = {name: cause for cause, names in self.more["reasons"].items() for name in names}
        before: dict[str, list[dict[str, str]]] = {}
        for line in self.more["reason"]:
            before.setdefault(line.pop("before", ""), []).append(line)
        made = []
        for fact in self._facts("stopped-reasons.json", "entries"):
            if fact["scope"] in {"exitCode", "log_router log"}:
                continue
            name = fact["id"]
            made += [self._entry(role="ecs", **line) for line in before.get(name, ())]
            pattern = self.more["wider"].get(name, fact["regex"])
            made.append(self._entry(name, pattern, "ecs", causes[name], fact["meaning"]))
        made += [self._entry(role="ecs", **line) for line in before[""]]
        return sorted(made, key=lambda entry: self._turn(entry["id"]))

    def _turn(self, name: str) -> int:
        if name in self.more["umbrellas"]:
            return 1
        return 2 if name.endswith("-generic") else -(name in self.more["first"])

    def _entry(self, name: str, pattern: str, role: str, cause: str, means: str) -> dict[str, Any]:
        """One signature, checked and with what makes it quick to look for."""
        re.compile(pattern)
        found = self.more["needles"].get(name) or needles(pattern)
        if not found:
            raise SystemExit(f"{name}: no certain text in {pattern!r}")
        entry: dict[str, Any] = {
            "id": name, "pattern": pattern, "needles": found, "role": role, "cause": cause,
            "means": means,
        }  # fmt: skip
        if asks_for_digits(re._parser.parse(pattern)):  # type: ignore[attr-defined]  # noqa: SLF001
            entry["digits"] = True
        for flag in ("anyone", "vague"):
            if name in self.more[flag]:
                entry[flag] = True
        return entry

    def causes(self) -> list[dict[str, Any]]:
        """The causes with what the linter's rules know of them."""
        return [
            {
                "id": fact["id"],
                "title": fact["title"],
                "summary": fact["summary"],
                "kind": fact["kind"],
                "remedy": fact["remedy"],
                "rules": fact["evidence"]["static_rules"],
            }
            for fact in self._facts("causes.json", "causes")
        ]


def write(name: str, source: str, entries: list[dict[str, Any]]) -> None:
    """Write a table with where it comes from."""
    table = {
        "source": source,
        "date": DATE,
        "script": "scripts/diagnosis_tables.py",
        "entries": entries,
    }
    text = json.dumps(table, indent=1, ensure_ascii=False) + "\n"
    (DATA / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{name}: {len(entries)}")


def main(arguments: list[str]) -> None:
    """Read the facts and write the three tables."""
    tables = Tables(Path(arguments[0]))
    write("causes", AGENT, tables.causes())
    write("signatures", FLUENT_BIT, tables.signatures())
    write("stop_reasons", ECS, tables.reasons())


if __name__ == "__main__":
    main(sys.argv[1:])
