"""Publishing: what becomes public, what does not, and what never comes back."""
