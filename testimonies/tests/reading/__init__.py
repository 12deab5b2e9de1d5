"""Tests of what pages are given."""
