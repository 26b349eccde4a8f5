"""Everything that is fuzzed, by name: one module for each kind of promise."""

from __future__ import annotations

from fuzz.targets import findings, outputs, patterns, readers, settings, tickets

TARGETS = {
    **readers.TARGETS,
    **patterns.TARGETS,
    **findings.TARGETS,
    **tickets.TARGETS,
    **settings.TARGETS,
    **outputs.TARGETS,
}
