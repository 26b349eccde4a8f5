from __future__ import annotations

import pytest

from fargate_lint.ecs.meaning import Meaning


@pytest.mark.parametrize(
    ("key", "structure", "kind", "name", "owner"),
    [
        # The same name, another word for it, or one that is close to it.
        ("Log-Driver", "LogConfiguration", "spelling", "logDriver", ""),
        ("log_driver", "LogConfiguration", "spelling", "logDriver", ""),
        ("Env_From", "ContainerDefinition", "spelling", "environmentFiles", ""),
        ("mem-limit", "ContainerDefinition", "spelling", "memory", ""),
        ("hots", "Volume", "spelling", "host", ""),
        ("args", "Tag", "", "", ""),
        # A note to readers.
        ("_x", "Tag", "comment", "", ""),
        ("@x", "Tag", "comment", "", ""),
        ("#x", "Tag", "comment", "", ""),
        ("NOTE", "Tag", "comment", "", ""),
        # Something of another structure: of the task or a container, or of one or two others.
        ("cpu", "Tag", "place", "cpu", "the task"),
        ("Memory", "Tag", "place", "memory", "the task"),
        ("VALUE", "Tag", "spelling", "value", ""),
        ("NAME", "Tag", "place", "name", "a container"),
        ("options", "PortMapping", "place", "options", "`logConfiguration`"),
        ("softLimit", "Tag", "place", "softLimit", "`ulimits`"),
        ("type", "PortMapping", "", "", ""),
        # An option beside `options`.
        ("value", "LogConfiguration", "place", "value", "`options`"),
        ("Match", "FirelensConfiguration", "place", "Match", "`options`"),
        ("Match", "PortMapping", "", "", ""),
        ("desiredCount", "Tag", "service", "", ""),
    ],
)
def test_what_a_member_was_meant_to_be(
    key: str, structure: str, kind: str, name: str, owner: str
) -> None:
    meaning = Meaning(key, structure)
    assert (meaning.kind, meaning.name, meaning.owner) == (kind, name, owner)
