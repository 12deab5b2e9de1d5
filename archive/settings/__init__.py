"""Settings by kind of environment; what differs by machine comes from environment variables."""
