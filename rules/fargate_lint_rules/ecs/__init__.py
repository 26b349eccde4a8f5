"""Rules: what ECS refuses of any task."""
