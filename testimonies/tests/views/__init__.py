"""What readers meet at every address."""
