"""The built-in rules: a plugin like any other, loaded through the same hook."""
