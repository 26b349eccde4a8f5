"""What plug-ins refuse, by their sources: each group names the file of Fluent Bit that says so."""

from __future__ import annotations

from typing import Any

import pytest

from fargate_lint.launch.configuration import load
from fargate_lint.launch.plugins import VERSIONS
from fargate_lint.launch.startup import Circumstances, judge

OLD, MIDDLE, NEW = VERSIONS
EVERY = (OLD, MIDDLE, NEW)
LATER = (MIDDLE, NEW)


def section(name: str, *lines: str) -> str:
    return f"[{name}]\n" + "".join(f"    {line}\n" for line in lines)


DUMMY = section("INPUT", "Name dummy", "Tag x")
NULL = section("OUTPUT", "Name null", "Match *")


def refusals(text: str, version: str, **given: Any) -> list[str]:
    found = judge(load(text, version=version), Circumstances(version, **given))
    return [problem.said for problem in found if problem.fatal]


def check(text: str, said: str, versions: tuple[str, ...], **given: Any) -> None:
    for version in EVERY:
        found = refusals(text, version, **given)
        if version in versions:
            assert any(said in one for one in found), (version, found)
        else:
            assert found == [], version


@pytest.mark.parametrize(
    ("options", "said", "versions"),
    [
        # plugins/out_loki/loki.c
        ("loki|labels a", "invalid key value pair on 'a'", EVERY),
        ("loki|labels a=b", "", ()),
        ("loki|labels $1x", "key name for record accessor cannot start with a number", EVERY),
        ("loki|label_keys a", "invalid label key, the name must start with '$'", EVERY),
        ("loki|label_keys $a['b'", "", EVERY),
        ("loki|line_format yaml", "invalid 'line_format' value: yaml", EVERY),
        ("loki|line_format KEY_VALUE", "", ()),
        # A boolean in 1.9, which knows nothing of the two that follow either.
        ("loki|drop_single_key raw", "", (OLD,)),
        ("loki|drop_single_key maybe", "drop_single_key", EVERY),
        ("loki|tenant_id_key_error_handling x", "tenant_id_key_error_handling", EVERY),
        ("loki|structured_metadata a", "", EVERY),
        ("loki|structured_metadata a=b", "", (OLD,)),
        # plugins/out_splunk/splunk_conf.c
        ("splunk|splunk_token t|event_key log", "it must start with '$'", EVERY),
        ("splunk|splunk_token t|event_key $log", "", ()),
        ("splunk|splunk_token t|event_host $a['b", "event_key pattern", EVERY),
        ("splunk|splunk_token t|http_buffer_size lots", "invalid 'buffer_size' value", EVERY),
        ("splunk", "either splunk_token or http_user should be set", EVERY),
        # plugins/out_es/es_conf.c, plugins/out_opensearch/os_conf.c
        ("es|write_operation replace", "wrong Write_Operation", EVERY),
        ("es|write_operation UPSERT|id_key k", "", ()),
        ("es|write_operation upsert", "Id_Key or Generate_Id must be set", EVERY),
        ("es|write_operation update|generate_id off", "Id_Key or Generate_Id must be set", EVERY),
        ("opensearch|write_operation update", "id_key or generate_id must be set", EVERY),
        ("es|logstash_prefix_key $a['b", "invalid logstash_prefix_key pattern", EVERY),
        ("es|aws_auth on", "aws_auth enabled but aws_region not set", EVERY),
        # plugins/out_file/file.c: its name for JSON is `out_file`
        ("file|format json", "unknown format json. abort.", EVERY),
        ("file|format OUT_FILE", "", ()),
        ("file|format template", "", ()),
        # plugins/out_opentelemetry/opentelemetry_conf.c, out_prometheus_exporter/prom.c
        ("opentelemetry|compress lz4", "ompress", EVERY),
        ("opentelemetry|add_label a", "'add_label' expects a key and a value", EVERY),
        ("prometheus_exporter|add_label a b", "", ()),
        ("prometheus_exporter|add_label a", "'add_label' expects a key and a value", EVERY),
        # plugins/out_http/http_conf.c
        ("http|body_key $a", "when setting body_key, headers_key is also required", EVERY),
        ("http|headers_key $a", "when setting headers_key, body_key is also required", EVERY),
        ("http|proxy host:80", "could not parse proxy parameter: 'host:80'", EVERY),
        ("http|proxy http://host:80", "", ()),
        # plugins/out_azure, out_azure_blob, out_slack, out_td, out_datadog
        ("azure|customer_id c", "property 'shared_key' is not defined", EVERY),
        ("azure_blob|account_name a", "'container_name' has not been set", EVERY),
        ("slack", "the 'webhook' address has not been defined", EVERY),
        ("td|api k|database d", "error reading Table name", EVERY),
        ("datadog|apikey k|proxy host", "could not parse proxy parameter", EVERY),
        # plugins/out_logdna/logdna.c, out_azure_kusto, out_azure_logs_ingestion
        ("logdna", "no `api_key` was set, this is a mandatory property", EVERY),
        ("azure_kusto|table_name t|database_name d", "", EVERY),
        ("azure_logs_ingestion|client_id c", "", EVERY),
        # plugins/out_s3/s3.c
        ("s3|bucket b|json_date_format x", "invalid json_date_format 'x'", EVERY),
        ("s3|bucket b|total_file_size 60G", "Max total_file_size is", EVERY),
        ("s3|bucket b|upload_chunk_size 60M", "Max upload_chunk_size is 50MB", EVERY),
        ("s3|bucket b|total_file_size 200M|upload_chunk_size 60M|compression gzip", "", ()),
        ("s3|bucket b|total_file_size 2G|use_put_object on", "Max total_file_size is", EVERY),
        # flb_config_map.c: an option that is a prefix needs more after it, once for each name
        ("kafka|brokers b|rdkafka.acks 1|rdkafka.acks 2", "", EVERY),
        ("kafka|brokers b|rdkafka.acks 1|rdkafka.linger.ms 2", "", ()),
        ("kafka|brokers b|rdkafka. 1", "", EVERY),
    ],
)
def test_outputs(options: str, said: str, versions: tuple[str, ...]) -> None:
    name, *rest = options.split("|")
    region = ["region eu-west-1"] if name == "s3" else []
    check(DUMMY + section("OUTPUT", f"Name {name}", "Match *", *region, *rest), said, versions)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("kinesis|stream s|partition_key log", "'log' cannot be set as the partition key"),
        ("kinesis|stream s|experimental_concurrency 11", "Invalid 'experimental_concurrency'"),
        ("kinesis|stream s|experimental_concurrency 10", ""),
        ("kinesis|stream s|compression zip", "Invalid 'compression' value (zip) specified"),
        ("kinesis|stream s|compression GZIP", ""),
        ("cloudwatch|log_group_name a$(b|log_stream_name s", 'Cannot find end tag=")"'),
        ("cloudwatch|log_group_name a$(b)|log_stream_name s", ""),
    ],
)
def test_go_plugins_of_aws(options: str, said: str) -> None:
    # https://github.com/aws/amazon-kinesis-streams-for-fluent-bit, amazon-cloudwatch-logs-for-...
    name, *rest = options.split("|")
    text = DUMMY + section("OUTPUT", f"Name {name}", "Match *", "region eu-west-1", *rest)
    check(text, said, EVERY if said else (), go=[name])


