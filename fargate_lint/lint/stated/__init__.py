"""Rules that a configuration states itself."""
