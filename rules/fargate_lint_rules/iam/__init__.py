"""Rules: roles."""
