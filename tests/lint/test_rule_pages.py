from __future__ import annotations

from fargate_lint.lint import pages
from fargate_lint.lint.rule import Rule


class Renamed(Rule):
    """The image has no tag.

    Two
    lines.

    ## Example

    ```json bad
    {"image": "web"}
    ```
    ```json good require-agent=true
    {"image": "web:1"}
    ```
    ```json
    {"image": "neither"}
    ```
    ```json other
    {"image": "of another kind"}
    ```
    """

    code = "TST001"
    name = "image-without-tag"
    aliases = ("no-tag", "tag-missing")
    severity = "warning"
    since = "0.1"
    fixable = "unsafe"


def test_only_blocks_of_a_known_kind_are_examples() -> None:
    assert [(each.kind, each.settings) for each in pages.examples(Renamed)] == [
        ("bad", {}), ("good", {"require-agent": "true"}),
    ]  # fmt: skip


def test_a_page_has_what_is_known_of_the_rule_below_its_heading() -> None:
    assert pages.markdown(Renamed, "acme").startswith(
        "# image-without-tag\n\n`TST001` · **warning** · since 0.1 · plugin `acme` · "
        "`--fix --unsafe-fixes` · also `no-tag`, `tag-missing`\n\nThe image has no tag.\n"
    )
    assert "plugin" not in pages.markdown(Renamed, "fargate_lint")
    assert pages.summary(Renamed) == "The image has no tag."


def test_each_example_stands_below_what_it_is() -> None:
    assert pages.body(Renamed).partition("## Example\n\n")[2] == (
        'Reported:\n\n```json\n{"image": "web"}\n```\n\n'
        'Not reported, with `require-agent = true`:\n\n```json\n{"image": "web:1"}\n```\n\n'
        '```json\n{"image": "neither"}\n```\n\n'
        '```json\n{"image": "of another kind"}\n```'
    )
