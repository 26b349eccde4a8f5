"""Rules, findings, and everything between them and a report."""
