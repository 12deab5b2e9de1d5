"""The project: how the site is put together. What it does is in `testimonies`."""

__version__ = "0.1.0"
