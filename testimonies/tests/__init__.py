"""The same tree as the app, once more."""
