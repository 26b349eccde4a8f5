"""Reasons: what the program says first when it does not start, where it says anything."""

from __future__ import annotations

import agreement_configurations

run = agreement_configurations.texts
