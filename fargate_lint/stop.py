"""What ends a run early: an error of usage or configuration, or a signal."""

from __future__ import annotations


class Stop(Exception):
    """Something the user has to put right before we can go on: usage or configuration (exit 2)."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002  (the word for it)
        super().__init__(message)
        self.message = message
        self.help = help


class Ended(BaseException):
    """The process was told to end by the signal `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


#: Whether this process is the program's own, so that it may say what signals do.
program = False


def at_signals() -> None:
    """From here on, what tells the program to end raises Ended: blocks are left, workers end.

    Does nothing in a process of somebody else, and leaves alone what is ignored (`nohup`).
    """
    if not program:
        return
    import signal  # noqa: PLC0415  (a millisecond that most runs need not spend)

    def end(number: int, _: object) -> None:
        raise Ended(number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)
