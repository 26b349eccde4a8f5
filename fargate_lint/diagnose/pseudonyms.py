"""Pseudonyms for what a customer may not want to show, consistent in the whole report."""

from __future__ import annotations

import re

from fargate_lint.lint.located import Related
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.verdict import Diagnosis

ACCOUNT = lazily(r"(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])")
ADDRESS = lazily(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
HOST = lazily(
    r"(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.)+"
    r"(?:com|net|org|io|eu|de|uk|dev|cloud|local|internal|co|app|biz|info|tech|corp|lan|svc)"
    r"(?![\w-]|\.\w)",
    re.IGNORECASE,
)
#: Hosts that identify no customer.
PUBLIC_HOST = lazily(
    r"(?:^|\.)(?:amazonaws\.com(?:\.cn)?|public\.ecr\.aws|docker\.(?:io|com)|fluentbit\.io|github\.com"
    r"|ghcr\.io|gcr\.io|datadoghq\.(?:com|eu)|newrelic\.com|aws\.dev|alertlogic\.(?:com|net))$",
    re.IGNORECASE,
)
#: Accounts of AWS itself, and those of examples.
# https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
PUBLIC_ACCOUNTS = frozenset({"906394416424", "111122223333", "123456789012", "000000000000"})
LOCAL_ADDRESS = lazily(r"0\.0\.0\.0|127\.|169\.254\.|255\.")


class Pseudonyms:
    """Replaces account ids, addresses and host names, each by a name of its own."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._counts = {"account": 0, "address": 0, "host": 0}

    def text(self, text: str) -> str:
        """`text` with pseudonyms."""
        text = ACCOUNT.sub(lambda match: self._account(match[0]), text)
        text = ADDRESS.sub(lambda match: self._address(match[0]), text)
        return HOST.sub(lambda match: self._host(match[0]), text)

    def _account(self, found: str) -> str:
        return found if found in PUBLIC_ACCOUNTS else self._name("account", found, "{:012}")

    def _address(self, found: str) -> str:
        # https://www.rfc-editor.org/rfc/rfc5737
        return found if LOCAL_ADDRESS.match(found) else self._name("address", found, "192.0.2.{}")

    def _host(self, found: str) -> str:
        if PUBLIC_HOST.search(found):
            return found
        return self._name("host", found.lower(), "host-{}.example")

    def _name(self, kind: str, found: str, form: str) -> str:
        if found not in self._names:
            self._counts[kind] += 1
            self._names[found] = form.format(self._counts[kind])
        return self._names[found]

    def apply(self, found: Diagnosis) -> None:
        """Replaces the names in all texts of a diagnosis."""
        found.rename = self.text
        found.headline = self.text(found.headline)
        found.answer = self.text(found.answer)
        for verdict in found.verdicts:
            verdict.summary = self.text(verdict.summary)
            verdict.remedy = [self.text(text) for text in verdict.remedy]
            verdict.diff = [self.text(text) for text in verdict.diff]
            for one in verdict.evidence:
                one.text = self.text(one.text)
        for benign in found.benign:
            benign.example = self.text(benign.example)
        for finding in found.findings:
            finding.message = self.text(finding.message)
            finding.help = self.text(finding.help)
            finding.source = {number: self.text(text) for number, text in finding.source.items()}
            finding.related = [
                Related((
                    file, path, start, end, self.text(message),
                    {number: self.text(text) for number, text in source.items()},
                ))
                for file, path, start, end, message, source in finding.related
            ]  # fmt: skip
