"""Write the option tables of Fluent Bit in `fargate_lint/data/fluent_bit_*.json`.

    python scripts/fluent_bit_tables.py CATALOGUE [--errors FILE]…

CATALOGUE is a folder with one `fluentbit-VERSION.json` a version (every input, filter and output
with its options: type, default, may be repeated), `aws-go-plugins.json`,
`aws-for-fluent-bit-2.x-delta.json` and `output-options-by-version.json` (options in the order in
which the plugin declares them). They come from the config maps in the sources and from what the
programs print for `-h` and `-J`: https://github.com/fluent/fluent-bit and
https://github.com/amazon-contributing/upstream-to-fluent-bit.

A JSON file given with `--errors` holds, somewhere below the name of a version, error lines that
the program printed: those about an unknown property list the allowed ones in order.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent.parent / "fargate_lint" / "data"
KINDS = ("inputs", "filters", "outputs")
ALLOWED = re.compile(
    r"\[config\] (\S+): unknown configuration property '.*?'\. "
    r"The following properties are allowed: ([^\n]*?, and [^\s,]+)\.(?=\s|$)"
)
# How a version of the declarations stands for the versions of the tables.
DECLARED = {"1.9.10": "v1.9.10", "4.2.8": "v4.2.2", "5.0.9": "v5.0.9"}

Order = dict[tuple[str, str], list[str]]


def option(described: dict[str, Any]) -> str:
    """One option as text: `TYPE`, `*` if it may be repeated, `?` if not validated, `=DEFAULT`."""
    text: str = described["type"]
    text += "*" if described.get("multiple") else ""
    text += "?" if described.get("validated") is False else ""
    default = described.get("default")
    return text if default is None else f"{text}={default}"


def in_order(options: dict[str, Any], declared: list[str]) -> dict[str, str]:
    """The options, those of a known place first and in that order."""
    places = {name.lower(): place for place, name in enumerate(declared)}
    names = sorted(options, key=lambda name: (places.get(name.lower(), len(places)), name.lower()))
    return {name: option(options[name]) for name in names if not options[name].get("http_server")}


def plugin(name: str, described: dict[str, Any], order: Order, version: str) -> dict[str, Any]:
    """What is kept of one plugin."""
    kept: dict[str, Any] = {}
    if not described["strict"]:
        kept["strict"] = False
    if described.get("private"):
        kept["private"] = True
    if described.get("in_build") is False:
        kept["in_build"] = False
    if described.get("http_server"):
        kept["http_server"] = True
    if described.get("host_port"):
        kept["address"] = True
    if isinstance(described.get("default_port"), int):
        kept["host"] = described["default_host"]
        kept["port"] = described["default_port"]
    if described.get("tls", "unsupported") != "unsupported":
        kept["tls"] = described["tls"]
    flags = described.get("flags", 0)
    if flags & 2048:
        kept["network"] = "server"
    elif flags & 4:
        kept["network"] = "client"
    kept["options"] = in_order(described["options"], order.get((version, name), []))
    return kept


def orders(folder: Path, errors: list[Path]) -> Order:
    """The options of plugins in the order in which they are declared, as far as that is known."""
    found: Order = {}
    described = json.loads((folder / "output-options-by-version.json").read_text("utf-8"))
    for name, versions in described["plugins"].items():
        for version, key in DECLARED.items():
            options = versions.get("versions", {}).get(key)
            if options:
                found[version, name] = list(options)
    for path in errors:
        for version, text in said(json.loads(path.read_text("utf-8")), ""):
            for match in ALLOWED.finditer(text):
                names = match[2].replace(" and ", " ").split(", ")
                key = "net" if names[0].startswith("net.") else match[1]
                found[version, key] = names
    return found


def said(value: Any, version: str) -> Iterator[tuple[str, str]]:
    """The texts below each version in a tree of objects and lists."""
    if isinstance(value, str) and version:
        yield version, value
    elif isinstance(value, list):
        for item in value:
            yield from said(item, version)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from said(item, key if key in DECLARED else version)


def lines(value: dict[str, Any], depth: int) -> str:
    """JSON with one line for each member at `depth`."""
    if depth == 0:
        return json.dumps(value, ensure_ascii=False)
    inner = ",\n".join(
        f"{json.dumps(key)}: "
        + (lines(item, depth - 1) if isinstance(item, dict) else json.dumps(item))
        for key, item in value.items()
    )
    return "{\n" + inner + "\n}"


def write(name: str, source: str, value: dict[str, Any], depth: int) -> None:
    """Write one table with where it comes from."""
    head = {
        "source": source,
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "script": "scripts/fluent_bit_tables.py",
    }
    path = DATA / f"fluent_bit_{name}.json"
    path.write_text(lines({**head, **value}, depth) + "\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def core(catalogue: dict[str, Any], version: str, order: Order) -> dict[str, Any]:
    """The keys that Fluent Bit itself reads, for one version."""
    net = {
        kind: in_order(options, order.get((version, "net"), []))
        for kind, options in catalogue["net"].items()
    }
    return {
        "service": {key: option(item) for key, item in catalogue["service"].items()},
        "input": {key: option(item) for key, item in catalogue["generic"]["input"].items()},
        "filter": {key: option(item) for key, item in catalogue["generic"]["filter"].items()},
        "output": {key: option(item) for key, item in catalogue["generic"]["output"].items()},
        "net.input": net.get("input", {}),
        "net.output": net["output"],
        "oauth2.input": _options(catalogue.get("oauth2", {}).get("input", {})),
        "oauth2.output": _options(catalogue.get("oauth2", {}).get("output", {})),
        "http_server": _options(catalogue.get("http_server", {})),
    }


def _options(described: dict[str, Any]) -> dict[str, str]:
    return {name: option(item) for name, item in described.items()}


def main() -> None:
    """Read the catalogue and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("--errors", type=Path, action="append", default=[])
    arguments = parser.parse_args()
    folder: Path = arguments.catalogue
    order = orders(folder, arguments.errors)
    cores = {}
    for version in DECLARED:
        catalogue = json.loads((folder / f"fluentbit-{version}.json").read_text("utf-8"))
        source = (
            f"https://github.com/fluent/fluent-bit/tree/v{version}, config maps and fluent-bit -J"
        )
        for kind in KINDS:
            table = {
                name: plugin(name, item, order, version) for name, item in catalogue[kind].items()
            }
            write(f"{version}_{kind}", source, {"plugins": table}, 2)
        cores[version] = core(catalogue, version, order)
    write("core", "https://github.com/fluent/fluent-bit, flb_config.c, flb_input.c …", cores, 2)
    go = json.loads((folder / "aws-go-plugins.json").read_text("utf-8"))
    table = {
        name: {"like": item["core_equivalent"], "options": _options(item["options"])}
        for name, item in go.items()
        if not name.startswith("_")
    }
    write("go", "https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit …", table, 1)
    delta = json.loads((folder / "aws-for-fluent-bit-2.x-delta.json").read_text("utf-8"))
    prefixes = {"in": "inputs", "filter": "filters", "out": "outputs"}
    added: dict[str, Any] = {kind: {} for kind in KINDS}
    for name, item in delta["plugins"].items():
        prefix, _, short = name.partition("_")
        added[prefixes[prefix]][short] = _options(item["added"])
    write("aws", f"https://github.com/{delta['branch'].replace(' ', ' branch ', 1)}", added, 2)


if __name__ == "__main__":
    main()
