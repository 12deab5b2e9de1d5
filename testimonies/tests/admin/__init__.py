"""Tests of the editors' desk."""
