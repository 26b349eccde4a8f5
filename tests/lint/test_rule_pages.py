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


def page(text: str) -> str:
    return pages.body(type("Made", (Rule,), {"__doc__": text}))


def test_a_page_without_blocks_stays_as_it_is() -> None:
    assert page("It is wrong.\n\nVery.\n") == "It is wrong.\n\nVery."
    assert pages.text(Rule).startswith("A rule: subclass it")
    assert page("") == ""
    assert pages.summary(type("Made", (Rule,), {"__doc__": "One\n  line.\n\nTwo."})) == "One line."


def test_headings_and_blocks_have_one_empty_line_around_them() -> None:
    assert page("A.\n\n## B\nc\n\n```json\n{}\n```\nd\n## E\n\n\nf") == (
        "A.\n\n## B\n\nc\n\n```json\n{}\n```\n\nd\n## E\n\nf"
    )


def test_what_an_example_differs_in_stands_above_it() -> None:
    block = "{}\n"
    for words, lead in (
        ("bad", "Reported"),
        (
            "fixed profile=troubleshooting x=false",
            'with `profile = "troubleshooting"`, `x = false`',
        ),
        ("good given=service", "Not reported, given with `--service`"),
        ("good given=service a=b", 'Not reported, given with `--service`, with `a = "b"`'),
    ):
        shown = page(f"A.\n\n```json {words}\n{block}```\n")
        assert lead in shown
        assert shown.endswith(f"{lead}:\n\n```json\n{block}```")


def test_a_page_says_how_findings_are_fixed_and_which_names_there_were() -> None:
    class Plain(Rule):
        """It is wrong."""

        code, name, severity, since, fixable = "TST002", "plain", "error", "", "safe"

    assert pages.markdown(Plain, "fargate_lint") == (
        "# plain\n\n`TST002` · **error** · `--fix`\n\nIt is wrong.\n"
    )
