from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fargate_lint.launch import Launch, launch_of, simulate
from fargate_lint.launch.permissions import permissions
from fargate_lint.source.unknown import Unknown
from tests.build import container, parsed, router, task

if TYPE_CHECKING:
    from fargate_lint.launch.pipeline import Pipeline

PROGRAM = "/fluent-bit/bin/fluent-bit"
SOCKET = "[INPUT]\n    Name forward\n    unix_path /var/run/fluent.sock\n"


def launch(
    includes: dict[str, str] | None = None, options: dict[str, str] | None = None, **router: Any
) -> Launch:
    containers = [
        {
            "name": "web",
            "image": "app:1",
            "logConfiguration": {"logDriver": "awsfirelens", "options": {"Name": "stdout"}},
        },
        {
            "name": "log_router",
            "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.9",
            "firelensConfiguration": {"type": "fluentbit", "options": options or {}},
            **router,
        },
    ]
    files = {path: (path.rpartition("/")[2], text) for path, text in (includes or {}).items()}
    return simulate(parsed(task(*containers)), includes=files)


def pipeline(includes: dict[str, str] | None = None, **more: Any) -> Pipeline:
    found = launch(includes, **more).pipeline
    assert found is not None
    return found


def reached(found: Pipeline) -> list[tuple[str, bool, list[int]]]:
    return [
        (flow.tag.partition("-")[0], flow.listened, flow.route.outputs)
        for flow in (*found.flows(), *found.other_flows())
    ]


def included(path: str) -> dict[str, str]:
    return {"config-file-type": "file", "config-file-value": path}


def test_containers_send_to_the_socket_and_inputs_have_tags_of_their_own() -> None:
    assert reached(pipeline()) == [("web", True, [1]), ("firelens", True, [0])]


def test_an_input_without_a_tag_has_its_name_for_one() -> None:
    found = pipeline(command=[PROGRAM, "-i", "cpu", "-o", "stdout", "-m", "cpu.*"])
    assert [flow.tag for flow in found.other_flows()] == ["cpu.0"]
    # Without `-c` nothing listens on the socket.
    assert reached(found) == [("web", False, []), ("cpu.0", True, [0])]
    assert found.text == ""


def test_a_tag_that_the_socket_s_input_sets_takes_the_sender_s_place() -> None:
    text = SOCKET + "    Tag all\n[OUTPUT]\n    Name null\n    Match all\n"
    found = pipeline({"/c.conf": text}, command=[PROGRAM, "-c", "/c.conf"])
    (flow,) = found.flows()
    assert (flow.tag, flow.route.outputs) == ("all", [0])


def test_variables_are_replaced_where_records_are_routed() -> None:
    text = SOCKET + "@SET B=web-*\n[OUTPUT]\n    Name null\n    Match ${B}\n"
    found = pipeline({"/c.conf": text}, command=[PROGRAM, "-c", "/c.conf"])
    assert reached(found) == [("web", True, [0])]
    variable = [{"name": "B", "value": "web-*"}]
    text = text.replace("@SET B=web-*\n", "")
    found = pipeline({"/c.conf": text}, command=[PROGRAM, "-c", "/c.conf"], environment=variable)
    assert reached(found) == [("web", True, [0])]


def test_service_sections_are_one_in_which_the_last_value_counts() -> None:
    text = "[SERVICE]\n    Flush 5\n    Grace 1\n[SERVICE]\n    FLUSH 2\n"
    found = pipeline(
        {"/extra.conf": text},
        options=included("/extra.conf"),
        command=[PROGRAM, "-f", "9", "-c", "/fluent-bit/etc/fluent-bit.conf"],
    )
    assert [(entry.key, entry.text) for entry in found.settings.entries] == [
        ("FLUSH", "2"),
        ("Grace", "1"),
    ]


def test_parsers_are_known_when_all_files_are() -> None:
    text = "[SERVICE]\n    Parsers_File p.conf\n"
    parsers = "[PARSER]\n    Name j\n    Format json\n"
    found = pipeline(
        {"/extra.conf": text, "/fluent-bit/etc/p.conf": parsers}, options=included("/extra.conf")
    )
    assert list(found.parsers() or ()) == ["j"]
    assert pipeline({"/extra.conf": text}, options=included("/extra.conf")).parsers() is None


def test_of_two_parsers_of_one_name_the_first_counts() -> None:
    found = pipeline(
        {
            "/extra.conf": "[SERVICE]\n    Parsers_File p.conf\n    Parsers_File q.conf\n",
            "/fluent-bit/etc/p.conf": "[PARSER]\n    Name a\n    Format json\n",
            "/fluent-bit/etc/q.conf": (
                "[PARSER]\n    Name a\n    Format ltsv\n[PARSER]\n    Name b\n    Format logfmt\n"
            ),
        },
        options=included("/extra.conf"),
    )
    forms = {name: parser.form for name, parser in (found.parsers() or {}).items()}
    assert forms == {"a": "json", "b": "logfmt"}


