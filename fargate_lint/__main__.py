"""`python -m fargate_lint`."""

from fargate_lint.cli import run

if __name__ == "__main__":
    run()
