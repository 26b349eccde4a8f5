"""The shapes in which people keep task definitions."""
