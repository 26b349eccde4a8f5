from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "fluent_bit_flags.py"
SOURCE = """
    static const struct option long_opts[] = {
        { "config",   required_argument, NULL, 'c' },
#ifdef FLB_SYSTEM_WINDOWS
        { "win",      required_argument, NULL, 'M' },
#endif
        { "verbose",  no_argument      , NULL, 'v' },
        { "trace",    required_argument, NULL, FLB_LONG_TRACE },
        { NULL, 0, NULL, 0 }
    };
    while ((opt = getopt_long(argc, argv,
                              "c:M:"
                              "v",
                              long_opts, NULL)) != -1) {
"""


def test_flags_are_read_from_the_source() -> None:
    spec = importlib.util.spec_from_file_location("fluent_bit_flags", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.flags(SOURCE) == {
        "short": "c:M:v",
        "long": {"config": "c:", "verbose": "v", "trace": ":"},
        "windows": "M",
    }
