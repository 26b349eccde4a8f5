"""Reasons: what the program says first when it does not start, where it says anything."""

from __future__ import annotations

from scripts.agreement_configurations import texts

run = texts
