"""Tests of the letters and the files that hold them."""
