from __future__ import annotations

import re
import shutil
from pathlib import Path

from fargate_lint.cli import main
from fargate_lint.lint.registry import load
from fargate_lint.lint.settings.configuration import Configuration

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def fenced(language: str) -> str:
    """The first fenced block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


def test_the_configuration_shown_is_accepted_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "fargate-lint.toml").write_text(fenced("toml"))
    (tmp_path / "lint").mkdir()
    (tmp_path / "lint" / "our_rules.py").touch()
    configuration = Configuration({}, file=str(tmp_path / "fargate-lint.toml"))
    settings = configuration.settings(str(tmp_path))
    assert configuration.plugins([str(tmp_path)])[0] == ["acme_fargate_lint"]
    configuration.validate(load())
    assert settings.platform == "mdr"
    assert settings.plugin_modules == ["acme_fargate_lint"]
    assert len(settings.ignores) == 1


def test_the_plugin_shown_works_as_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ours.py").write_text(fenced("python"))
    (tmp_path / "fargate-lint.toml").write_text('[plugins]\npaths = ["ours.py"]\n')
    task = shutil.copy(ROOT / "fixtures/ok/plain.json", tmp_path)
    status = main(
        [
            "check",
            "--config",
            str(tmp_path / "fargate-lint.toml"),
            "--output-format",
            "concise",
            str(task),
        ]
    )
    assert capsys.readouterr().out.endswith(
        "warning[ACM101] acme-team-label-missing: `web` has no label `team` (web)\n"
    )
    assert status == 1


def test_the_hook_that_is_shown_exists() -> None:
    hook = re.search(r"- id: (\S+)", fenced("yaml"))
    assert hook
    assert f"- id: {hook[1]}\n" in (ROOT / ".pre-commit-hooks.yaml").read_text()
