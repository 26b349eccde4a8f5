"""The deliveries of each output: retried, delivered late, given up."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.signatures import Signature

#: The most chunks that are remembered for an output, and the most outputs.
CHUNK_LIMIT = 4_096
OUTPUT_LIMIT = 500
# Names of outputs as lines have them: of C plugins, and of Go plugins.
OUTPUT_NAME = re.compile(
    r"\[output:[\w-]+:(?P<name>[^\]]+)\]|\[(?P<go>cloudwatch|firehose|kinesis) \d+\]"
)


class Delivery:
    """The deliveries of one output.

    `waiting` are chunks whose retry is still to come. `reasons` counts the failures by status, AWS
    error code or id of a signature.
    """

    __slots__ = (
        "address", "failed_at", "failures", "first_failed", "healed", "lost", "name", "ok_at",
        "oks", "reasons", "settled", "waiting",
    )  # fmt: skip

    def __init__(self, name: str) -> None:
        self.name = name
        self.address = ""
        self.failures = 0
        self.healed = 0
        self.lost = 0
        self.oks = 0
        self.reasons: dict[str, int] = {}
        self.waiting: set[str] = set()
        self.settled: set[str] = set()
        #: Moments, or counts of lines where there are no times.
        self.first_failed: float | None = None
        self.failed_at: float | None = None
        self.ok_at: float | None = None

    @property
    def plugin(self) -> str:
        """The name of the plug-in, which the instance's name begins with."""
        return self.name.partition(".")[0]

    @property
    def state(self) -> str:
        """`fine` (nothing failed), `healed`, `lost` (given up, but it works again), `failing`."""
        if not self.failures and not self.lost:
            return "fine"
        again = (
            self.ok_at is not None and self.failed_at is not None and self.ok_at >= self.failed_at
        )
        if again or (not self.waiting and self.healed and not self.lost):
            return "lost" if self.lost else "healed"
        return "failing"

    @property
    def seconds(self) -> float:
        """The time from the first to the last failure, in seconds."""
        if self.first_failed is None or self.failed_at is None:
            return 0
        return self.failed_at - self.first_failed

    def fail(self, at: float, reason: str = "") -> None:
        """Counts a failure."""
        self.failures += 1
        if self.first_failed is None or at < self.first_failed:
            self.first_failed = at
        if self.failed_at is None or at > self.failed_at:
            self.failed_at = at
        if reason:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def succeed(self, at: float) -> None:
        """Counts a success."""
        self.oks += 1
        if self.ok_at is None or at > self.ok_at:
            self.ok_at = at

    def settle(self, chunk: str) -> None:
        """Notes that a chunk was delivered or given up, also if its retry is read later."""
        self.waiting.discard(chunk)
        if len(self.settled) < CHUNK_LIMIT:
            self.settled.add(chunk)

    def wait(self, chunk: str) -> None:
        """Notes that a chunk waits for its retry."""
        if chunk not in self.settled and len(self.waiting) < CHUNK_LIMIT:
            self.waiting.add(chunk)


def output_of(one: Signature, groups: dict[str, str], text: str) -> str:
    """The name of the output that a line about a delivery means, "" where it names none."""
    name = groups.get("output") or groups.get("name") or groups.get("old") or ""
    if one.role in {"code", "detail"} or not name or ":" in name:
        # Old versions name the address alone.
        match = OUTPUT_NAME.search(text)
        return (match["name"] or match["go"] or "") if match else ""
    return name


class Deliveries:
    """The outputs by the names of their instances, `http.2`; a Go plugin's is `cloudwatch`."""

    def __init__(self) -> None:
        self.outputs: dict[str, Delivery] = {}

    def of(self, name: str) -> Delivery | None:
        """The output of this name, new if needed; None when there are too many."""
        found = self.outputs.get(name)
        if found is None and len(self.outputs) < OUTPUT_LIMIT:
            found = self.outputs[name] = Delivery(name)
        return found

    def see(
        self, one: Signature, groups: dict[str, str], name: str, text: str, when: float
    ) -> None:
        """Counts a line about a delivery of the output of this name, at a moment."""
        delivery = self.of(name)
        if delivery is None:
            return
        chunk = groups.get("chunk", "")
        if one.role == "retry":
            delivery.wait(chunk)
            delivery.fail(when)
        elif one.role == "healed":
            delivery.settle(chunk)
            delivery.healed += 1
            delivery.succeed(when)
        elif one.role == "lost":
            delivery.settle(chunk)
            delivery.lost += 1
            delivery.fail(when)
        elif one.role == "answer":
            status = groups.get("status", "")
            if status.startswith("2"):
                # The body may refuse each record all the same: the line is an error then.
                if "[error]" not in text:
                    delivery.succeed(when)
            else:
                delivery.fail(when, status)
        elif one.role == "network":
            delivery.address = groups.get("addr") or delivery.address
            delivery.fail(when, one.id)
        elif one.role == "code":
            delivery.fail(when, groups.get("code", ""))

    def states(self, but: str = "") -> set[str]:
        """The states of all outputs but one."""
        return {one.state for name, one in self.outputs.items() if name != but}
