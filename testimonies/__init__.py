"""The app: testimonies, from what editors write to what the public reads."""
