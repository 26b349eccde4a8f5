from __future__ import annotations

import importlib.util
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fargate_lint.arguments import COMMANDS
from fargate_lint.lint.settings import keys

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
MADE = re.compile(r"<!-- docs: .*?<!-- /docs -->", re.DOTALL)


@pytest.fixture
def site() -> Any:
    spec = importlib.util.spec_from_file_location("docs_site", ROOT / "scripts" / "docs_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(path: str) -> Any:
    return SimpleNamespace(file=SimpleNamespace(src_uri=path))


@pytest.mark.slow
def test_every_command_prints_what_the_pages_say_and_nothing_made_is_stale() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_a_command_prints_is_never_written_by_hand(path: Path) -> None:
    # Made blocks are compared above, lines of `sh` run in test_recipes.
    by_hand = MADE.sub("", path.read_text())
    assert set(re.findall(r"^`{3,}(\w*)[^\n]*\n.*?^`{3,}$", by_hand, re.DOTALL | re.MULTILINE)) <= {
        "sh", "toml", "yaml", "json", "conf", "python",
    }  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_section_with_its_help(command: str) -> None:
    text = (ROOT / "docs" / "commands.md").read_text()
    assert f"\n## {command}\n" in text
    assert f"<!-- docs: fargate-lint {command} --help -->" in text


def test_every_key_of_the_configuration_is_in_its_reference() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text()
    for key in (*keys.KEYS, *keys.IGNORE_KEYS, *keys.PLUGIN_KEYS):
        assert f"\n| `{key}` | " in text


def test_links_out_of_the_folder_lead_to_the_repository(
    site: Any, caplog: pytest.LogCaptureFixture
) -> None:
    config = {"docs_dir": str(ROOT / "docs")}
    made = site.on_page_markdown(
        "[a](../README.md#use-it) [b](rules/index.md) [c](../examples/policy/fargate-lint.toml)",
        page=page("formats.md"),
        config=config,
    )
    assert made == (
        f"[a]({site.REPOSITORY}/README.md#use-it) [b](rules/index.md) "
        f"[c]({site.REPOSITORY}/examples/policy/fargate-lint.toml)"
    )
    text = "[up](../formats.md)"
    assert site.on_page_markdown(text, page=page("rules/index.md"), config=config) == text
    assert caplog.messages == []


def test_a_link_to_a_file_that_is_not_there_is_a_warning(
    site: Any, caplog: pytest.LogCaptureFixture
) -> None:
    config = {"docs_dir": str(ROOT / "docs")}
    site.on_page_markdown(
        "[a](../nowhere.md) [b](../../outside.md)", page=page("faq.md"), config=config
    )
    assert caplog.messages == [
        "faq.md: there is no `../nowhere.md`",
        "faq.md: there is no `../../outside.md`",
    ]


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://cdn.example/x.js">',
        "<link rel=stylesheet href=//fonts.example/x.css>",
        '<link href="https://fonts.example" rel="preconnect">',
        "<img alt='' src='http://img.example/x.png'>",
    ],
)
def test_what_a_page_would_load_from_elsewhere_is_a_warning(
    site: Any, caplog: pytest.LogCaptureFixture, tag: str
) -> None:
    with caplog.at_level(logging.WARNING):
        site.on_post_page(f"<html>{tag}</html>", page=page("a.md"))
    assert len(caplog.messages) == 1


def test_links_to_follow_and_own_files_are_fine(
    site: Any, caplog: pytest.LogCaptureFixture
) -> None:
    site.on_post_page(
        '<a href="https://docs.aws.amazon.com/">AWS</a><script src="assets/x.js"></script>'
        '<link rel="canonical" href="https://example.com/"><link rel=stylesheet href=a.css>',
        page=page("a.md"),
    )
    assert caplog.messages == []
