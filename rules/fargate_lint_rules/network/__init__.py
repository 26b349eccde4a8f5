"""Rules: ports and reachability."""
