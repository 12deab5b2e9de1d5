"""The archive as files: whole, the same for one state, and nothing in them that is not public."""
