"""Changes of a document by which facts move to where a gate may not look for them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fargate_lint.launch.launcher import RECOMMENDED
from fargate_lint.source.document import Document
from fargate_lint.source.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    #: Changes the value that it is given, or returns another.
    Edit = Callable[[Any], Any]

SECRET = "arn:aws:ssm:us-east-1:111122223333:parameter/shop"


def changed(document: Document, edit: Edit) -> Document | None:
    """The document without its faults after an edit of its value, None if nothing changes."""
    value = edit(_copy(document.value))
    if value == document.value and not document.faults:
        return None
    return Document(document.name, document.syntax, document.text, value, partial=document.partial)


def without(names: Collection[str]) -> Edit:
    """Takes out all members with one of the names."""

    def edit(value: Any) -> Any:
        for each in _objects(value):
            for name in each.keys() & names:
                del each[name]
        return value

    return edit


def in_capitals(names: Collection[str]) -> Edit:
    """Writes the names of members in capitals."""

    def edit(value: Any) -> Any:
        for each in _objects(value):
            members = {key.upper() if key in names else key: it for key, it in each.items()}
            each.clear()
            each.update(members)
        return value

    return edit


def from_template(names: Collection[str]) -> Edit:
    """Replaces the objects that have such members by a placeholder."""

    def edit(value: Any) -> Any:
        for each in _objects(value):
            for key, inner in each.items():
                if isinstance(inner, dict) and inner.keys() & names:
                    each[key] = Unknown("${template}")
        return value

    return edit


def from_secrets(names: Collection[str] = ()) -> Edit:
    """Moves log options and variables of these names, or all, to `secretOptions` and `secrets`."""

    def edit(value: Any) -> Any:
        for each in _objects(value):
            options = each.get("options")
            if "logDriver" in each and isinstance(options, dict):
                moved = [name for name in options if name in names or not names]
                each["options"] = {name: options[name] for name in options if name not in moved}
                each["secretOptions"] = [*each.get("secretOptions", ()), *map(_secret, moved)]
            if "environment" in each and not names:
                moved = [item["name"] for item in _objects(each["environment"]) if "name" in item]
                each["secrets"] = [*(each.get("secrets") or ()), *map(_secret, moved)]
                del each["environment"]
        return value

    return edit


def options_as_words(value: Any) -> Any:
    """Moves the outputs of applications to the router's command."""
    for containers in _containers(value):
        for router in (each for each in containers if isinstance(each.get("command"), list)):
            for logs in _firelens(containers):
                options = logs.pop("options")
                words = [f"{key}={text}" for key, text in options.items() if key != "Name"]
                properties = [word for each in words for word in ("-p", each)]
                router["command"] += ["-o", options.get("Name", "null"), "-m", "*", *properties]
            break
    return value


def words_as_options(value: Any) -> Any:
    """Gives each application the outputs of the router's command, which becomes the vendor's."""
    for containers in _containers(value):
        for router in (each for each in containers if isinstance(each.get("command"), list)):
            words = [word for word in router["command"] if isinstance(word, str)]
            name = dict(pairwise(words)).get("-o")
            pairs = [word.partition("=") for word in words if "=" in word]
            for logs in _firelens(containers) if name else ():
                logs["options"] = {"Name": name, **{key: text for key, _, text in pairs}}
            router["command"] = list(RECOMMENDED)
    return value


def to_another_host(value: Any) -> Any:
    """Sends what applications send to a host of its own."""
    for containers in _containers(value):
        for logs in _firelens(containers):
            host = next((key for key in logs["options"] if key.lower() == "host"), "Host")
            logs["options"][host] = "logs.example.com"
    return value


def recommended(value: Any) -> Any:
    """Gives a launcher the vendor's own command."""
    for each in _objects(value):
        if "entryPoint" in each:
            each["command"] = list(RECOMMENDED)
    return value


def in_entry_point(value: Any) -> Any:
    """Moves a command to the entry point."""
    for each in _objects(value):
        if isinstance(each.get("entryPoint"), list) and isinstance(each.get("command"), list):
            each["entryPoint"] += each.pop("command")
    return value


def without_agent(value: Any) -> Any:
    """Takes out the agent and the launcher, and leaves what applications send."""
    for each in _objects(value):
        if "agent" in str(each.get("image")):
            each["image"] = "shop:1"
        each.pop("entryPoint", None)
    return value


def containers_alone(value: Any) -> Any:
    """Leaves the container definitions of a task."""
    return next(_containers(value), value)


def one_container(value: Any) -> Any:
    """Leaves the first container definition of a task that has log options."""
    logging = (each for found in _containers(value) for each in found if "logConfiguration" in each)
    return next(logging, value)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *_objects(list(value.values()))]
    return [found for each in value for found in _objects(each)] if isinstance(value, list) else []


def _containers(value: Any) -> Iterator[list[dict[str, Any]]]:
    for each in _objects(value):
        found = each.get("containerDefinitions")
        if isinstance(found, list):
            yield [container for container in found if isinstance(container, dict)]


def _firelens(containers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The log configurations with options that FireLens reads."""
    return [
        each
        for each in _objects(containers)
        if each.get("logDriver") == "awsfirelens" and isinstance(each.get("options"), dict)
    ]


def _secret(name: str) -> dict[str, str]:
    return {"name": name, "valueFrom": SECRET}
