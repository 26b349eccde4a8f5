"""Rules: how a file is written."""
