"""Wiring: how Django finds the app and what it does once all models are loaded."""

from django.apps import AppConfig


class TestimoniesConfig(AppConfig):
    """The only app of the project."""

    name = "testimonies"
    verbose_name = "Testimonies"

    def ready(self) -> None:
        """Let Django know the checks."""
        from testimonies import checks  # noqa: F401  # settings are whole only now
