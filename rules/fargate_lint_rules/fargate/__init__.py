"""Rules: what Fargate refuses."""
