"""Settings: the configuration file and the command line."""
