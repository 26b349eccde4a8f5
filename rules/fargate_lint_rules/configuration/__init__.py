"""Rules: our own configuration."""
