"""The task, launched on paper: FireLens, the launcher, Fluent Bit."""
