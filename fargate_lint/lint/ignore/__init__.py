"""Findings that a project accepts: by configuration, comment, label or baseline."""
