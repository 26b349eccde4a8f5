"""An error of a stranger's program, in a few words."""

from __future__ import annotations

import os


def failure(error: BaseException) -> str:
    """The type of an error and the line that raised it: `KeyError at stack.py:17`."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = os.path.basename(trace.tb_frame.f_code.co_filename)
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"