def test_a_secret_of_a_log_driver_is_a_variable_with_the_number_of_its_container() -> None:
    secret = {"name": "apikey", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/key"}
    sent = {"logDriver": "awsfirelens", "options": {"Name": "datadog"}, "secretOptions": [secret]}
    found = simulate(parsed(task(container("web", logConfiguration=sent), router())))
    assert isinstance(found.environment["apikey_0"], Unknown)
    assert "apikey_1" not in found.environment
    assert found.pipeline is not None
    assert [each.text for each in found.pipeline.outputs[-1].all("apikey")] == ["${apikey_0}"]


def test_a_folder_that_is_given_is_whole() -> None:
    files = {"/extra/": "", "/extra/a.conf": "[OUTPUT]\n    Name null\n    Match *\n"}
    found = pipeline(files, options=included("/extra/*.conf"))
    assert found.complete
    assert len(found.outputs) == 3
    found = pipeline(files, options=included("/extra/b.conf"))
    assert [problem.kind for problem in found.problems] == ["include-missing"]
    found = pipeline(files, options=included("/other/*.conf"))
    assert [path for path, _ in found.unseen] == ["/other/*.conf"]
    assert not found.complete


def test_the_generated_file_that_includes_itself_is_refused() -> None:
    found = pipeline(options=included("/fluent-bit/etc/fluent-bit.conf"))
    assert not found.starts
    assert [problem.kind for problem in found.problems] == ["include-twice"]


def test_the_launcher_reads_a_file_that_is_given() -> None:
    found = launch(
        {"/own.conf": SOCKET + "# mine\n"},
        entryPoint=["/var/alertlogic/lib/fluent-bit/fluent-launch"],
        command=["-c", "/own.conf", "-i", "Mem_Buf_Limit", "5M", "--"],
    )
    assert found.pipeline is not None
    assert found.pipeline.text == SOCKET + "    Mem_Buf_Limit 5M\n# mine\n"
    assert [entry.origin for entry in found.pipeline.inputs[0].entries] == [
        ("/own.conf", None, 2),
        ("/own.conf", None, 3),
        ("task.json", ("containerDefinitions", 1, "command", 4), None),
    ]


def test_each_version_has_a_launch_of_its_own() -> None:
    task = launch().task
    versions = [launch_of(task, version).table for version in (None, "1.9.10", "4.2.8", "1.9.10")]
    assert versions == ["5.0.9", "1.9.10", "4.2.8", "1.9.10"]
    assert permissions(task, "1.9.10") is not permissions(task, "4.2.8")


def problems(found: Pipeline) -> list[tuple[str, Any]]:
    return [
        (problem.kind, problem.origin and problem.origin.path)
        for problem in found.problems
        if problem.fatal
    ]


def word(index: int) -> tuple[str | int, ...]:
    return ("containerDefinitions", 1, "command", index)


def test_a_parser_file_on_the_command_line_is_read_as_the_program_reads_it() -> None:
    files = {"/p.conf": "[PARSER]\n    Name broken\n    Format regex\n"}
    command = [PROGRAM, "-R", "/p.conf", "-c", "/fluent-bit/etc/fluent-bit.conf"]
    old = launch(files, command=command)
    old.version = "1.9.10"
    assert old.pipeline is not None
    assert problems(old.pipeline) == [("parsers-refused", word(2))]
    # Newer versions print the fault and go on.
    assert problems(pipeline(files, command=command)) == []


def test_what_is_missing_from_a_folder_that_is_given_ends_the_start() -> None:
    files = {"/own/": "", "/own/a.conf": SOCKET}
    found = pipeline(files, command=[PROGRAM, "-c", "/own/b.conf"])
    assert problems(found) == [("config-missing", word(2))]
    assert found.lines is None
    found = pipeline(files, command=[PROGRAM, "-R", "/own/p.conf", "-c", "/own/a.conf"])
    assert problems(found) == [("parsers-missing", word(2))]
    # The folder was given for its texts: a library may be there all the same.
    found = pipeline(files, command=[PROGRAM, "-e", "/own/x.so", "-c", "/own/a.conf"])
    assert problems(found) == []


def test_a_relative_path_begins_in_the_working_directory() -> None:
    found = pipeline({"/own/a.conf": SOCKET}, command=[PROGRAM, "-w", "/own", "-c", "a.conf"])
    assert found.text == SOCKET
    assert found.files.folder == "/own"


def test_words_that_are_not_known_do_not_hide_the_file_that_firelens_writes() -> None:
    found = pipeline(image="registry/own-router:1")
    assert not found.complete
    assert reached(found) == [("web", True, [1]), ("firelens", True, [0])]


def test_a_flow_tells_who_sends_and_which_input_takes_it() -> None:
    found = launch()
    assert found.pipeline is not None
    (sent,), others = found.pipeline.flows(), found.pipeline.other_flows()
    assert sent.container is found.task.containers[0]
    assert (sent.input, [flow.container for flow in others]) == (0, [None])
    assert (found.pipeline.lens, found.pipeline.path) == (
        found.task.lens, ("containerDefinitions", 1),
    )  # fmt: skip


def test_what_nothing_listens_to_goes_nowhere() -> None:
    found = pipeline({"/c.conf": "[OUTPUT]\n    Name null\n    Match *\n"},
                     command=[PROGRAM, "-c", "/c.conf"])  # fmt: skip
    (flow,) = found.flows()
    route = flow.route
    assert (flow.listened, flow.container is not None, flow.tag) == (False, True, route.tag)
    assert (route.filters, route.outputs) == ([], [])


def test_replaced_variables_keep_names_and_origins_of_their_sections() -> None:
    text = SOCKET + "@SET B=web-*\n[OUTPUT]\n    Name null\n    Match   ${B}\n"
    found = pipeline({"/c.conf": text}, command=[PROGRAM, "-c", "/c.conf"])
    (before,) = found.outputs
    (after,) = found.expanded([before])
    assert (after.name, after.origin) == (before.name, before.origin)
    assert [
        (entry.key, entry.value, entry.origin, entry.gap) for entry in after.entries
    ] == [
        ("Name", "null", before.entries[0].origin, before.entries[0].gap),
        ("Match", "web-*", before.entries[1].origin, before.entries[1].gap),
    ]  # fmt: skip
    assert {entry.origin for entry in after.entries}.isdisjoint({None})
