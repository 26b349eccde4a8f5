"""Rules: evidence of a run."""
