"""Reading, simulating and explaining without the command line."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from fargate_lint import Linter, Settings, Stop, explain, read, simulate

EXAMPLES = Path(__file__).parent.parent.parent / "fargate_lint" / "data" / "examples"
TEXT = (EXAMPLES / "agent.json").read_text()
DIED = "[2024/05/01 10:00:00] [error] [config] invalid property 'Retry_Limitt' in output plugin"


def test_a_file_has_documents_definitions_and_tasks() -> None:
    found = read("tasks.yaml", f"{TEXT}\n---\n{TEXT}")
    assert [document.syntax for document in found.documents] == ["yaml", "yaml"]
    assert [task.family for task in found.tasks] == ["shop", "shop"]
    assert [each.value["family"] for each in found.definitions] == ["shop", "shop"]
    assert found.definitions[1].document is found.documents[1]


def test_what_cannot_be_read_has_a_fault() -> None:
    found = read("task.json", b"\0\1")
    assert found.tasks == []
    assert any(fault.fatal for fault in found.documents[0].faults)


def test_a_launch_has_its_command_its_configuration_and_its_pipeline() -> None:
    [task] = read("task.json", TEXT).tasks
    launch = simulate(task)
    assert launch.final.text is not None
    assert launch.final.text.startswith("\n[INPUT]\n    Name forward\n")
    assert [word for word, _ in launch.argv][:1] == ["/fluent-bit/bin/fluent-bit"]
    assert launch.pipeline is not None
    assert launch.pipeline.version == "1.9.10"
    assert [output.first("Name").value for output in launch.pipeline.outputs] == ["syslog", "null"]  # type: ignore[union-attr]


def test_a_version_and_files_of_the_router_can_be_given() -> None:
    [task] = read("task.json", TEXT).tasks
    launch = simulate(task, fluent_bit="4.2", includes={"/extra.conf": "[OUTPUT]\n"})
    assert launch.version == "4.2.8"
    assert launch.includes == {"/extra.conf": ("/extra.conf", "[OUTPUT]\n")}


def test_a_line_is_followed_to_its_destination() -> None:
    launch = simulate(read("task.json", TEXT).tasks[0])
    journey = launch.trace("web", "hello", time=(1_700_000_000, 0))
    [delivery] = journey.deliveries
    assert delivery.text == (
        "<14>Nov 14 22:13:20 0123456789abcdef0123456789abcdef-1234567890 web[1]: hello\n"
    )
    assert [step.name for step in journey.steps] == ["record_modifier.0", "record_modifier.1"]
    again = launch.trace("web", record=json.dumps({"log": "hello"}), time=(1_700_000_000, 0))
    assert again.deliveries[0].text == "<14>Nov 14 22:13:20 hello\n"


def test_a_container_that_is_not_there_stops() -> None:
    launch = simulate(read("task.json", TEXT).tasks[0])
    with pytest.raises(Stop, match="there is no container `wob`"):
        launch.trace("wob", "hello")


def test_a_case_is_explained() -> None:
    stopped = {
        "tasks": [{"stoppedReason": "CannotPullContainerError: not found", "lastStatus": "STOPPED"}]
    }
    by_task = explain(tasks={"tasks.json": json.dumps(stopped)})
    assert by_task.verdicts[0].cause.id == "image-pull-failed"
    both = explain(read("task.json", TEXT).definitions, logs={"router.log": DIED})
    assert both.basis.definitions == [("task.json", "shop")]
    assert both.basis.lines == 1
    assert "Retry_Limitt" in both.headline


def test_nothing_to_explain_is_said_and_no_error() -> None:
    assert explain().headline == "Nothing was given that could be read."


def test_nothing_is_printed_and_neither_arguments_nor_environment_nor_folder_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Untouchable:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

    # Imports are read from the environment and the folder; what runs is not.
    explain(read("task.json", TEXT).definitions, logs={"a": DIED})
    settings = Settings()
    settings.fluent_bit = "1.9.10"

    def everything() -> None:
        for name, text in (
            ("task.json", TEXT.replace('"512"', "512")),
            ("task.yaml", TEXT),
            ("folder/fluent-bit.conf", "@INCLUDE other.conf\n[OUTPUT]\n    Name nothing\n"),
            ("deploy.sh", "aws ecs run-task --cluster a"),
            ("values.json", "{}"),
            ("broken.json", "{"),
        ):
            report = Linter(settings).check(name, text)
            report.fixed(unsafe=True)
            for task in read(name, text).tasks:
                launch = simulate(task)
                assert launch.final.text is not None
                launch.trace(task.containers[0].name, "hello")
            explain(report.definitions, logs={"a.log": DIED}, tasks={"b.json": "{}"})

    everything()

    def nowhere() -> str:
        raise FileNotFoundError

    output, errors = io.StringIO(), io.StringIO()
    with monkeypatch.context() as patch, redirect_stdout(output), redirect_stderr(errors):
        patch.setattr(sys, "argv", Untouchable())
        patch.setattr(os, "environ", Untouchable())
        patch.setattr(os, "getcwd", nowhere)
        everything()
    assert (output.getvalue(), errors.getvalue()) == ("", "")
