"""Write the reports of tests/data/tickets, one for each failure that the vendor's guide names.

    python scripts/tickets.py [--check]

With --check nothing is written, and the status is 1 when a report would change.
https://github.com/alertlogic/al-agent-container (Troubleshooting Task Failures)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
DATA = HERE.parent / "tests" / "data"
#: A failure of the guide, and the case that shows it.
FAILURES = {
    "registration-key": "composed-agent-key-2",
    "outbound-connectivity": "composed-agent-egress-2",
    "not-enough-memory": "composed-oom-2",
    "missing-double-dash": "composed-launcher-dashes-1",
    "unknown-option": "composed-unknown-option-2",
    "unsupported-characters": "composed-stream-name-2",
    "plugin-not-loaded": "composed-go-plugin-2",
    "no-task-role": "composed-no-task-role-2",
    "task-role-without-access": "composed-access-denied-1",
}


def reports() -> Iterator[tuple[str, str]]:
    """The name of each failure, and its report."""
    sys.path[:0] = [str(HERE.parent), str(HERE.parent / "rules")]
    from fargate_lint.lint import registry  # noqa: PLC0415  (found by now)
    from fargate_lint.report.ticket.markdown import render  # noqa: PLC0415
    from scripts.agreement_diagnosis import diagnosis  # noqa: PLC0415

    folder = DATA / "diagnosis"
    known = registry.load()
    cases = {case["id"]: case for case in json.loads((folder / "cases.json").read_text("utf-8"))}
    for name, case in FAILURES.items():
        yield name, render(diagnosis(folder, cases[case], known))


def main(arguments: list[str]) -> int:
    """Write the reports, or compare them."""
    folder = DATA / "tickets"
    folder.mkdir(exist_ok=True)
    stale = 0
    for name, text in reports():
        path = folder / f"{name}.md"
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale = 1
        print(
            f"{'stale' if '--check' in arguments else 'written'}: {path.relative_to(HERE.parent)}"
        )
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
    return stale if "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
