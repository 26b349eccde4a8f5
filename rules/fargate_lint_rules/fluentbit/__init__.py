"""Rules: the configuration that Fluent Bit runs."""
