"""Starts a rule: its file in the folder of its family, with a page that is to be filled in.

    python scripts/new_rule.py LCH107 launcher-something-wrong

The example on the page fails until the rule reports it.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

from fargate_lint.data.families import FAMILIES
from fargate_lint.lint.registry import BUILT_IN, GROUP, Registry
from fargate_lint.stop import Stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
SKELETON = '''\
from __future__ import annotations

from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.ecs.task import Container


class {title}(Rule):
    """FILL IN what is wrong, and its effect, in one sentence.

    ## Why it matters
    FILL IN how it comes about, what happens then, and what that looks like in practice.

    ## Example
    ```json bad
    {{"containerDefinitions": [{{"name": "web", "FILL IN": "what is wrong"}}]}}
    ```
    ```json fixed
    {{"containerDefinitions": [{{"name": "web"}}]}}
    ```

    ## References
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/FILL-IN.html
    """

    code = "{code}"
    name = "{name}"
    severity = "warning"

    def check_container(self, container: Container) -> None:
        if container.text("FILL IN") == "FILL IN":
            self.report(
                container,
                "FILL IN what is wrong, with its value",
                at=("FILL IN",),
                help="FILL IN what to write instead",
            )
'''


def main(argv: Sequence[str], root: Path = ROOT) -> int:
    """Write the file of the rule with the code and the name in `argv`."""
    try:
        code, name = argv
    except ValueError:
        print(f"usage: new_rule.py CODE NAME ({len(argv)} words given)", file=sys.stderr)
        return 2
    wrong = unfit(code, name)
    if wrong:
        print(f"error: {wrong}", file=sys.stderr)
        return 2
    folder = FAMILIES[code[:3]][0]
    path = Path("rules/fargate_lint_rules") / folder / f"{name.replace('-', '_')}.py"
    if (root / path).exists():
        print(f"error: {path} is already there", file=sys.stderr)
        return 2
    title = "".join(word.capitalize() for word in name.split("-"))
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(SKELETON.format(title=title, code=code, name=name), encoding="utf-8")
    print(
        f"{path}\nreplace what says FILL IN, until `pytest tests/test_pages.py -k {name}` passes;"
    )
    print("then `make docs`")
    return 0


def unfit(code: str, name: str) -> str:
    """Why a rule can't have this code and this name, or ""."""
    if not re.fullmatch(r"[A-Z]{3}\d{3}", code):
        return f"`{code}` is no code: three capital letters and three digits"
    if code[:3] not in FAMILIES:
        return f"`{code[:3]}` is no family: one of {', '.join(FAMILIES)}"
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        return f"`{name}` is no name: small letters and digits in words joined by `-`"
    registry = Registry()
    registry.add(GROUP, import_module(BUILT_IN).fargate_lint_rules())
    for taken in (code, name):
        try:
            return f"`{taken}` is taken by rule {registry.named(taken).name}"
        except Stop:
            continue
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
