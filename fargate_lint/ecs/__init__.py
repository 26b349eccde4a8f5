"""The task definition as Amazon ECS understands it."""
