"""The task, launched on paper: FireLens, the launcher, Fluent Bit."""

from fargate_lint.launch.launch import (
    FIRELENS_OPTIONS,
    Launch,
    Output,
    Spot,
    concerns,
    launch_of,
    simulate,
)

__all__ = [
    "FIRELENS_OPTIONS", "Launch", "Output", "Spot", "concerns", "launch_of", "simulate",
]  # fmt: skip
