"""Documents to plain text: what a file of a source says in words, and nothing else of the file."""

from testimonies.documents.opening import ENCODINGS, MOST_BYTES, MOST_CHARACTERS, Document, text_of
from testimonies.documents.refusal import DocumentRefused

__all__ = ["ENCODINGS", "MOST_BYTES", "MOST_CHARACTERS", "Document", "DocumentRefused", "text_of"]
