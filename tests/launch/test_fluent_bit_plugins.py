from __future__ import annotations

import json
from pathlib import Path

import pytest

from fargate_lint.launch import plugins

DATA = Path(plugins.DATA)


def test_plugins_and_options_compare_without_regard_to_case() -> None:
    plugin = plugins.lookup("1.9.10", "output", "SYSLOG")
    assert plugin is not None
    option = plugin.option("Syslog_Message_Key")
    assert option is not None
    assert (option.name, option.type) == ("syslog_message_key", "str")


def test_an_address_names_the_plugin_before_it() -> None:
    assert plugins.lookup("4.2.8", "output", "syslog://127.0.0.1:1514") is not None
    assert plugins.lookup("4.2.8", "filter", "grep://x") is None


def test_each_version_has_its_own() -> None:
    assert plugins.lookup("1.9.10", "input", "udp") is None
    assert plugins.lookup("4.2.8", "input", "udp") is not None
    assert plugins.newer_plugin("input", "udp", "1.9.10") == "4.2.8"


@pytest.mark.parametrize(
    ("plugin", "option", "version", "expected"),
    [
        ("syslog", "syslog_hostname_preset", "1.9.10", "4.2.8"),
        ("kinesis_streams", "compression", "4.2.8", "5.0.9"),
        ("kinesis_streams", "compression", "5.0.9", ""),
        ("syslog", "nonsense", "1.9.10", ""),
        ("syslog", "net.max_worker_connections", "1.9.10", "4.2.8"),
    ],
)
def test_the_version_that_has_it(plugin: str, option: str, version: str, expected: str) -> None:
    assert plugins.newer("output", plugin, option, version) == expected


def test_aws_adds_to_1_9_10_alone() -> None:
    plain = plugins.lookup("1.9.10", "output", "cloudwatch_logs")
    aws = plugins.lookup("1.9.10", "output", "cloudwatch_logs", aws=True)
    assert plain is not None
    assert aws is not None
    assert plain.option("add_entity") is None
    assert aws.option("add_entity") is not None


def test_go_plugins_exist_when_they_are_loaded() -> None:
    assert plugins.lookup("1.9.10", "output", "cloudwatch") is None
    loaded = plugins.lookup("1.9.10", "output", "cloudwatch", go=["cloudwatch"])
    assert loaded is not None
    assert loaded.go
    assert not loaded.strict
    assert plugins.same_as("firehose") == "kinesis_firehose"
    other = plugins.lookup("1.9.10", "output", "newrelic", go=["newrelic"])
    assert other is not None
    assert other.options == {}


def test_a_beginning_stands_for_many_options() -> None:
    kafka = plugins.lookup("1.9.10", "output", "kafka")
    assert kafka is not None
    assert kafka.option("rdkafka.acks") is not None
    assert kafka.option("rdkafka.") is None


def test_words_and_repetition() -> None:
    rewrite = plugins.lookup("4.2.8", "filter", "rewrite_tag")
    assert rewrite is not None
    rule = rewrite.options["rule"]
    assert (rule.words, rule.multiple, rule.validated) == (4, True, True)
    cloudwatch = plugins.lookup("4.2.8", "output", "cloudwatch_logs")
    assert cloudwatch is not None
    assert not cloudwatch.options["auto_create_group"].validated


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Syslog_MessageKey", "syslog_message_key"),
        ("delivery_steam", "delivery_stream"),
        ("qwerty", ""),
    ],
)
def test_suggestions(word: str, expected: str) -> None:
    assert plugins.suggest(word, ["syslog_message_key", "delivery_stream", "region"]) == expected


def test_a_version_without_tables_has_those_of_the_newest() -> None:
    assert plugins.table_version("6.0.0") == "5.0.9"


@pytest.mark.parametrize("path", sorted(DATA.glob("fluent_bit_*.json")), ids=lambda path: path.name)
def test_tables_name_source_date_and_script(path: Path) -> None:
    table = json.loads(path.read_text("utf-8"))
    assert table["source"].startswith("https://")
    assert len(table["date"]) == 10
    script = path.parent.parent.parent / table["script"]
    assert script.is_file()
