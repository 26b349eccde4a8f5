"""The ticket report of `explain`, one module a format."""
