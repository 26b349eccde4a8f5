"""Rules: the Alert Logic agent and its place in the task."""
