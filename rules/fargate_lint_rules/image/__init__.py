"""Rules: images."""
