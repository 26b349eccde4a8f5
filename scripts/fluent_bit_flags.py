"""Write the command-line flags of Fluent Bit in `fargate_lint/data/fluent_bit_flags.json`.

    python scripts/fluent_bit_flags.py VERSION=PATH/TO/src/fluent-bit.c …

Both tables come from that file of a version's source: the long options, in the order in which
ambiguous prefixes list them, and the letters that getopt is given.
https://github.com/fluent/fluent-bit/blob/master/src/fluent-bit.c
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path

DATA = Path(__file__).parent.parent / "fargate_lint" / "data" / "fluent_bit_flags.json"
SOURCE = "https://github.com/fluent/fluent-bit/blob/master/src/fluent-bit.c"
LONG = re.compile(r'\{\s*"([^"]+)",\s*(required|no)_argument\s*,\s*NULL,\s*(\'(.)\'|[^}\s]+)\s*\}')
LETTERS = re.compile(r"getopt_long\(argc, argv,((?:\s*\"[^\"]*\")+)")
# What follows such a line is left out of a Linux build.
WINDOWS = re.compile(r"#ifdef FLB_SYSTEM_WINDOWS\n(.*?)#endif", re.DOTALL)


def flags(text: str) -> dict[str, object]:
    """The flags that a source text declares: getopt's letters, and each long option's letter.

    A colon says that a value follows. A long option without a letter has none here either.
    """
    found = LETTERS.search(text)
    letters = "".join(re.findall(r'"([^"]*)"', found[1])) if found else ""
    linux = WINDOWS.sub("", text)
    windows = {match[4] for match in LONG.finditer(text)} - {
        match[4] for match in LONG.finditer(linux)
    }
    result: dict[str, object] = {
        "short": letters,
        "long": {
            match[1]: (match[4] or "") + (":" if match[2] == "required" else "")
            for match in LONG.finditer(linux)
        },
    }
    if windows:
        result["windows"] = "".join(sorted(windows))
    return result


def main(arguments: list[str]) -> None:
    """Read each source that is named, and write the table."""
    versions = {}
    for argument in arguments:
        version, _, path = argument.partition("=")
        versions[version] = flags(Path(path).read_text(encoding="utf-8"))
    table = {
        "source": SOURCE,
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "script": "scripts/fluent_bit_flags.py",
        "versions": versions,
    }
    DATA.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
