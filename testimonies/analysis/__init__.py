"""A text to folded tokens with their places: the same for documents, queries and highlighting."""

from testimonies.analysis.keyboards import other_layouts
from testimonies.analysis.tokens import Token, analyse

__all__ = ["Token", "analyse", "other_layouts"]
