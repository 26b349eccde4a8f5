"""fargate-lint launches an AWS Fargate task on paper and says what would go wrong."""

__version__ = "0.1.0"
