"""Rules: the launcher's command line."""
