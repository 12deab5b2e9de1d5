"""What editors are told before the public sees anything."""
