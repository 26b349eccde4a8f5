"""The causes, with the rules whose findings speak for each."""

from __future__ import annotations

from functools import lru_cache

from fargate_lint.diagnose.tables import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Causes that stop Fluent Bit, or its launcher, at the start.
START_CAUSES = frozenset({
    "command-line-invalid", "config-file-missing", "config-syntax-error",
    "environment-variable-unset", "firelens-user-not-root", "go-plugin-not-loaded",
    "launcher-missing-double-dash", "option-value-invalid", "parser-not-found", "plugin-unknown",
    "port-already-in-use", "required-option-missing", "storage-unusable", "tls-failure",
    "unknown-option",
})  # fmt: skip
#: Causes that stop a task before its containers run, and that ECS reports.
ECS_CAUSES = frozenset({
    "awslogs-setup-failed", "dependency-not-satisfied", "firelens-empty-options-refused",
    "firelens-output-name-missing", "firelens-s3-config", "image-incompatible", "image-not-found",
    "image-pull-denied", "image-pull-failed", "image-pull-rate-limited", "launcher-not-found",
    "no-network-at-start", "provisioning-failed", "secret-access-denied", "secret-not-found",
})  # fmt: skip
AGENT_CAUSES = frozenset({"al-agent-no-egress", "al-agent-registration-key"})
#: Causes that may follow from another one, each with a sentence for that case.
CONSEQUENCES = {
    "essential-sidecar-exited": "The task was stopped because of it.",
    "application-exited": "The application ended because of it.",
    "retries-exhausted": "Records were lost because of it.",
    "mem-buf-limit-reached": "The buffers filled because of it.",
    "shutdown-log-loss": "What was waiting was lost at the stop.",
    "al-agent-collector-unavailable": "The router's copy for the agent finds nobody because of it.",
    "health-check-failed": "The task was replaced because of it.",
    "dependency-not-satisfied": "Containers waited in vain because of it.",
    "required-option-missing": "The option is missing because of it.",
}
#: Those that certainly happened when a line or ECS reports them.
CERTAIN_CAUSES = frozenset({
    "essential-sidecar-exited", "mem-buf-limit-reached", "retries-exhausted", "shutdown-log-loss",
})  # fmt: skip


class Cause:
    """A cause of failures. `rules` are names of rules whose findings speak for it."""

    __slots__ = ("id", "kind", "remedy", "rules", "summary", "title")

    def __init__(self, entry: dict[str, Any]) -> None:
        self.id: str = entry["id"]
        self.title: str = entry["title"]
        self.summary: str = entry["summary"]
        self.kind: str = entry["kind"]
        self.remedy: list[str] = entry["remedy"]
        self.rules: list[str] = entry["rules"]

    @property
    def benign(self) -> bool:
        """Whether it is harmless."""
        return self.kind == "benign"


@lru_cache(maxsize=1)
def causes() -> dict[str, Cause]:
    """All causes by their ids."""
    return {entry["id"]: Cause(entry) for entry in entries("causes")}


@lru_cache(maxsize=1)
def causes_by_rule() -> dict[str, list[str]]:
    """For each name of a rule, the causes that its findings speak for, the likeliest first."""
    found: dict[str, list[str]] = {}
    for cause in causes().values():
        for rule in cause.rules:
            found.setdefault(rule, []).append(cause.id)
    return found
