"""Doors: which page answers an address. A view gets, decides and renders."""
