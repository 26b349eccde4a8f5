"""Rules: destinations."""
