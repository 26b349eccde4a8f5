"""What went wrong: console logs, stop reasons and the task definition, weighed together."""
