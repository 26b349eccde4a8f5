"""Files with many of something, to see how the time grows with it."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ROUTER = {
    "name": "log_router",
    "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
    "firelensConfiguration": {"type": "fluentbit"},
}
GROUP = {"Name": "cloudwatch", "region": "us-east-1", "log_group_name": "a", "log_key": "log"}
INPUT = "[INPUT]\n    Name cpu\n    Tag {}\n"
OUTPUT = "[OUTPUT]\n    Name stdout\n    Match {}\n"


def task(*containers: dict[str, Any]) -> str:
    """A task definition with some containers, in JSON."""
    return json.dumps({
        "family": "shop", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
        "cpu": "1024", "memory": "2048", "executionRoleArn": "arn:aws:iam::111122223333:role/e",
        "containerDefinitions": containers,
    })  # fmt: skip


def container(index: int = 0, **members: Any) -> dict[str, Any]:
    """A container, named by its index."""
    return {"name": f"c{index}", "image": "nginx:1.27", **members}


def logs(**options: str) -> dict[str, Any]:
    """A container's member that sends its logs to an output with these options."""
    return {"logConfiguration": {"logDriver": "awsfirelens", "options": options}}


def waits(index: int, *others: int) -> dict[str, Any]:
    """A container that waits for others."""
    awaited = [{"containerName": f"c{other}", "condition": "START"} for other in others]
    return container(index, dependsOn=awaited)


def variables(count: int, name: str, value: str) -> str:
    """A task whose container has so many variables, `{}` in name and value being their index."""
    made = [{"name": name.format(n), "value": value.format(n)} for n in range(count)]
    return task(container(environment=made))


def launched(words: list[str]) -> str:
    """A task whose router is started by the launcher with these words."""
    return task({**ROUTER, "entryPoint": ["/var/alertlogic/lib/fluent-launch"], "command": words})


def filtered(head: str, line: str, count: int) -> str:
    """A configuration with a filter that has so many lines, `{}` in each being its index."""
    lines = "".join(f"    {line.format(n)}\n" for n in range(count))
    return f"{INPUT.format('a')}[FILTER]\n    {head}\n    Match *\n{lines}{OUTPUT.format('*')}"


#: Names of the kinds that a quick run measures.
MAIN = {
    "containers", "containers with a finding", "unknown members of a container", "documents",
    "variables that are secret", "tasks of an array", "sections",
}  # fmt: skip
#: Name, how many, the file's name, its text for so many, and more words of the command line.
KINDS: list[tuple[str, int, str, Callable[[int], str], str]] = [
    ("containers", 300, "t.json", lambda n: task(*map(container, range(n))), ""),
    ("containers with a finding", 300, "t.json", lambda n: task(ROUTER, *(container(i, **logs(**{**GROUP, "log_group_name": "a b"})) for i in range(n))), ""),
    ("fixes", 250, "t.json", lambda n: task(*(container(i, logConfiguration={"logDriver": "awslogs", "options": {"awslogs-stream-prefix": i}}) for i in range(n))), "--diff --unsafe-fixes"),
    ("unknown members of a container", 1500, "t.json", lambda n: task(container(**{f"zz{i}": 1 for i in range(n)})), ""),
    ("containers of one name", 1000, "t.json", lambda n: task(*(container() for _ in range(n))), ""),
    ("containers with firelensConfiguration", 500, "t.json", lambda n: task(*({**ROUTER, "name": f"r{i}"} for i in range(n))), ""),
    ("dependsOn: a cycle", 500, "t.json", lambda n: task(*(waits(i, (i + 1) % n) for i in range(n))), ""),
    ("dependsOn: a ladder", 500, "t.json", lambda n: task(*(waits(i, *range(max(0, 2 * (i // 2) - 2), 2 * (i // 2))) for i in range(n))), ""),
    ("dependsOn: to nowhere", 1000, "t.json", lambda n: task(*(waits(i, n + i) for i in range(n))), ""),
    ("volumesFrom: to nowhere", 1000, "t.json", lambda n: task(*(container(i, volumesFrom=[{"sourceContainer": "no"}]) for i in range(n))), ""),
    ("variables", 6000, "t.json", lambda n: variables(n, "A{}", "x"), ""),
    ("variables of one name", 1500, "t.json", lambda n: variables(n, "A", "x"), ""),
    ("variables that are secret", 1000, "t.json", lambda n: variables(n, "PASSWORD{}", "s3cr3tV4lue{}x"), ""),
    ("templates in values", 4000, "t.json", lambda n: variables(n, "A{}", "${{var.x}}"), ""),
    ("log options that are unknown", 2000, "t.json", lambda n: task(ROUTER, container(**logs(**GROUP, **{f"zork{i}": "v" for i in range(n)}))), ""),
    ("log options that are misspelled", 1500, "t.json", lambda n: task(ROUTER, container(**logs(**{f"regoin{i}": "x" for i in range(n)}, Name="cloudwatch"))), ""),
    ("words of the launcher that are unknown", 4000, "t.json", lambda n: launched([f"--zork{i}" for i in range(n)]), ""),
    ("outputs in the command", 1500, "t.json", lambda n: launched(["--", *(word for _ in range(n) for word in ("-o", "stdout", "-m", "*"))]), ""),
    ("tasks of an array", 400, "t.json", lambda n: f"[{','.join([task(container())] * n)}]", ""),
    ("documents", 2000, "t.yaml", lambda n: "---\nfamily: x\ncontainerDefinitions:\n- name: a\n  image: b\n" * n, ""),
    ("aliases", 1000, "t.yaml", lambda n: "family: x\na: &a {name: web, image: b, memory: 5}\ncontainerDefinitions:\n" + "- *a\n" * n, ""),
    ("quotes", 16000, "t.json", lambda n: '{"family": ' + '"' * n, ""),
    ("words without quotes", 16000, "t.json", lambda n: '{"family": ' + "x " * n, ""),
    ("sections", 700, "t.conf", lambda n: "".join(INPUT.format(f"a{i}") + OUTPUT.format(f"a{i}") for i in range(n)), ""),
    ("rules of rewrite_tag", 1000, "t.conf", lambda n: filtered("Name rewrite_tag", "Rule $log ^x{0}$ b{0} true", n), ""),
    ("filters of rewrite_tag, a ladder", 700, "t.conf", lambda n: INPUT.format("t0") + "".join(f"[FILTER]\n    Name rewrite_tag\n    Match t{i}\n    Rule $log ^x$ t{i + 1} false\n" for i in range(n)) + OUTPUT.format("*"), ""),
    ("lines of a filter", 6000, "t.conf", lambda n: filtered("Name modify", "Add k{} v", n), ""),
]  # fmt: skip
