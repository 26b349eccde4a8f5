"""Rules: fireLens and the log configuration of applications."""
