"""What tells an editor, before the public sees anything, whether it is right and safe."""
