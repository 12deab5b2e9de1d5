"""Harvesting by OAI-PMH 2.0: what a harvester asked, and the records that answer it, read from the publication log."""

from .answers import Answer, Repository, answer
from .errors import ProtocolError
from .formats import MetadataFormat
from .harvest import Held

__all__ = ["Answer", "Held", "MetadataFormat", "ProtocolError", "Repository", "answer"]