@pytest.mark.parametrize(
    ("options", "said", "versions"),
    [
        # plugins/filter_modify/modify.c and flb_slist_split_tokens (src/flb_slist.c)
        ('modify|Set a "b c', "", LATER),
        ("modify|Set a (", "", LATER),
        # plugins/filter_grep/grep.c: the field becomes a record accessor, with its `$`
        ("grep|Regex a['b x", "invalid record accessor? '$a['b'", EVERY),
        ("grep|Regex a['b'] x", "", ()),
        # plugins/filter_rewrite_tag/rewrite_tag.c
        ("rewrite_tag|Rule $log x $a['b false", "could not compose tag: $a['b", EVERY),
        ("rewrite_tag|Rule $log x new.$a['b'] false", "", ()),
        # plugins/filter_geoip2/geoip2.c
        ("geoip2|lookup_key a|record a b c", "no geoip2 database has been loaded", EVERY),
        ("geoip2|database /x|record a b c", "at least one lookup_key is required", EVERY),
        # plugins/filter_log_to_metrics/log_to_metrics.c; 1.9 has no such filter
        ("log_to_metrics", "", EVERY),
        ("log_to_metrics|metric_name n|metric_description d|tag t", "", (OLD,)),
        ("log_to_metrics|metric_name n|metric_description d|tag t|metric_mode sum", "", EVERY),
        ("log_to_metrics|metric_name n|metric_description d|tag t|metric_mode gauge", "", EVERY),
        # src/flb_filter.c: from 4.x a filter that matches nothing is refused
        ("multiline|multiline.key_content log|multiline.parser JAVA", "", ()),
    ],
)
def test_filters(options: str, said: str, versions: tuple[str, ...]) -> None:
    name, *rest = options.split("|")
    check(DUMMY + section("FILTER", f"Name {name}", "Match *", *rest) + NULL, said, versions)


@pytest.mark.parametrize(
    ("name", "option", "said"),
    [
        # plugins/in_netif/in_netif.c, plugins/in_proc/in_proc.c
        ("netif", "interface eth0", "'interface' is not set"),
        ("proc", "proc_name x", "'proc_name' is not set"),
    ],
)
def test_inputs(name: str, option: str, said: str) -> None:
    check(section("INPUT", f"Name {name}") + NULL, said, EVERY)
    check(section("INPUT", f"Name {name}", option) + NULL, "", ())


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("300.1.1.1", True),
        ("1.2.3.4.5", True),
        ("127.0.0.256", True),
        ("127.0.0.1", False),
        ("127.1", False),
        ("2130706433", False),
        ("a-name", False),
        ("::1", False),
    ],
)
def test_addresses(address: str, refused: bool) -> None:
    """Nobody can listen at digits that are no address (getaddrinfo, src/flb_network.c)."""
    bad = section("INPUT", "Name tcp", f"Listen {address}") + NULL
    check(bad, f"could not bind address {address}:5170. Aborting", EVERY if refused else ())
    server = section("SERVICE", "HTTP_Server on", f"HTTP_Listen {address}") + DUMMY + NULL
    said = f"Failed to bind server socket to {address}:2020."
    check(server, said, (OLD, MIDDLE) if refused else ())
    check(server.replace("_Server on", "_Server off"), "", ())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nonsense", "tried to instance a plugin name that do"),
        ("calyptia", "configuration 'api_key' is missing"),
    ],
)
def test_custom_sections_know_one_plugin(name: str, said: str) -> None:
    """src/flb_config.c (configure_plugins_type) and plugins/custom_calyptia/calyptia.c."""
    check(section("CUSTOM", f"Name {name}") + DUMMY + NULL, said, EVERY)


def test_a_rewrite_of_everything_is_a_warning_however_it_is_written() -> None:
    rule = "Rule $log x new false"
    for match in ("*", "**"):
        text = DUMMY + section("FILTER", "Name rewrite_tag", f"Match {match}", rule) + NULL
        found = judge(load(text, version=MIDDLE), Circumstances(MIDDLE))
        assert len([problem for problem in found if not problem.fatal]) == 1, match
