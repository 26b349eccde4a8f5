"""Files as people have them: text, positions, and plain values."""
