from __future__ import annotations

import pytest

from fargate_lint.inputs.detect import is_fluent_bit, other, say_other, script
from fargate_lint.source.document import Document, Fault


def document(value: object = None, text: str = "", syntax: str = "yaml") -> Document:
    return Document("x", syntax, text, value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"pipeline": {"inputs": []}, "anything": 1}, True),
        ({"pipeline": {"filters": []}}, True),
        ({"pipeline": {"outputs": []}}, True),
        ({"pipeline": {"inputs": "tail"}}, False),
        ({"pipeline": {}}, False),
        ({"service": {"Log_Level": "info"}}, True),
        ({"service": {"flush": 1}, "env": {}, "includes": []}, True),
        ({"service": {"flush": 1}, "jobs": {}}, False),
        ({"service": {"port": 1}}, False),
        ({"parsers": [{"name": "a", "format": "json"}]}, True),
        ({"parsers": ["x", {"name": "a"}, {"name": "b", "format": "json"}]}, True),
        ({"multiline_parsers": [{"name": "a", "rules": []}]}, True),
        ({"multiline_parsers": [{"rules": []}]}, False),
        ({"parsers": [{"format": "json"}]}, False),
        ({"parsers": {"name": "a", "format": "json"}}, False),
        ({"parsers": [{"name": "a", "format": "json"}], "jobs": {}}, False),
        ({}, False),
        (["pipeline"], False),
    ],
)
def test_yaml_of_fluent_bit_is_told_by_what_only_it_has(value: object, expected: bool) -> None:
    assert is_fluent_bit(document(value)) is expected
    assert not is_fluent_bit(document(value, syntax="json"))


def test_a_classic_configuration_is_always_one() -> None:
    assert is_fluent_bit(document(syntax="classic"))
    assert not is_fluent_bit(document(syntax="text"))


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("deploy.sh", b"set -e\naws ecs update-service \xff", True),
        ("DEPLOY.PS1", b"aws ecs x", True),
        ("bin/deploy", b"aws ecs x", True),
        ("folder.d/deploy", b"aws ecs x", True),
        ("Makefile.mk", b"aws ecs x", True),
        ("deploy.sh", b"aws s3 ls", False),
        ("deploy.sh", b"aws ecs", False),
        ("deploy.txt", b"aws ecs x", False),
        ("deploy", b'\n {"run": "aws ecs x"}', False),
        ("deploy", b'["aws ecs x"]', False),
    ],
)
def test_a_script_is_told_by_its_name_and_a_call_of_ecs(
    name: str, data: bytes, expected: bool
) -> None:
    found = script(name, data)
    assert (found is not None) is expected
    if found is not None:
        assert (found.name, found.syntax) == (name, "script")
        assert found.text == data.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"Resources": {}}, "a CloudFormation template"),
        ({"AWSTemplateFormatVersion": "2010-09-09"}, "a CloudFormation template"),
        (
            {"ContainerDefinitions": []},
            "a task definition with CloudFormation's member names",
        ),
        ({"Statement": []}, "an IAM policy"),
        ({"apiVersion": "v1", "kind": "Pod"}, "a Kubernetes manifest"),
        ([{"apiVersion": "v1", "kind": "Pod"}, 7], "a Kubernetes manifest"),
        ({"services": {}, "version": "3"}, "a Compose file"),
        ({"services": {}, "networks": {}}, "a Compose file"),
        ({"services": {}, "volumes": {}}, "a Compose file"),
        ({"serviceName": "web"}, "a service definition"),
        ({"serviceArn": "arn"}, "a service definition"),
        ({"tasks": []}, "a description of running tasks"),
        ({"taskArn": "arn"}, "a description of running tasks"),
        ({"services": []}, "a YAML file of another kind"),
        ({"apiVersion": "v1"}, "a YAML file of another kind"),
        ({"kind": "Pod"}, "a YAML file of another kind"),
        ({"version": "3"}, "a YAML file of another kind"),
        ({}, "a YAML file of another kind"),
        ([], "a YAML file"),
        ([7, {"Resources": {}}], "a YAML file"),
        ("words", "a YAML file"),
    ],
)
def test_what_a_file_seems_to_be(value: object, words: str) -> None:
    assert other(document(value)) == words
    assert other(document(value, syntax="json")) == words.replace("YAML", "JSON")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Unit]\nAfter=docker\n", "a unit of systemd"),
        ("\n  <match **>\n", "a Fluentd configuration"),
        ("server {\n}\n", "an nginx configuration"),
        ("[program:web]\n", "a supervisord configuration"),
        ("input {\n}\n", "a Logstash configuration"),
        ("[global]\na = 1\n", "an INI file"),
        ("Dear reader\n", "text"),
    ],
)
def test_what_a_text_seems_to_be(text: str, words: str) -> None:
    assert other(document(text=text, syntax="text")) == words


def test_a_file_that_is_something_else_is_a_fault_of_its_first_document() -> None:
    first, second = document([]), document({})
    first.faults = [Fault("comma", "a comma is missing", 3, 4)]
    say_other("notes.yaml", [first, second])
    (fault,) = first.faults
    assert (fault.kind, fault.fatal, fault.start, fault.end) == ("other", True, 0, 0)
    assert fault.message == "`notes.yaml` holds no task definition: it seems to be a YAML file"
    assert second.faults == []


def test_a_conf_of_something_else_is_no_configuration_of_fluent_bit() -> None:
    found = document(text="[global]\na = 1\n", syntax="text")
    say_other("php.conf", [found])
    assert found.faults[0].message == (
        "`php.conf` is no Fluent Bit configuration: it seems to be an INI file"
    )
    say_other("php.ini", [found])
    # One that can't be read at all stays what it is.
    assert found.faults[0].message.startswith("`php.conf`")


def test_what_is_not_text_keeps_its_own_words_under_any_name() -> None:
    found = document([])
    say_other("x.conf", [found])
    assert found.faults[0].message.startswith("`x.conf` holds no task definition")
