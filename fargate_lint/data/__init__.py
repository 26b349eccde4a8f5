"""Tables of facts, each with its source, its date and the script that makes it."""
